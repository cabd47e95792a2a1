"""Two claims side by side: what `kgcheck compare` says of them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kgcheck.engines.local import Comparison, find_claim
from kgcheck.errors import UsageError
from kgcheck.findings.rdf import finding_iri
from kgcheck.model.claim import Claim
from kgcheck.model.finding import Reason
from kgcheck.model.verdict import Verdict
from kgcheck.report.caption import caption
from kgcheck.report.comparison import comparison_text
from kgcheck.report.html.element import Content, Element, Place, h
from kgcheck.report.html.intervals import value_plot
from kgcheck.report.html.statement import statement
from kgcheck.report.options import Options
from kgcheck.report.plain import plain, shortened
from kgcheck.report.scope import dimensions
from kgcheck.report.verdicts import words
from kgcheck.serve.explorer import rows
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.describing import described
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.listing import listed
from kgcheck.serve.explorer.page import Json, Page
from kgcheck.serve.explorer.paging import pager, slice_of
from kgcheck.serve.explorer.places import way_to

_PER_PAGE = 20


def compare(explorer: Explorer, asked: Asked) -> Page:
    """The comparison of the claims named by `a` and `b`; a choice where one of them is not named yet."""
    a, b = asked.get("a"), asked.get("b")
    if a and b:
        try:
            return _compared(explorer, explorer.knowledge.compare(a, b))
        except UsageError as error:
            return _choosing(explorer, asked, plain(error))
    return _choosing(explorer, asked, "")


def _compared(explorer: Explorer, comparison: Comparison) -> Page:
    iris = [comparison.a.iri, comparison.b.iri]
    findings = [finding_iri(finding.id) for finding in comparison.findings]
    said = [caption(claim, explorer.report) for claim in (comparison.a, comparison.b)]
    return Page(
        f"Compare {' and '.join(f'«{shortened(one.quote, 40)}»' for one in said)}",
        lambda: list(_body(explorer, comparison)),
        lambda: json.loads(comparison_text(comparison, Options(), "json")),
        lambda: described(explorer.store, *iris, *findings),
        section="compare",
    )


def _body(explorer: Explorer, comparison: Comparison) -> Iterator[Content]:
    verdict = comparison.verdict
    yield h("p", "Two claims side by side", class_="kicker")
    sign: Content = None if verdict is Verdict.NONE else [rows.glyph(verdict), " "]
    yield h("h1", sign, _headline(verdict), class_=f"v-{verdict.value} ruling")
    yield h("p", _says(verdict), class_="lead")
    yield h(
        "div",
        _side(explorer, comparison.a, "a", "side side-1"),
        _side(explorer, comparison.b, "b", "side side-2"),
        class_="sides",
    )
    yield rows.titled("Dimension by dimension", None, _table(comparison.reasons))
    yield rows.titled(
        "Findings in which both stand",
        len(comparison.findings),
        rows.findings(explorer, comparison.findings) if comparison.findings else None,
    )
    a, b = comparison.a.iri, comparison.b.iri
    yield h(
        "nav",
        h(
            "ul",
            h("li", h("a", "Swap the two", href=_place(b, a))),
            h("li", h("a", "Keep the first, choose another", href=_place(a, ""))),
            h("li", h("a", "Keep the second, choose another", href=_place(b, ""))),
        ),
        class_="onward",
        aria_label="From here",
    )


def _headline(verdict: Verdict) -> str:
    return (
        "No check sets these two against each other"
        if verdict is Verdict.NONE
        else words(verdict).one.capitalize()
    )


def _says(verdict: Verdict) -> str:
    return "The table says how they lie to each other." if verdict is Verdict.NONE else words(verdict).says


def _place(a: str, b: str) -> Place | None:
    return way_to("/compare", {"a": a, "b": b})


def _side(explorer: Explorer, claim: Claim, name: str, look: str) -> Element:
    said = caption(claim, explorer.report)
    scope = " · ".join(dimensions(claim, explorer.report.vocabulary).values())
    return h(
        "div",
        h("p", name, class_="side-name"),
        statement(said, lambda _: explorer.link(claim.iri, "Go to this claim")),
        h("p", shortened(scope, 600), class_="scope"),
        value_plot(claim, explorer.report),
        class_=look,
    )


def _table(reasons: tuple[Reason, ...]) -> Content:
    """Every line of the gate's table, as the command prints it."""
    if not reasons:
        return None
    head = h("tr", (h("th", t, scope="col") for t in ("dimension", "relation", "a", "b", "what follows")))
    return h(
        "div",
        h("table", h("thead", head), h("tbody", map(_line, reasons)), class_="gate"),
        class_="wide",
        tabindex="0",
        role="group",
        aria_label="How the two compare, dimension by dimension",
    )


