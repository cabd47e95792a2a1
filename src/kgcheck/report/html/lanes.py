"""What plots have in common: rows with words on the left and a track on the right."""

from __future__ import annotations

from collections.abc import Iterable

from kgcheck.report.caption import Caption
from kgcheck.report.html.element import Content, Element, h
from kgcheck.report.plain import shortened

_LONGEST = 60


def lane(side: int | None, label: str, detail: str, track: Element) -> Element:
    """A row: the label, what it says in small, and its track."""
    place = f"lane side-{(side - 1) % 6 + 1}" if side else "lane side-0"
    words = h("div", h("b", label), h("small", detail), class_="lane-words")
    return h("div", words, track, class_=place)


def label(said: Caption, side: int | None, several: bool) -> str:
    """What a row is called."""
    words = shortened(said.stated or said.quote, _LONGEST)
    return f"{side}. {words}" if side and several else words


def figure(title: str, rows: Iterable[Content], says: str, legend: str) -> Element:
    """The plot: its title, its rows, what follows from it, and how to read it."""
    return h(
        "figure",
        h("figcaption", h("b", title), h("span", says, class_="says") if says else None),
        h("div", rows, class_="lanes"),
        h("p", legend, class_="legend"),
        class_="plot",
    )
