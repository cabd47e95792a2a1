"""Figures in running text: a number with its hedge and unit, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from kgcheck.errors import MeaningError
from kgcheck.extract.tables import read_table
from kgcheck.extract.words import Words
from kgcheck.model.meaning import UnitKind
from kgcheck.semantics.directions import word_direction
from kgcheck.semantics.hedges import Hedge, Sense, combine_hedges, read_hedge_after, read_hedge_before
from kgcheck.semantics.numbers import read_ordinal
from kgcheck.semantics.quantities import Form, Quantity, read_quantity
from kgcheck.semantics.tables import read_table as read_semantics

_NUMBERS = read_semantics("numbers.toml")
_OPENING_WORDS = frozenset({*_NUMBERS["cardinals"], *_NUMBERS["tens"], "half"}) - {"nil"}
_AFTER_ARTICLE = frozenset({*_NUMBERS["scales"], *_NUMBERS["ordinals"], *_NUMBERS["fractions"], "half"}) - {
    "first", "second", "twentieth",
}  # fmt: skip
_ARTICLES = frozenset({"a", "an"})
_DIGIT = re.compile(r"[0-9½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒]")
_MARKS = frozenset({"£", "$", "€", "us", "a", "au", "c", "ca", "gbp", "usd", "eur", "+", "-"})
_UNITS = read_table("units.toml")
_RANGING = frozenset(read_table("statistics.toml")["ranging"]["words"])
COMPARATORS = {
    Sense.ABOUT: "~", Sense.BELOW: "<", Sense.ABOVE: ">", Sense.MORE: ">", Sense.AT_LEAST: ">=",
    Sense.LESS: "<", Sense.AT_MOST: "<=", Sense.EXACTLY: "=",
}  # fmt: skip
APPROXIMATE = frozenset({Sense.ABOUT, Sense.BELOW, Sense.ABOVE})
_JOINTS = {"between": {"and"}, "from": {"to"}, "": {"-", "to"}}


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with its hedge; `first` and `last` index its words, `last` being the one after.

    `number` is where the bare quantity begins. `second` is the upper end of a range.
    """

    quantity: Quantity
    first: int
    number: int
    last: int
    hedge: Hedge | None = None
    second: Quantity | None = None

    @property
    def comparator(self) -> str:
        """How the words relate the value to the number they print."""
        if self.second is not None:
            return ".."
        return COMPARATORS[self.hedge.sense] if self.hedge else "="

    @property
    def approximate(self) -> bool:
        """Whether the hedge leaves the number itself open, rather than bounding it."""
        return self.hedge is not None and (self.hedge.about or self.hedge.sense in APPROXIMATE)

    @property
    def unit(self) -> str:
        """The unit as the JSON form calls it."""
        return unit_name(self.quantity)

    @property
    def value(self) -> float | int | list[float | int]:
        """The number in that unit."""
        if self.second is not None:
            return [value_of(self.quantity), value_of(self.second)]
        return value_of(self.quantity)


def unit_name(quantity: Quantity) -> str:
    """The unit of a quantity as the JSON form calls it."""
    kind = quantity.kind
    if kind is None or kind is UnitKind.COUNT:
        return "count"
    if kind is UnitKind.RATIO:
        if quantity.form is Form.SHARE:
            scale = 1 / quantity.factor
            return "percent" if scale == 100 else f"per_{scale}" if scale.denominator == 1 else "ratio"
        return "ratio"
    if kind is UnitKind.MONEY:
        return quantity.unit or "money"
    if kind is UnitKind.TIMES:
        return "times"
    if kind is UnitKind.QUANTITY:
        return str(_UNITS["quantity"].get(quantity.unit or "", quantity.unit or "quantity"))
    return str(_UNITS[kind.value].get(str(quantity.factor), kind.value))


def value_of(quantity: Quantity) -> float | int:
    """The number in the unit that `unit_name` gives."""
    if quantity.kind is UnitKind.RATIO and quantity.form is not Form.SHARE:
        return round(float(quantity.value), 4)
    number = quantity.number.value
    if quantity.kind is UnitKind.MONEY:
        number = number * quantity.factor
    return plain_number(number)


def plain_number(number: Fraction) -> float | int:
    """A whole number as int, any other as float."""
    return int(number) if number.denominator == 1 else round(float(number), 6)


