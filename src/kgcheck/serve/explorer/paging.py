"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kgcheck.report.html.element import Element, Place, h
from kgcheck.serve.explorer.places import address

PER_PAGE = 50

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Slice(Generic[Item]):
    """The items of one page, and where they stand among all."""

    items: Sequence[Item]
    page: int
    pages: int
    total: int
    first: int

    @property
    def record(self) -> dict[str, Any]:
        """What a JSON page says of it."""
        return {"page": self.page, "pages": self.pages, "total": self.total}


def slice_of(items: Sequence[Item], page: str | None, size: int = PER_PAGE) -> Slice[Item]:
    """The page with this number, as an address writes it; the nearest one where there is none."""
    pages = max(1, -(-len(items) // size))
    wanted = int(page) if page and page.isdecimal() and len(page) < 10 else 1
    number = min(max(wanted, 1), pages)
    first = (number - 1) * size
    return Slice(items[first : first + size], number, pages, len(items), first)


def pager(part: Slice[Any], path: str, query: dict[str, str], noun: str) -> Element | None:
    """Links to the other pages of a list; None where there is one page."""
    if part.pages == 1:
        return None

    def to(number: int, words: str, rel: str | None = None) -> Element:
        known = 1 <= number <= part.pages and number != part.page
        if not known:
            return h("li", h("span", words))
        asked = {**query, "page": str(number)} if number > 1 else query
        return h("li", h("a", words, href=Place(address(path, asked)), rel=rel))

    last = part.first + len(part.items)
    return h(
        "nav",
        h(
            "ul",
            to(1, "First"),
            to(part.page - 1, "Previous", "prev"),
            h("li", h("span", f"{part.first + 1:,} to {last:,} of {part.total:,} {noun}", class_="where-in")),
            to(part.page + 1, "Next", "next"),
            to(part.pages, "Last"),
        ),
        class_="pages",
        aria_label=f"Pages of {noun}",
    )