def _line(reason: Reason) -> Element:
    mark = h("span", "decides", class_="decides") if reason.decides else None
    return h(
        "tr",
        h("th", plain(reason.dimension), mark, scope="row"),
        h("td", plain(reason.relation), class_="relation"),
        h("td", plain(reason.a)),
        h("td", plain(reason.b)),
        h("td", plain(reason.note or "")),
        class_="deciding" if reason.decides else None,
    )


def _choosing(explorer: Explorer, asked: Asked, trouble: str) -> Page:
    a = asked.get("a")
    first = explorer.report.claims.get(a)
    if a and first is None and not trouble:
        first, trouble = _named(explorer, a)
    sought = asked.get("q")
    found = _candidates(explorer, sought, first)
    part = slice_of(found, asked.get("page"), _PER_PAGE)
    query = {"a": first.iri if first else "", "q": sought}
    query = {name: value for name, value in query.items() if value}

    def body() -> Iterator[Content]:
        yield h("h1", "Compare two claims")
        if trouble:
            yield h("p", shortened(trouble, 600), class_="trouble", role="alert")
        yield h(
            "p",
            "Choose the second claim." if first else "Choose the first claim, then the second.",
            " They are then held against each other dimension by dimension, as kgcheck compare does.",
            class_="lead",
        )
        if first:
            said = caption(first, explorer.report)
            yield h(
                "div",
                h("div", h("p", "a", class_="side-name"), statement(said), class_="side side-1"),
                class_="sides",
            )
        yield _form(first, sought)
        yield h(
            "ol", (_candidate(explorer, claim, first) for claim in part.items), class_="claims rows choices"
        )
        yield pager(part, asked.path, query, "claims")

    def record() -> Json:
        if trouble:
            return {"error": trouble}
        return {**part.record, "a": first.iri if first else None, "candidates": [c.iri for c in part.items]}

    return Page(
        "Compare two claims",
        lambda: list(body()),
        record,
        lambda: listed(
            explorer, asked, part, [*([first.iri] if first else []), *(c.iri for c in part.items)], query
        ),
        section="compare",
        status=404 if trouble else 200,
    )


def _named(explorer: Explorer, name: str) -> tuple[Claim | None, str]:
    try:
        return find_claim(name, explorer.report.claims), ""
    except UsageError as error:
        return None, plain(error)


def _candidates(explorer: Explorer, sought: str, first: Claim | None) -> list[Claim]:
    """Claims that fit the words; without any, those that meet the first one somewhere, then all others."""
    known = explorer.report.claims
    if sought:
        hits, _ = explorer.finder.find(sought, "claim")
        found = [known[hit.entry.iri] for hit in hits]
    elif first:
        beside = [
            party.claim
            for finding in explorer.catalogue.standing.get(first.iri, ())
            for party in finding.parties
        ]
        meeting = {claim.iri: claim for claim in beside}
        alike = [
            c for c in explorer.catalogue.about.get(first.scope.measure or "", []) if c.iri not in meeting
        ]
        rest = {claim.iri for claim in alike} | meeting.keys()
        found = [*meeting.values(), *alike, *(c for c in explorer.catalogue.claims if c.iri not in rest)]
    else:
        found = explorer.catalogue.claims
    return [claim for claim in found if first is None or claim.iri != first.iri]


def _form(first: Claim | None, sought: str) -> Element:
    return h(
        "form",
        h("input", type="hidden", name="a", value=first.iri) if first else None,
        h(
            "p",
            h("label", "Words in the quote, or who said it", for_="words"),
            h("input", id="words", name="q", type="text", value=sought or None),
            class_="field",
        ),
        h("p", h("button", "Find claims", type="submit"), class_="field"),
        method="get",
        action=Place("/compare"),
        class_="filters",
        aria_label="Find a claim to compare",
    )


def _candidate(explorer: Explorer, claim: Claim, first: Claim | None) -> Element:
    said = caption(claim, explorer.report)
    scope = " · ".join(dimensions(claim, explorer.report.vocabulary).values())
    place = _place(first.iri, claim.iri) if first else _place(claim.iri, "")
    quote = f"«{shortened(said.quote, 240)}»"
    return h(
        "li",
        h(
            "p",
            h("span", h("a", quote, href=place) if place else quote, class_="quote"),
            " ",
            said.attribution,
        ),
        h("p", shortened(said.source, 300), class_="where"),
        h("p", shortened(scope, 600), class_="scope") if scope else None,
    )
