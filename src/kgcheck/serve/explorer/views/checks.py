"""The checks: all of them, and one explained."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kgcheck.checks.registry import Check
from kgcheck.namespaces import expand
from kgcheck.report.catalogue import catalogue
from kgcheck.report.html.card import query
from kgcheck.report.html.element import Content, Element, Place, h
from kgcheck.report.options import Options
from kgcheck.report.plain import counted, plain, shortened
from kgcheck.report.verdicts import words
from kgcheck.serve.explorer import rows
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.markdown import blocks
from kgcheck.serve.explorer.page import Json, Missing, Page
from kgcheck.serve.explorer.places import part

_FINDINGS = 20


def checks(explorer: Explorer, asked: Asked) -> Page:
    """All checks that ran."""
    every = list(explorer.checks.values())
    counts = Counter(finding.check for finding in explorer.catalogue.findings)

    def body() -> Iterator[Content]:
        yield h("h1", "Checks")
        yield h(
            "p",
            "Each check is one question, asked of all claims that meet. A verdict here is the strongest that "
            "it may come to: the reasons may make it a weaker one.",
            class_="lead",
        )
        yield h("ul", (_row(check, counts[check.id]) for check in every), class_="rows")

    return Page(
        "Checks",
        lambda: list(body()),
        lambda: record(every),
        lambda: (triple for check in every for triple in _triples(check, asked)),
        section="checks",
    )


def _row(check: Check, count: int) -> Element:
    tags = [
        h("span", rows.glyph(check.verdict), f"at most {words(check.verdict).one}", class_="verdict"),
        h("span", counted(count, "finding")),
    ]
    return h(
        "li",
        h("p", h("a", plain(check.id), href=Place(f"/checks/{part(check.id)}")), class_="name"),
        h("p", shortened(plain(check.summary), 400)),
        h("p", tags, class_="tag"),
        class_=f"v-{check.verdict.value}",
    )


def check(explorer: Explorer, asked: Asked) -> Page:
    """One check: what it finds and does not say, its query, its findings."""
    found = explorer.checks.get(asked.names[1])
    if found is None:
        raise Missing(
            f"There is no check {shortened(plain(asked.names[1]), 80)!r}",
            explorer.finder.near(asked.names[1], "check"),
        )
    return Page(
        f"The check {plain(found.id)}",
        lambda: list(_body(explorer, found)),
        lambda: record([found])[0],
        lambda: _triples(found, asked),
        section="checks",
    )


def _body(explorer: Explorer, found: Check) -> Iterator[Content]:
    members = [finding for finding in explorer.catalogue.findings if finding.check == found.id]
    yield h("p", "Check", class_="kicker")
    yield h("h1", plain(found.id))
    yield h("p", shortened(plain(found.summary), 1000), class_="lead")
    yield rows.facts(
        [
            ("Verdict at most", words(found.verdict).one),
            ("Severity", found.severity.value),
            ("Innocent explanation", shortened(plain(found.innocent), 1000)),
        ]
    )
    yield h("div", blocks(found.documentation), class_="explained")
    yield rows.titled("The query", None, query(found).element)
    yield rows.titled(
        "Findings",
        len(members),
        [
            rows.findings(explorer, members[:_FINDINGS]),
            h(
                "p",
                h("a", f"All {len(members):,}", href=Place(f"/findings?check={part(found.id)}")),
                class_="more",
            )
            if len(members) > _FINDINGS
            else None,
        ],
    )
    if not members:
        yield h("p", "It has found nothing here.", class_="silence")


def record(members: Iterable[Check]) -> list[Json]:
    """Checks as `kgcheck checks --format json` lists them."""
    found: list[Json] = json.loads(catalogue(members, "json", Options()))
    return found


def _triples(found: Check, asked: Asked) -> Iterator[ox.Triple]:
    this = ox.NamedNode(asked.absolute(f"/checks/{part(found.id)}"))
    told = (
        ("schema:name", found.id),
        ("schema:abstract", found.summary),
        ("schema:description", found.documentation),
        ("schema:programmingLanguage", "SPARQL 1.1"),
        ("schema:text", found.query),
    )
    yield ox.Triple(this, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("schema:SoftwareSourceCode")))
    for name, value in told:
        yield ox.Triple(this, ox.NamedNode(expand(name)), ox.Literal(value))
