"""The quotes of a finding, its sides next to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.report.caption import Caption
from kgcheck.report.html.element import Content, Element, h, is_address
from kgcheck.report.plain import counted
from kgcheck.report.sides import Side, sides

Link = Callable[[Caption], Content]
"""Where a page leads to from a statement, if anywhere."""

_COLUMNS = 6
"""More sides than this stand folded below the first ones."""

_ECHOES = 30
"""More statements of one side than this are only counted."""


def nowhere(said: Caption) -> Content:
    """The link of a page that has nothing more to say of a statement."""
    return None


def quotes(finding: Finding, report: Report, link: Link = nowhere) -> Iterator[Element]:
    """One column per side, then what there was no room for."""
    every = sides(finding, report)
    yield h("div", (_column(side, link) for side in every[:_COLUMNS]), class_="sides")
    if hidden := every[_COLUMNS:]:
        shown = hidden[:_ECHOES]
        yield h(
            "details",
            h("summary", f"{counted(len(hidden), 'more')}"),
            h("div", (_column(side, link) for side in shown), class_="sides"),
            _uncounted(len(hidden) - len(shown)),
            class_="more-sides",
        )


def _uncounted(number: int) -> Content:
    return h("p", f"and {number:,} more, which the JSON report lists", class_="more") if number > 0 else None


def _column(side: Side, link: Link) -> Element:
    first, *others = side.captions
    number = side.heading.removeprefix("side ").partition(":")[0]
    look = f"side side-{(int(number) - 1) % 6 + 1}" if number.isdecimal() else "side side-0"
    return h(
        "div",
        h("p", side.heading, class_="side-name") if side.heading else None,
        statement(first, link),
        _echoes(first, others, link),
        class_=look,
    )


def _echoes(first: Caption, others: list[Caption], link: Link) -> Content:
    if not others:
        return None
    shown = others[:_ECHOES]
    return h(
        "details",
        h("summary", f"{counted(len(others), 'more statement')} on this side"),
        h(
            "ul",
            (h("li", _linked(said), f" {said.beside(first)} ", link(said)) for said in shown),
            class_="echoes",
        ),
        _uncounted(len(others) - len(shown)),
    )


def _linked(said: Caption) -> Content:
    if not is_address(said.address):
        return None
    return h("a", "source", href=said.address, rel="noreferrer external", aria_label=f"source: {said.source}")


def document_link(said: Caption) -> Content:
    """Title of the document, leading to it where its address is one of the web."""
    title = said.title or said.document
    return h("a", title, href=said.address, rel="noreferrer external") if is_address(said.address) else title


def statement(said: Caption, link: Link = nowhere) -> Element:
    """A quote and all that is known of who said it where."""
    stated = said.stated if said.stated and said.stated.casefold() not in said.quote.casefold() else None
    facts = [
        ("stated", stated),
        ("read as", said.reading),
        ("place", ", ".join(part for part in (said.document, said.place) if part)),
    ]
    return h(
        "figure",
        h("blockquote", h("p", f"«{said.quote}»")),
        h(
            "figcaption",
            h("p", h("b", said.speaker), f", as quoted by {said.quoted_by}" if said.quoted_by else None),
            h("p", document_link(said), " · ", said.date, class_="where"),
            (
                h("p", h("span", name, class_="fact"), " ", text, class_="detail")
                for name, text in facts
                if text
            ),
            h("ul", (h("li", remark) for remark in said.remarks), class_="remarks") if said.remarks else None,
            h("p", leads, class_="detail") if (leads := link(said)) else None,
        ),
        class_="statement",
    )
