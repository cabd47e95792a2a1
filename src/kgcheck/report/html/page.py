"""The whole page.

A small report stands on the page as it is and reads without scripts. In a large one, cards are kept as
JSON in blocks that the browser does not look into until one of their cards is to be shown.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import count, islice
from typing import Any

from kgcheck import __version__
from kgcheck.garbage import garbage_kept
from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict
from kgcheck.report.html import filters, sections, sources, standing
from kgcheck.report.html.card import Cards
from kgcheck.report.html.element import Element, h, recorded, written
from kgcheck.report.html.index import Index
from kgcheck.report.html.names import anchor
from kgcheck.report.html.policy import content_policy
from kgcheck.report.options import Options
from kgcheck.report.order import ordered
from kgcheck.report.silence import nothing

WRITTEN_OUT = 250
"""Up to so many findings are written out, if their documents hold no more than WRITTEN_CLAIMS."""

WRITTEN_CLAIMS = 3000

CHUNK = 40
"""How many cards, or documents, stand in one block of JSON."""


def render(report: Report, options: Options) -> str:
    """The report as one HTML file that asks for nothing from anywhere."""
    with garbage_kept():
        return _rendered(report, options)


def _rendered(report: Report, options: Options) -> str:
    found = ordered(report.findings)
    cards = Cards(report, options.checks or {})
    whole = len(found) <= WRITTEN_OUT and len(report.claims) <= WRITTEN_CLAIMS
    index = Index(report)
    for finding in found:
        index.add(finding)
    counts = Counter(finding.verdict for finding in report.open)
    blocks: list[str] = []
    main = h(
        "main",
        sections.malformed(report),
        standing.waivers(report),
        standing.changes(report),
        list(_verdicts(found, cards, whole)),
        sections.groups(report),
        _sources(report, found, blocks, whole),
        sections.checks(report, options.checks or {}),
        id="main",
        tabindex="-1",
    )
    body = [
        h("a", "Skip to the findings", href="#main", class_="skip"),
        h("button", "Light or dark", id="theme", type="button", hidden=True),
        sections.masthead(report, counts),
        h("div", filters.form(index, counts), main, class_="layout"),
        h(
            "footer",
            h("p", f"Made by kgcheck {__version__}. This page is one file and asks nothing of any server."),
        ),
    ]
    if not whole:
        lead = (
            "This report is long, and its findings are drawn by the page's script, which does not run here."
        )
        body.insert(
            3, h("noscript", h("p", f"{lead} kgcheck check --format markdown has them all in plain text."))
        )
        blocks = [*_chunks("cards", (cards.card(finding) for finding in found)), *blocks]
    record = {**index.record(), "chunk": CHUNK, "whole": whole}
    return "".join(_page(body, [_block("index", record), *blocks]))


def _verdicts(found: Sequence[Finding], cards: Cards, whole: bool) -> Iterator[Element]:
    waived = cards.waived
    if not any(finding.verdict in (Verdict.CONTRADICTION, Verdict.TENSION) for finding in cards.report.open):
        yield h("p", nothing(cards.report), class_="silence")
    for verdict in Verdict:
        members = [f for f in found if f.verdict is verdict and f.id not in waived]
        if members:
            yield sections.findings(verdict, members, (cards.card(f) for f in members) if whole else ())
    if members := [finding for finding in found if finding.id in waived]:
        yield standing.waived(members, (cards.card(f) for f in members) if whole else ())


def _sources(report: Report, found: Sequence[Finding], blocks: list[str], whole: bool) -> Element:
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        for party in finding.parties:
            if finding not in findings[party.claim.iri][-1:]:
                findings[party.claim.iri].append(finding)
    claims = sources.by_document(report.claims.values())
    documents = sources.in_order(report.documents.values())
    bodies = (sources.body(d, claims.get(d.iri, []), findings, report) for d in documents)
    shown: Iterable[Element | None] = bodies if whole else (None for _ in documents)
    items = [
        h(
            "details",
            sources.summary(document, len(claims.get(document.iri, ())), report),
            content,
            id=anchor("s", document.identifier),
            data_value=str(number),
        )
        for number, (document, content) in enumerate(zip(documents, shown, strict=True))
    ]
    if not whole:
        blocks += _chunks("bodies", bodies)
    says = "Every document with what it claims, oldest first, and the findings that each claim is part of."
    return sections.section("sources", "Sources", len(documents), says, h("div", items, class_="folds"))


def _chunks(name: str, elements: Iterable[Element]) -> Iterator[str]:
    every = iter(elements)
    for number in count():
        texts: dict[str, int] = {}
        chunk = [recorded(element, texts) for element in islice(every, CHUNK)]
        if not chunk:
            return
        yield _block(f"{name}-{number}", {"texts": list(texts), "elements": chunk})


def _block(name: str, value: Any) -> str:
    """A block of data. No text in it can end it, or begin a comment or another element."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/json" id="{name}">{safe}</script>\n'


def _asset(name: str) -> str:
    return (files("kgcheck.report.html") / name).read_text(encoding="utf-8")


def _page(body: list[Element], blocks: Iterable[str]) -> Iterator[str]:
    style, script = _asset("report.css"), _asset("report.js")
    head = [
        h("meta", http_equiv="Content-Security-Policy", content=content_policy(style, script)),
        h("meta", name="viewport", content="width=device-width, initial-scale=1"),
        h("meta", name="color-scheme", content="light dark"),
        h("meta", name="referrer", content="no-referrer"),
        h("title", "kgcheck report"),
    ]
    yield '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
    yield from (written(element) + "\n" for element in head)
    yield f"<style>{style}</style>\n</head>\n<body>\n"
    yield from (written(element) + "\n" for element in body)
    yield from blocks
    yield f"<script>{script}</script>\n</body>\n</html>\n"
