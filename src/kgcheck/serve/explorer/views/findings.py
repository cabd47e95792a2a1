"""Findings: all of them, narrowed down, and one in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from kgcheck.findings.rdf import finding_iri
from kgcheck.model.finding import Finding
from kgcheck.model.verdict import Verdict
from kgcheck.report.html.card import GLYPHS
from kgcheck.report.html.element import Content, Element, Place, h
from kgcheck.report.plain import plain, shortened
from kgcheck.report.record import finding_record
from kgcheck.report.verdicts import words
from kgcheck.serve.explorer import rows
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.describing import described
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.listing import listed
from kgcheck.serve.explorer.page import Missing, Page
from kgcheck.serve.explorer.paging import pager, slice_of
from kgcheck.serve.explorer.places import part as segment
from kgcheck.serve.explorer.places import way_to

WAIVED = "waived"
_FILTERS = ("verdict", "check", "source", "q")
_CHOICES = 300
_LONGEST = 70


def findings(explorer: Explorer, asked: Asked) -> Page:
    """The findings that fit all filters, the strongest first."""
    found = narrowed(explorer, asked)
    part = slice_of(found, asked.get("page"))
    query = asked.kept(*_FILTERS)

    def body() -> Iterator[Content]:
        yield h("h1", "Findings")
        yield h(
            "p",
            "What the checks say of claims that meet. Contradictions come first, agreement last.",
            class_="lead",
        )
        yield _form(explorer, asked)
        total = len(explorer.catalogue.findings)
        yield h("p", f"{len(found):,} of {total:,} findings", class_="status", role="status")
        if found:
            yield rows.findings(explorer, part.items)
            yield pager(part, asked.path, query, "findings")
        else:
            yield h(
                "p",
                "No finding fits all of that. ",
                h("a", "Show all findings", href=Place("/findings")),
                class_="silence",
            )

    return Page(
        _title(query),
        lambda: list(body()),
        lambda: {**part.record, "findings": [finding_record(f, explorer.report) for f in part.items]},
        lambda: listed(explorer, asked, part, [finding_iri(f.id) for f in part.items], query),
        section="findings",
    )


def _title(query: Mapping[str, str]) -> str:
    return f"Findings: {', '.join(query.values())}" if query else "Findings"


def narrowed(explorer: Explorer, asked: Asked) -> Sequence[Finding]:
    """The findings that all filters let through. One that is not known lets nothing through."""
    catalogue, waived = explorer.catalogue, explorer.report.waived
    found: Sequence[Finding] = catalogue.findings
    if verdict := asked.get("verdict"):
        if verdict == WAIVED:
            found = [finding for finding in found if finding.id in waived]
        else:
            found = [f for f in found if f.verdict.value == verdict and f.id not in waived]
    if check := asked.get("check"):
        found = [f for f in found if check in (plain(f.check), *map(plain, f.also))]
    if source := asked.get("source"):
        documents = _sources(explorer, source)
        found = [f for f in found if any(party.claim.document in documents for party in f.parties)]
    if sought := asked.get("q").casefold().split():
        found = [f for f in found if all(word in _said(f) for word in sought)]
    return found


def _sources(explorer: Explorer, source: str) -> set[str]:
    """Documents with this identifier, title or publisher; failing that, those whose title has it in it."""
    label = explorer.report.vocabulary.label
    named = {
        d.iri: [plain(t) for t in (d.identifier, d.title, label(d.publisher) if d.publisher else None) if t]
        for d in explorer.catalogue.documents
    }
    exact = {iri for iri, names in named.items() if source in names}
    sought = source.casefold()
    return exact or {iri for iri, names in named.items() if any(sought in name.casefold() for name in names)}


def _said(finding: Finding) -> str:
    quotes = [plain(party.claim.evidence.quote) for party in finding.parties[:40]]
    return " ".join([plain(finding.message), finding.check, finding.id, *quotes]).casefold()


def _form(explorer: Explorer, asked: Asked) -> Element:
    catalogue = explorer.catalogue
    counts = Counter(finding.verdict for finding in explorer.report.open)
    verdicts = [
        (verdict.value, f"{GLYPHS[verdict]} {words(verdict).heading} ({counts[verdict]:,})")
        for verdict in Verdict
        if counts[verdict]
    ]
    if explorer.report.waived:
        verdicts.append((WAIVED, f"Waived ({len(explorer.report.waived):,})"))
    checks = Counter(finding.check for finding in catalogue.findings)
    named = [(plain(name), f"{plain(name)} ({number:,})") for name, number in sorted(checks.items())]
    documents = catalogue.documents
    sources: Element
    if len(documents) <= _CHOICES:
        titles = [(plain(d.identifier), catalogue.label(d.iri)) for d in documents]
        sources = _choice("source", titles, asked.get("source"), "all sources")
    else:
        sources = h("input", id="source", name="source", type="text", value=asked.get("source") or None)
    return h(
        "form",
        _field("verdict", "Verdict", _choice("verdict", verdicts, asked.get("verdict"), "all verdicts")),
        _field("check", "Check", _choice("check", named, asked.get("check"), "all checks")),
        _field("source", "Source", sources),
        _field("words", "Words", h("input", id="words", name="q", type="text", value=asked.get("q") or None)),
        h("p", h("button", "Show", type="submit"), class_="field"),
        method="get",
        action=Place("/findings"),
        class_="filters",
        aria_label="Narrow down the findings",
    )


def _field(name: str, title: str, control: Element) -> Element:
    return h("p", h("label", title, for_=name), control, class_="field")


def _choice(name: str, options: Sequence[tuple[str, str]], chosen: str, every: str) -> Element:
    listed_options = [h("option", every, value="")]
    known = {value for value, _ in options}
    if chosen and chosen not in known:
        listed_options.append(h("option", shortened(plain(chosen), _LONGEST), value=chosen, selected=True))
    listed_options += [
        h("option", shortened(words, _LONGEST), value=value, selected=value == chosen)
        for value, words in options
    ]
    return h("select", listed_options, id=name, name=name)


def finding(explorer: Explorer, asked: Asked) -> Page:
    """The finding of an id."""
    name = asked.names[1]
    found = explorer.catalogue.by_id.get(name)
    if found is None:
        raise Missing(
            f"There is no finding {shortened(plain(name), 80)!r}. Findings change their id when the claims "
            "in a block no longer meet there",
            explorer.finder.near(name, "finding"),
        )
    return of_finding(explorer, found)


def of_finding(explorer: Explorer, found: Finding) -> Page:
    """The page of a finding: its card, and where to go from it."""
    title = f"{words(found.verdict).one}: {shortened(plain(found.message), 100)}"
    return Page(
        title,
        lambda: list(_body(explorer, found)),
        lambda: finding_record(found, explorer.report),
        lambda: triples(explorer, found),
        section="findings",
    )


def triples(explorer: Explorer, found: Finding) -> list[ox.Triple]:
    """The finding, its parties and reasons, and its claims."""
    iri = finding_iri(found.id)
    parts = [
        quad.object.value
        for quad in explorer.store.raw.quads_for_pattern(ox.NamedNode(iri), None, None)
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(f"{iri}:")
    ]
    claims = [party.claim.iri for party in found.parties]
    return described(explorer.store, iri, *parts, *claims)


def _body(explorer: Explorer, found: Finding) -> Iterator[Content]:
    yield explorer.cards.card(found)
    check: Content = h("code", shortened(plain(found.check), 80))
    if found.check in explorer.checks:
        check = h("a", plain(found.check), href=Place(f"/checks/{segment(found.check)}"))
    first, second = _two(found)
    sides = way_to("/compare", {"a": first, "b": second}) if first and second else None
    yield h(
        "nav",
        h(
            "ul",
            h("li", "The check: ", check),
            h(
                "li",
                h("a", "Its neighbourhood as a graph", href=Place(f"/findings/{segment(found.id)}/graph")),
            ),
            h("li", h("a", "The first two statements side by side", href=sides)) if sides else None,
            h(
                "li",
                h(
                    "a",
                    "Other findings of this check",
                    href=Place(f"/findings?check={segment(found.check)}"),
                ),
            ),
        ),
        class_="onward",
        aria_label="From here",
    )


def _two(found: Finding) -> tuple[str | None, str | None]:
    """A claim of the first side and one of another."""
    first, *others = found.parties or (None,)
    if first is None:
        return None, None
    apart = [party for party in others if party.side != first.side] or others
    return first.claim.iri, apart[0].claim.iri if apart else None
