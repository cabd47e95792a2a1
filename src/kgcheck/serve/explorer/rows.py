"""Claims, findings and documents as rows of lists, the same on every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kgcheck.model.claim import Claim, Document
from kgcheck.model.finding import Finding
from kgcheck.model.verdict import Verdict
from kgcheck.report.caption import caption
from kgcheck.report.figures import issued
from kgcheck.report.html.card import GLYPHS
from kgcheck.report.html.element import Content, Element, Place, h
from kgcheck.report.plain import counted, plain, shortened
from kgcheck.report.scope import dimensions
from kgcheck.report.verdicts import words
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.places import part

_QUOTE = 240
_MESSAGE = 600
_LINKS = 6


def glyph(verdict: Verdict) -> Element:
    """The sign of a verdict."""
    return h("span", GLYPHS[verdict], class_="glyph", aria_hidden="true")


def titled(
    heading: str, count: int | None, content: Content, lead: str = "", name: str = ""
) -> Element | None:
    """A section of a page; None where it has nothing to show."""
    if content is None or count == 0:
        return None
    number = h("span", f"{count:,}", class_="count") if count is not None else None
    return h(
        "section",
        h("h2", heading, number),
        h("p", lead, class_="lead") if lead else None,
        content,
        class_="part",
        id=name or None,
    )


def facts(rows: Iterable[tuple[str, Content]]) -> Element:
    """Names with what is known of them; what is not known is left out."""
    known = [(name, content) for name, content in rows if content]
    return h("dl", (h("div", h("dt", name), h("dd", content)) for name, content in known), class_="facts")


def claims(explorer: Explorer, members: Iterable[Claim], *, source: bool = True) -> Element:
    """Claims as a list; `source` says where each of them stands."""
    return h("ol", (_claim(explorer, claim, source) for claim in members), class_="claims rows")


def _claim(explorer: Explorer, claim: Claim, source: bool) -> Element:
    report = explorer.report
    said = caption(claim, report)
    scope = " · ".join(dimensions(claim, report.vocabulary).values())
    quote = f"«{shortened(said.quote, _QUOTE)}»"
    document = report.documents.get(claim.document)
    place = said.place if not source else None
    where: Content = (
        h(
            "p",
            explorer.link(claim.document, document.title if document else None),
            " · ",
            said.date,
            class_="where",
        )
        if source
        else None
    )
    return h(
        "li",
        h("p", h("span", explorer.link(claim.iri, quote), class_="quote"), " ", said.attribution),
        where,
        h("p", shortened(scope, _MESSAGE), class_="scope") if scope else None,
        h("p", place, class_="scope") if place else None,
        _standing(explorer, explorer.catalogue.standing.get(claim.iri, [])),
    )


def _standing(explorer: Explorer, found: Sequence[Finding]) -> Content:
    if not found:
        return None
    links: list[Element] = [
        h("li", h("span", finding_link(explorer, f), class_=f"to v-{f.verdict.value}"))
        for f in found[:_LINKS]
    ]
    if len(found) > _LINKS:
        links.append(h("li", f"and {len(found) - _LINKS:,} more"))
    return h("ul", links, class_="links")


def finding_link(explorer: Explorer, finding: Finding) -> Element:
    """A finding in three words."""
    return h(
        "a",
        glyph(finding.verdict),
        f"{words(finding.verdict).one}: {shortened(plain(finding.check), 60)}",
        href=Place(f"/findings/{part(finding.id)}"),
    )


def findings(explorer: Explorer, members: Iterable[Finding]) -> Element:
    """Findings as a list."""
    return h("ol", (_finding(explorer, finding) for finding in members), class_="rows findings")


def _finding(explorer: Explorer, finding: Finding) -> Element:
    report = explorer.report
    documents = {party.claim.document for party in finding.parties}
    waived = finding.id in report.waived
    tags = [
        h("span", glyph(finding.verdict), words(finding.verdict).one, class_="verdict"),
        h("span", shortened(plain(finding.check), 60), class_="check"),
        h("span", f"{counted(len(finding.parties), 'claim')} in {counted(len(documents), 'document')}"),
        h("span", "waived") if waived else None,
    ]
    message = shortened(plain(finding.message), _MESSAGE) or finding.check
    return h(
        "li",
        h("p", tags, class_="tag"),
        h("p", h("a", message, href=Place(f"/findings/{part(finding.id)}")), class_="message"),
        class_=f"v-{finding.verdict.value}",
    )


def documents(explorer: Explorer, members: Iterable[Document]) -> Element:
    """Documents as a list."""
    return h("ol", (_document(explorer, document) for document in members), class_="rows")


def _document(explorer: Explorer, document: Document) -> Element:
    report = explorer.report
    publisher = plain(report.vocabulary.label(document.publisher)) if document.publisher else ""
    number = len(explorer.catalogue.claims_of.get(document.iri, ()))
    line = [publisher, issued(document.issued, document.date_basis), counted(number, "claim")]
    return h(
        "li",
        h("p", explorer.link(document.iri), class_="name"),
        h("p", " · ".join(text for text in line if text), class_="scope"),
    )
