"""Places in an order, as a cell words them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kgcheck.errors import MeaningError
from kgcheck.interchange.cells import Cells, choices
from kgcheck.semantics.numbers import parse_ordinal


@dataclass(frozen=True, slots=True)
class Rank:
    """The k-th place from the top or the bottom; `at_most` for "among the top five"."""

    place: int
    counted_from: str
    at_most: bool = False


def read_rank(cells: Cells) -> Rank | None:
    """The rank that the cells `rank` and `rank_from` give.

    "3rd" and "third" count from the top unless `rank_from` says otherwise; "highest", "second
    lowest" and "top five" say themselves where they count from.
    """
    words = (cells.text("rank") or "").casefold()
    said = cells.choice("rank_from")
    shown = next(
        (choices("rank_from")[word] for word in re.findall(r"\w+", words) if word in choices("rank_from")),
        None,
    )
    if said and shown and said != shown:
        cells.refuse(
            "rank_from", f"{words!r} counts from the {shown}, not from the {said}", "mend one of the two"
        )
        return None
    counted_from = said or shown or "top"
    if group := re.search(r"\b(?:top|bottom) (\w+)$", words):
        place = _number(group[1])
        if place is not None:
            return Rank(place, counted_from, at_most=True)
    place = _number(words) or _ordinal(words) or (1 if shown else None)
    if place is None:
        cells.refuse("rank", f"{words!r} is no rank", "write it as 3, 3rd, third, highest or top five")
        return None
    size = cells.whole("population_size")
    if size is not None and place > size:
        message = f"rank {place} is greater than the number ranked ({size})"
        cells.refuse("rank", message, "check the rank and the population_size")
    return Rank(place, counted_from)


def _number(words: str) -> int | None:
    words = choices("number").get(words, words)
    return int(words) if re.fullmatch(r"[1-9]\d{0,5}", words) else None


def _ordinal(words: str) -> int | None:
    try:
        return parse_ordinal(words)
    except MeaningError:
        return None
