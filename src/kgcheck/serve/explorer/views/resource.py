"""Anything that the graph has an IRI for: its page where it has one, else what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pyoxigraph as ox

from kgcheck.findings.rdf import FINDING
from kgcheck.namespaces import BLOCK, DERIVED
from kgcheck.report.html.element import Content, Element, Place, h, is_address
from kgcheck.report.plain import plain, shortened
from kgcheck.serve.explorer import rows
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.describing import described, leading_to
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.page import Elsewhere, Json, Missing, Page
from kgcheck.serve.explorer.places import RESOURCE, local_name, unquote
from kgcheck.serve.explorer.views.agents import of_agent
from kgcheck.serve.explorer.views.claims import of_claim
from kgcheck.serve.explorer.views.concepts import of_concept
from kgcheck.serve.explorer.views.documents import of_document

_MOST = 200
_LITERAL = 2000


def resource(explorer: Explorer, asked: Asked) -> Page | Elsewhere:
    """What `iri` names."""
    iri = asked.get("iri")
    if not iri:
        raise Missing("This address needs an IRI: /resource?iri=…", [("Search", "/search")])
    if iri.startswith(FINDING) and unquote(iri) not in explorer.catalogue.by_id:
        raise Missing("There is no finding of this id", [("Findings", "/findings")])
    path = explorer.places.of(iri)
    if path and not path.startswith(f"{RESOURCE}?"):
        return Elsewhere(path)
    if document := explorer.report.documents.get(iri):
        return of_document(explorer, asked, document)
    if claim := explorer.report.claims.get(iri):
        return of_claim(explorer, claim)
    if iri in explorer.catalogue.agents:
        return of_agent(explorer, asked, iri)
    if iri in explorer.catalogue.concepts:
        return of_concept(explorer, asked, iri)
    return _anything(explorer, iri)


def _anything(explorer: Explorer, iri: str) -> Page:
    missing = Missing(
        f"The graph says nothing of {shortened(plain(iri), 300)}",
        [
            near
            for kind in ("claim", "document", "agent", "concept")
            for near in explorer.finder.near(local_name(iri), kind)
        ],
    )
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        raise missing from None
    about = sorted(
        {
            quad.triple
            for quad in islice(explorer.store.raw.quads_for_pattern(node, None, None), _MOST * 5)
            if quad.graph_name != ox.NamedNode(DERIVED) or iri.startswith(BLOCK)
        },
        key=str,
    )
    leading = list(islice(leading_to(explorer.store, iri), _MOST + 1))
    if not about and not leading:
        raise missing
    title = "A block in which claims meet" if iri.startswith(BLOCK) else explorer.catalogue.label(iri)

    def body() -> Iterator[Content]:
        yield h(
            "p", ", ".join(explorer.catalogue.label(name) for name in explorer.types(iri)), class_="kicker"
        )
        yield h("h1", shortened(title, 300) or "Without a name")
        yield h("p", h("code", shortened(plain(iri), 1000)), class_="ids")
        yield rows.titled("What is said of it", None, _statements(explorer, about) if about else None)
        yield rows.titled("What leads to it", None, _leading(explorer, leading) if leading else None)

    return Page(
        title,
        lambda: list(body()),
        lambda: _record(iri, about, leading),
        lambda: described(explorer.store, iri),
    )


def _statements(explorer: Explorer, triples: list[ox.Triple]) -> Element:
    lines = [
        h(
            "tr",
            h("th", explorer.link(t.predicate.value, short(explorer, t.predicate.value)), scope="row"),
            h("td", term(explorer, t.object)),
        )
        for t in triples[:_MOST]
    ]
    more = h("p", f"and {len(triples) - _MOST:,} more", class_="more") if len(triples) > _MOST else None
    return h("div", h("table", h("tbody", lines), class_="gate statements"), more, class_="narrow")


def short(explorer: Explorer, iri: str) -> str:
    """An IRI with a prefix where the graph has one for it."""
    for prefix, namespace in explorer.prefixes.items():
        name = iri.removeprefix(namespace)
        if name != iri and name and not set("/#") & set(name):
            return plain(f"{prefix}:{name}")
    return plain(iri)


def term(explorer: Explorer, value: object) -> Content:
    """A term of the graph: a link, or the words of a literal."""
    if isinstance(value, ox.NamedNode):
        return explorer.link(value.value)
    if isinstance(value, ox.Literal):
        words = shortened(plain(value.value[: _LITERAL + 1]), _LITERAL)
        if is_address(words):
            return h("a", words, href=words, rel="noreferrer external")
        return [words, h("small", f" @{plain(value.language)}") if value.language else None]
    if isinstance(value, ox.BlankNode):
        return f"_:{plain(value.value)}"
    return shortened(plain(str(value)), _LITERAL)


def _leading(explorer: Explorer, quads: list[ox.Quad]) -> Element:
    items = [
        h(
            "li",
            explorer.link(quad.subject.value)
            if isinstance(quad.subject, ox.NamedNode)
            else "a node without a name",
            h("small", f" {short(explorer, quad.predicate.value)}"),
        )
        for quad in sorted(quads, key=str)[:_MOST]
    ]
    if len(quads) > _MOST:
        items.append(h("li", "and more, which a query finds: ", h("a", "Query", href=Place("/query"))))
    return h("ul", items, class_="stack")


def _record(iri: str, about: list[ox.Triple], leading: list[ox.Quad]) -> Json:
    return {
        "iri": iri,
        "statements": [{"property": t.predicate.value, "value": _plain(t.object)} for t in about],
        "leadingHere": [
            {"subject": _plain(q.subject), "property": q.predicate.value} for q in leading[:_MOST]
        ],
    }


def _plain(value: object) -> Json:
    if isinstance(value, ox.NamedNode):
        return {"iri": value.value}
    if isinstance(value, ox.Literal):
        return {"value": value.value, "datatype": value.datatype.value, "language": value.language}
    return {"node": str(value)}
