"""The first page: what the data is, what the checks say of it, and where to begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from kgcheck.model.period import Span
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict
from kgcheck.namespaces import expand, kgc
from kgcheck.report.figures import span
from kgcheck.report.html import sections
from kgcheck.report.html.element import Content, Element, Place, h
from kgcheck.report.order import tally
from kgcheck.report.plain import counted, plain
from kgcheck.report.record import head
from kgcheck.report.verdicts import words
from kgcheck.serve.explorer import rows
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.page import Page

_VOID = "http://rdfs.org/ns/void#"
_LOUD = (Verdict.CONTRADICTION, Verdict.TENSION)
_MOST = 5
_RECENT = 6
_ROOTS = 1000


def overview(explorer: Explorer, asked: Asked) -> Page:
    """The page at the top."""
    return Page(
        "kgcheck",
        lambda: list(_body(explorer)),
        lambda: {**head(explorer.report), "pages": _pages(asked)},
        lambda: _dataset(explorer, asked),
        section="overview",
    )


def _body(explorer: Explorer) -> Iterator[Content]:
    report, catalogue = explorer.report, explorer.catalogue
    counts = Counter(finding.verdict for finding in report.open)
    yield h(
        "header",
        h("p", _what(report), class_="kicker"),
        h("h1", _headline(counts)),
        h("p", _extent(explorer), class_="checked"),
        h(
            "nav",
            h("ul", (_tile(v, counts[v]) for v in Verdict if v is not Verdict.NONE)),
            class_="tiles",
            aria_label="Findings by verdict",
        ),
        class_="opening",
    )
    strongest = [f for f in catalogue.findings if f.verdict in _LOUD and f.id not in report.waived]
    if strongest:
        yield rows.titled(
            "Look at these first",
            None,
            [
                rows.findings(explorer, strongest[:_MOST]),
                _more(len(strongest) - _MOST, "/findings", "finding"),
            ],
            "The strongest findings, those in which most documents take part first.",
        )
    yield rows.titled("Where to begin", None, h("ul", _ways(explorer), class_="ways-in"))
    yield rows.titled(
        "Documents",
        len(catalogue.documents),
        [
            rows.documents(explorer, catalogue.documents[:_RECENT]),
            _more(len(catalogue.documents) - _RECENT, "/documents", "document"),
        ],
        "Oldest first.",
    )
    yield list(sections.malformed(report))


def _what(report: Report) -> str:
    if report.packaged:
        return "The data that comes with kgcheck: public documents about one police force"
    return "kgcheck explorer"


def _headline(counts: Counter[Verdict]) -> str:
    strong = [verdict for verdict in _LOUD if counts[verdict]]
    if not strong:
        return "No contradiction and no tension"
    return " and ".join(words(verdict).count(counts[verdict]) for verdict in strong)


def _extent(explorer: Explorer) -> str:
    report, numbers = explorer.report, tally(explorer.report)
    spans = [d.issued.hull for d in explorer.catalogue.documents if d.issued.hull]
    parts = [
        counted(numbers["documents"], "document"),
        counted(numbers["claims"], "claim"),
        counted(len(report.checks), "check"),
        f"policy {plain(report.policy)}",
    ]
    if spans:
        whole = Span(min(s.start for s in spans), max(s.end for s in spans))
        parts.insert(1, f"published {span(whole)}")
    if report.incomplete:
        parts.append(f"{counted(len(report.incomplete), 'malformed claim')} left out")
    return " · ".join(parts)


def _tile(verdict: Verdict, count: int) -> Element:
    said = words(verdict)
    content = (rows.glyph(verdict), h("b", f"{count:,}"), h("span", said.one if count == 1 else said.many))
    place = Place(f"/findings?verdict={verdict.value}")
    tile = h("a", content, href=place) if count else h("span", content)
    return h("li", tile, class_=f"v-{verdict.value}")


def _more(hidden: int, path: str, noun: str) -> Content:
    if hidden <= 0:
        return None
    return h("p", f"and {hidden:,} more: ", h("a", f"all {noun}s", href=Place(path)), class_="more")


def _ways(explorer: Explorer) -> Iterator[Element]:
    catalogue = explorer.catalogue
    ways = (
        (
            "/documents",
            "Read a document",
            "its claims in the order of the text, and what stands against them",
        ),
        (
            "/concepts",
            "Follow a subject",
            f"{counted(len(catalogue.concepts), 'concept')}: measures, topics, areas",
        ),
        ("/agents", "Follow a speaker", "what people and bodies said, held and published, and when"),
        ("/compare", "Set two claims side by side", "dimension by dimension, with a verdict and its reasons"),
        ("/checks", "See what is checked", "each check explained, with its query"),
        ("/query", "Ask the graph yourself", "SPARQL, with examples to begin from"),
    )
    for path, name, says in ways:
        yield h("li", h("a", name, href=Place(path)), h("span", says))


def _pages(asked: Asked) -> dict[str, str]:
    names = ("findings", "documents", "claims", "agents", "concepts", "checks", "query", "sparql")
    return {name: asked.absolute(f"/{name}") for name in names}


def _dataset(explorer: Explorer, asked: Asked) -> Iterator[ox.Triple]:
    """The graph as a VoID dataset (W3C Interest Group Note, 3 March 2011)."""
    this = ox.NamedNode(asked.absolute("/"))

    def say(predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(this, ox.NamedNode(predicate), value)

    yield say(expand("rdf:type"), ox.NamedNode(_VOID + "Dataset"))
    yield say(expand("dct:title"), ox.Literal(_what(explorer.report)))
    yield say(_VOID + "triples", ox.Literal(len(explorer.store.raw)))
    yield say(_VOID + "documents", ox.Literal(len(explorer.catalogue.documents)))
    yield say(_VOID + "sparqlEndpoint", ox.NamedNode(asked.absolute("/sparql")))
    yield say(_VOID + "uriLookupEndpoint", ox.NamedNode(asked.absolute("/resource?iri=")))
    yield say(_VOID + "vocabulary", ox.NamedNode(kgc("")))
    for document in explorer.catalogue.documents[:_ROOTS]:
        yield say(_VOID + "rootResource", ox.NamedNode(document.iri))
