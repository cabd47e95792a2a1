"""A number with what it counts: "2.8%", "one in three", "£50k", "47 per 1,000"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from fractions import Fraction

from kgcheck.errors import MeaningError
from kgcheck.model.interval import LIMIT
from kgcheck.model.meaning import UnitKind
from kgcheck.semantics.numbers import Numeral, Read, read_fraction, read_number, word_at
from kgcheck.semantics.text import Token
from kgcheck.semantics.units import Unit, read_mark, read_unit


class Form(Enum):
    """How a number was written, which decides how widely it is read."""

    PLAIN = auto()  # a magnitude: 593, £50k, 12 weeks
    SHARE = auto()  # parts of a fixed scale: percent, per mille, per 1,000
    FRACTION = auto()  # two thirds, 9 out of 10
    ONE_IN = auto()  # one in three: the denominator is what was rounded
    EXACT = auto()  # 62 of 63, 1,204 of 1,390: a count with its base; not both numbers are round
    MULTIPLE = auto()  # doubled, halved


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number on its own scale and the way from there to the base unit.

    The scale is what was rounded: percent, units, parts, or for ONE_IN the denominator.
    `kind` is None for a bare number.
    """

    form: Form
    number: Numeral
    factor: Fraction = Fraction(1)
    denominator: Fraction = Fraction(1)
    kind: UnitKind | None = None
    unit: str | None = None
    marked: bool = False

    @property
    def value(self) -> Fraction:
        """The number in the base unit."""
        return self.move(Fraction(0))

    def move(self, steps: Fraction) -> Fraction:
        """The value in the base unit after `steps` upwards on the quantity's own scale.

        The denominator of "one in n" never falls below half of n, whatever the width.
        """
        if self.form is Form.ONE_IN:
            return self.number.value / max(self.denominator - steps, self.denominator / 2)
        return self.factor * (self.number.value + steps)

    def magnitude(self) -> Quantity:
        """The same without its sign."""
        return replace(self, number=replace(self.number, value=abs(self.number.value)))


_EVERY = frozenset({"every", "each"})
_FILLERS = frozenset(
    {"the", "those", "these", "all", "its", "their", "some", "a", "total", "of", "only", "our"}
)
_YEARS = range(1800, 2200)
_MOST_NOUNS = 6


def read_quantity(tokens: Sequence[Token], start: int) -> Read[Quantity]:
    """The quantity that begins at `start` and the index after it; None where none begins.

    Raises MeaningError for a number beyond 10^15 or 12 decimals.
    """
    sign, index = _read_sign(tokens, start)
    mark = read_mark(tokens, index)
    if mark is not None:
        currency, index = mark
        inner_sign, index = _read_sign(tokens, index, after_mark=True)
        found = _read_money(tokens, index, currency)
        sign *= inner_sign
    else:
        found = _read_part(tokens, index) or _read_count(tokens, index)
    if found is None:
        return None
    quantity, end = found
    if sign < 0:
        quantity = replace(quantity, number=quantity.number.negated())
    if abs(quantity.value) > LIMIT:
        raise MeaningError(
            f"the number is larger than {LIMIT:,}", remedy="check the scale words and the zeros"
        )
    return quantity, end


def is_year(token: Token) -> bool:
    """Whether a number may name a year: four digits, no separator, 1800 to 2199."""
    return (
        token.kind == "number" and token.text.isdigit() and len(token.text) == 4 and int(token.text) in _YEARS
    )


def _read_sign(tokens: Sequence[Token], start: int, *, after_mark: bool = False) -> tuple[int, int]:
    """-1, or 1, and the index after the sign; a hyphen between two numbers is no sign.

    Raises MeaningError for two signs in a row.
    """
    if word_at(tokens, start) == "minus":
        return -1, start + 1
    if word_at(tokens, start) not in {"+", "-"} or start + 1 >= len(tokens) or not tokens[start + 1].glued:
        return 1, start
    if tokens[start + 1].text in {"+", "-"}:
        raise MeaningError("two signs stand before the number", remedy="keep the sign that is meant")
    if start > 0 and tokens[start].glued and tokens[start - 1].text not in {"(", "[", ":"} and not after_mark:
        return 1, start
    return (-1 if tokens[start].text == "-" else 1), start + 1


def _read_money(tokens: Sequence[Token], start: int, currency: Unit) -> Read[Quantity]:
    found = read_number(tokens, start, money=True)
    if found is None:
        return None
    number, end = found
    if share := _read_money_share(tokens, number, end, currency):
        return share
    return Quantity(
        Form.PLAIN, number, currency.factor, kind=UnitKind.MONEY, unit=currency.name, marked=True
    ), end