def find_figures(words: Words, skips: list[tuple[int, int]]) -> Iterator[Figure]:
    """The figures among the words, outside `skips`, in order."""
    index, floor, skip = 0, 0, 0
    while index < len(words):
        while skip < len(skips) and skips[skip][1] <= words.starts[index]:
            skip += 1
        if any(
            begin < words.ends[index] and words.starts[index] < end for begin, end in skips[skip : skip + 4]
        ):
            index += 1
            continue
        figure = _read_figure(words, index, floor) if _opens(words, index) else None
        if figure is None or _runs_into(words, figure, skips):
            index += 1
            continue
        yield figure
        index = floor = figure.last


def may_count(text: str, start: int, end: int, forms: frozenset[str]) -> bool:
    """Whether `text[start:end]`, in which those words occur, can state a figure at all."""
    return (
        _DIGIT.search(text, start, end) is not None
        or not _OPENING_WORDS.isdisjoint(forms)
        or not (_ARTICLES.isdisjoint(forms) or _AFTER_ARTICLE.isdisjoint(forms))
        or any(form.endswith("fold") for form in forms)
    )


def opens_figures(words: Words) -> bool:
    """Whether any of the words can open a figure."""
    return any(_opens(words, index) for index in range(len(words)))


def _runs_into(words: Words, figure: Figure, skips: list[tuple[int, int]]) -> bool:
    begin, end = words.starts[figure.number], words.ends[figure.last - 1]
    return any(start < end and begin < stop for start, stop in skips)


def _opens(words: Words, index: int) -> bool:
    token = words.tokens[index]
    if token.kind == "number":
        return True
    if token.text in _OPENING_WORDS:
        return True
    if token.text in {"a", "an"}:
        return words.text(index + 1) in _AFTER_ARTICLE
    after = words.tokens[index + 1] if index + 1 < len(words) else None
    return (
        token.text in _MARKS
        and after is not None
        and (after.kind == "number" or after.text in {"$", "£", "€", "-"})
    )


def _read_figure(words: Words, index: int, floor: int) -> Figure | None:
    tokens = words.tokens
    try:
        if read_ordinal(tokens, index):
            return None
        found = read_quantity(tokens, index)
    except MeaningError:
        return None
    if found is None:
        return None
    quantity, last = found
    try:
        hedge, first = read_hedge_before(tokens, index, max(floor, index - 8))
    except MeaningError:
        return None
    if hedge is None:
        first = index
    while hedge is not None and first + 1 < index and read_hedge_before(tokens, index, first + 1)[0] == hedge:
        first += 1
    opening = words.text(first - 1)
    spread = opening == "from" and words.text(first - 2) in _RANGING
    if ranged := _read_second(words, quantity, last, opening, spread):
        second, end = ranged
        start = first - 1 if opening in {"between", "from"} else first
        return Figure(_shared(quantity, second), start, index, end, hedge, _shared(second, quantity))
    try:
        after, end = read_hedge_after(tokens, last)
        hedge = combine_hedges(hedge, after)
    except MeaningError:
        return Figure(quantity, first, index, last, hedge)
    if (
        after is not None
        and end < len(tokens)
        and tokens[last].text in {"+", "plus"}
        and tokens[end].kind == "number"
    ):
        hedge, end = (None, last)
    return Figure(quantity, first, index, end, hedge)


def _read_second(
    words: Words, first: Quantity, at: int, opening: str, spread: bool
) -> tuple[Quantity, int] | None:
    """The upper end of a range; "from 3 to 5" is a change unless something is `spread` so."""
    joints = _JOINTS.get(opening, _JOINTS[""])
    if (
        words.text(at) not in joints
        or opening == "by"
        or (opening == "from" and not spread)
        or (words.text(at) == "to" and word_direction(opening))
    ):
        return None
    try:
        found = read_quantity(words.tokens, at + 1)
    except MeaningError:
        return None
    if found is None:
        return None
    second, end = found
    if None not in (first.kind, second.kind) and first.kind is not second.kind:
        return None
    if second.kind is None and first.kind is not None:
        return None
    scale = second.number.scale if first.number.scale == 1 else 1
    if first.number.value * scale >= second.number.value:
        return None
    return second, end


def _shared(bare: Quantity, other: Quantity) -> Quantity:
    from dataclasses import replace

    if bare.kind is None and other.kind is not None:
        bare = replace(bare, form=other.form, factor=other.factor, kind=other.kind, unit=other.unit)
    if (
        bare.number.scale == 1
        and other.number.scale > 1
        and bare.number.value < other.number.value / other.number.scale * 10
    ):
        bare = replace(bare, number=bare.number.scaled(other.number.scale))
    return bare
