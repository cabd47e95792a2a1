"""Stated sampling intervals: "+/- 1.85", "95% CI 80 to 87", "margin of error of 3 points"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from kgcheck.errors import MeaningError
from kgcheck.model.interval import LIMIT, Interval
from kgcheck.model.meaning import UnitKind
from kgcheck.semantics.intervals import round_down, round_up
from kgcheck.semantics.quantities import Form, Quantity
from kgcheck.semantics.statements import find_quantity
from kgcheck.semantics.text import Token

_MARGIN = (
    ("±",),
    ("+/-",),
    ("plus", "or", "minus"),
    ("+", "or", "-"),
    ("margin", "of", "error"),
    ("error", "margin"),
)
_BOUNDS = (
    ("confidence", "interval"), ("confidence", "intervals"), ("confidence", "limits"),
    ("credible", "interval"),
    ("ci",), ("cis",), ("c", ".", "i"), ("uncertainty", "interval"),
)  # fmt: skip
_OPENERS = frozenset({"(", "[", ",", ";"})
_LEVEL_WORDS = frozenset({"with", "a", "an", "the", "at", "and", "%", "percent", "per", "cent"})


def split_uncertainty(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """The tokens of the figure and those of its sampling interval; the latter may be empty."""
    for index in range(len(tokens)):
        if _starts(tokens, index, _MARGIN) or _starts(tokens, index, _BOUNDS):
            cut = _opening(tokens, index)
            return tokens[:cut], tokens[cut:]
    return tokens, ()


def read_uncertainty(tokens: Sequence[Token], quantity: Quantity, natural: Interval) -> Interval:
    """The sampling interval in the base unit of `quantity`, cut to the natural range.

    A bare number takes the unit of the figure; a margin on a share counts percentage points.
    Raises MeaningError where the words hold no margin and no two bounds, or where the figure lies
    outside them.
    """
    margin_at = next((i for i in range(len(tokens)) if _starts(tokens, i, _MARGIN)), None)
    numbers = _numbers(tokens, quantity, 0 if margin_at is None else margin_at)
    if margin_at is not None and len(numbers) == 1:
        lower, upper = quantity.value - abs(numbers[0]), quantity.value + abs(numbers[0])
    elif margin_at is None and len(numbers) == 2:
        lower, upper = min(numbers), max(numbers)
    else:
        raise MeaningError(
            "cannot read the stated uncertainty", remedy='write it as "+/- 1.85" or as "95% CI 80 to 87"'
        )
    if not lower <= quantity.value <= upper:
        raise MeaningError(
            "the figure lies outside its own confidence interval", remedy="check both against the text"
        )
    low = max(round_down(lower), natural.lower, -LIMIT)
    high = min(round_up(upper), natural.upper, LIMIT)
    return Interval(min(low, Decimal(high)), high)


def _numbers(tokens: Sequence[Token], quantity: Quantity, start: int) -> list[Fraction]:
    """All numbers but the level of confidence, in the base unit of `quantity`."""
    values: list[Fraction] = []
    index = start
    while found := find_quantity(tokens, index):
        number, begin, index = found
        if _is_level(tokens, begin, index):
            continue
        if number.form is Form.PLAIN and number.kind in (None, quantity.kind):
            values.append(number.number.value * (quantity.factor if number.kind is None else number.factor))
        elif number.form is Form.SHARE and number.kind in (UnitKind.RATIO, UnitKind.POINTS):
            if quantity.kind in (UnitKind.RATIO, UnitKind.POINTS, UnitKind.CHANGE):
                values.append(number.value)
            else:
                values.append(quantity.value * number.value)
        else:
            raise MeaningError(
                "the uncertainty has another unit than the figure", remedy="use one unit for both"
            )
    return values


def _is_level(tokens: Sequence[Token], begin: int, end: int) -> bool:
    """Whether a number is the 95 of "95% CI" or of "95% confidence interval"."""
    if tokens[begin].text not in {"80", "90", "95", "99", "99.9"}:
        return False
    after = next((i for i in range(end, len(tokens)) if tokens[i].text not in _LEVEL_WORDS), len(tokens))
    return _starts(tokens, after, _BOUNDS) or (
        after < len(tokens) and tokens[after].text in {"confidence", "level", "credible"}
    )


def _starts(tokens: Sequence[Token], index: int, phrases: Sequence[tuple[str, ...]]) -> bool:
    return any(
        tuple(token.text for token in tokens[index : index + len(phrase)]) == phrase for phrase in phrases
    )


def _opening(tokens: Sequence[Token], marker: int) -> int:
    """Where the words of the sampling interval begin: the bracket or level before the marker."""
    index = marker
    while index > 0:
        before = tokens[index - 1]
        is_level = before.kind == "number" and _is_level(tokens, index - 1, index)
        if before.text in _OPENERS:
            return index - 1
        if before.text not in _LEVEL_WORDS and not is_level:
            break
        if before.text in {"%", "percent", "cent"} and not _level_precedes(tokens, index - 1):
            break
        index -= 1
    return index


def _level_precedes(tokens: Sequence[Token], index: int) -> bool:
    number = index - 2 if tokens[index].text == "cent" else index - 1
    return number >= 0 and tokens[number].kind == "number" and _is_level(tokens, number, number + 1)
