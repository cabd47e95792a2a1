"""The documents with their claims, and the findings that these are part of.

Documents stand in the order of their dates: there is no ranking of who is in most findings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from kgcheck.model.claim import Claim, Document
from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.report.caption import caption
from kgcheck.report.figures import issued
from kgcheck.report.html.card import GLYPHS
from kgcheck.report.html.element import Content, Element, h, is_address
from kgcheck.report.html.names import anchor
from kgcheck.report.plain import counted, plain
from kgcheck.report.scope import dimensions
from kgcheck.report.verdicts import words

_MOST = 300
_LINKS = 12


def by_document(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """The claims of each document in the order of the text."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.document].append(claim)
    for members in found.values():
        members.sort(key=lambda claim: (claim.evidence.start is None, claim.evidence.start or 0, claim.iri))
    return found


def in_order(documents: Iterable[Document]) -> list[Document]:
    """Oldest first; what has no date comes last."""
    return sorted(documents, key=lambda d: (d.latest or date.max, d.identifier))


def summary(document: Document, claims: int, report: Report) -> Element:
    """One line about a document."""
    publisher = plain(report.vocabulary.label(document.publisher)) if document.publisher else ""
    parts = [publisher, issued(document.issued, document.date_basis), counted(claims, "claim")]
    return h(
        "summary",
        h("b", plain(document.title or document.identifier)),
        h("small", " · ".join(part for part in parts if part)),
    )


def body(
    document: Document, claims: list[Claim], findings: dict[str, list[Finding]], report: Report
) -> Element:
    """What a document claims."""
    address = plain(document.address) if document.address else None
    shown = claims[:_MOST]
    return h(
        "div",
        h(
            "p",
            h("code", plain(document.identifier)),
            [" · ", h("a", address, href=address, rel="noreferrer external")]
            if is_address(address)
            else None,
            class_="ids",
        ),
        h("ol", (_claim(claim, findings.get(claim.iri, []), report) for claim in shown), class_="claims"),
        h("p", f"and {len(claims) - _MOST:,} more claims", class_="more") if len(claims) > _MOST else None,
    )


def _claim(claim: Claim, findings: list[Finding], report: Report) -> Element:
    said = caption(claim, report)
    scope = " · ".join(dimensions(claim, report.vocabulary).values())
    return h(
        "li",
        h("p", h("span", f"«{said.quote}»", class_="quote"), " ", said.speaker),
        h("p", scope, class_="scope") if scope else None,
        _links(findings),
    )


def _links(findings: list[Finding]) -> Content:
    if not findings:
        return None
    links = [
        h(
            "li",
            h(
                "a",
                h("span", GLYPHS[finding.verdict], class_="glyph", aria_hidden="true"),
                f"{words(finding.verdict).one}: {plain(finding.check)}",
                href=f"#{anchor('f', finding.id)}",
                class_=f"to v-{finding.verdict.value}",
            ),
        )
        for finding in findings[:_LINKS]
    ]
    if len(findings) > _LINKS:
        links.append(h("li", f"and {len(findings) - _LINKS:,} more"))
    return h("ul", links, class_="links")