def _read_money_share(tokens: Sequence[Token], number: Numeral, start: int, currency: Unit) -> Read[Quantity]:
    """The rest of "£1 in every £10"."""
    connector = _read_connector(tokens, start)
    mark = read_mark(tokens, connector[1]) if connector else None
    base = read_number(tokens, mark[1], money=True) if mark and mark[0] == currency else None
    share = _build_share(number, base[0], connector[0], apart=False) if connector and base else None
    return (share, base[1]) if share and base else None


def _read_part(tokens: Sequence[Token], start: int) -> Read[Quantity]:
    """ "two thirds", "half a percentage point", "a quarter of an hour"."""
    found = read_fraction(tokens, start)
    if found is None:
        return None
    (n, m), end = found
    index = end + 1 if word_at(tokens, end) == "of" else end
    if word_at(tokens, index) in {"a", "an", "one"} and (unit := read_unit(tokens, index + 1)):
        return _with_unit(Numeral(Fraction(n, m), Fraction(1, m), False), unit[0]), unit[1]
    return Quantity(
        Form.FRACTION,
        Numeral(Fraction(n, m), Fraction(1), False),
        denominator=Fraction(m),
        kind=UnitKind.RATIO,
    ), end


def _read_count(tokens: Sequence[Token], start: int) -> Read[Quantity]:
    found = read_number(tokens, start)
    if found is None:
        return None
    number, end = found
    if unit := read_unit(tokens, end):
        return _read_smaller_units(tokens, _with_unit(number, unit[0]), unit[1])
    if share := _read_share(tokens, number, end):
        return share
    return Quantity(Form.PLAIN, number), end


def _with_unit(number: Numeral, unit: Unit) -> Quantity:
    form = Form.SHARE if unit.kind in (UnitKind.RATIO, UnitKind.POINTS) else Form.PLAIN
    return Quantity(form, number, unit.factor, kind=unit.kind, unit=unit.name)


def _read_smaller_units(tokens: Sequence[Token], quantity: Quantity, end: int) -> tuple[Quantity, int]:
    """ "two years and three months": one duration, as fine as its last part."""
    while quantity.kind is UnitKind.DURATION:
        index = end + 1 if word_at(tokens, end) in {"and", ","} else end
        number = read_number(tokens, index)
        unit = read_unit(tokens, number[1]) if number else None
        if (
            not number
            or not unit
            or unit[0].kind is not UnitKind.DURATION
            or unit[0].factor >= quantity.factor
        ):
            break
        factor = unit[0].factor
        total = quantity.value / factor + number[0].value
        quantity = replace(quantity, number=Numeral(total, number[0].step, False), factor=factor)
        end = unit[1]
    return quantity, end


def _read_share(tokens: Sequence[Token], number: Numeral, start: int) -> Read[Quantity]:
    """The rest of "n in m", "n out of every m", "n of m", "n things per m"."""
    for index in range(start, min(start + _MOST_NOUNS, len(tokens)) + 1):
        connector = _read_connector(tokens, index)
        if connector is not None:
            name, after = connector
            base = read_number(tokens, after)
            share = base and _build_share(number, base[0], name, apart=index > start)
            if base and share and not (name == "in" and base[1] == after + 1 and is_year(tokens[after])):
                return share, base[1]
            return None
        if index >= len(tokens) or tokens[index].kind != "word":
            return None
    return None


def _read_connector(tokens: Sequence[Token], start: int) -> Read[str]:
    word = word_at(tokens, start)
    if word == "out" and word_at(tokens, start + 1) == "of":
        name, index = "out of", start + 2
    elif word in {"in", "of", "per"} or (word == "for" and word_at(tokens, start + 1) in _EVERY):
        name, index = word, start + 1
    else:
        return None
    if word_at(tokens, index) in _EVERY:
        name, index = f"{name} every", index + 1
    elif name in {"of", "out of"}:
        while word_at(tokens, index) in _FILLERS:
            index += 1
    return name, index


def _build_share(number: Numeral, base: Numeral, connector: str, *, apart: bool) -> Quantity | None:
    """None where the two numbers are not part and whole."""
    whole = base.value
    parts = base.place if base.whole else Fraction(0)
    if whole < 1 or not base.whole or number.value < 0:
        return None
    fixed_scale = whole >= 100 and parts == whole
    if apart and not (connector in {"per", "for every", "out of every", "in every"} or fixed_scale):
        return None
    if number.value > whole and connector != "per":
        return None
    kind = UnitKind.RATIO
    if number.value == 1 and number.whole and connector not in {"of", "per"}:
        return Quantity(Form.ONE_IN, number, denominator=whole, kind=kind)
    if fixed_scale or not number.whole:
        return Quantity(Form.SHARE, number, 1 / whole, kind=kind)
    exact = whole > 10 and (parts == 1 or (number.place == 1 and number.value > 10))
    form = Form.EXACT if exact else Form.FRACTION
    return Quantity(
        form,
        Numeral(number.value / (1 if exact else whole), Fraction(1), exact),
        1 / whole if exact else Fraction(1),
        whole,
        kind,
    )
