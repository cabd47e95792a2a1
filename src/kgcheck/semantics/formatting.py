"""Numbers and intervals as words, for reports.

What is printed for an interval is read back by `interpret` as the same interval.
"""

from __future__ import annotations

from decimal import Decimal

from kgcheck.model.interval import Interval
from kgcheck.model.meaning import Meaning, UnitKind
from kgcheck.semantics.units import print_unit

_HUNDRED = Decimal(100)
_SHARES = frozenset({UnitKind.RATIO, UnitKind.CHANGE, UnitKind.POINTS})


def format_value(value: Decimal, kind: UnitKind, unit: str | None = None) -> str:
    """A number in the base unit of `kind` as words: "2.75%", "£50,000", "1,622", "2.5 years".

    `unit` is that of a Meaning: a currency, or the unit of a quantity.
    """
    number = value * _HUNDRED if kind in _SHARES else value
    digits = f"{abs(number):,f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    sign = "-" if number < 0 else ""
    if kind in (UnitKind.RATIO, UnitKind.CHANGE):
        return f"{sign}{digits}%"
    if kind is UnitKind.POINTS:
        return f"{sign}{digits} percentage points"
    before, after = print_unit(kind, unit if kind in (UnitKind.MONEY, UnitKind.QUANTITY) else None)
    if kind is UnitKind.COUNT or (unit is None and kind in (UnitKind.MONEY, UnitKind.QUANTITY)):
        before = after = ""
    return f"{sign}{before}{digits} {after}".rstrip()


def describe_interval(interval: Interval, kind: UnitKind, unit: str | None = None) -> str:
    """An interval as words: "between 2.75% and 2.85%", "more than 5 and at most 6", "exactly 593"."""
    lower, upper = (format_value(end, kind, unit) for end in (interval.lower, interval.upper))
    if interval.lower == interval.upper:
        return f"exactly {lower}"
    if not interval.lower_open and not interval.upper_open:
        return f"between {lower} and {upper}"
    above = "more than" if interval.lower_open else "at least"
    below = "less than" if interval.upper_open else "at most"
    return f"{above} {lower} and {below} {upper}"


def describe_outer(meaning: Meaning) -> str:
    """The loose reading as words; an end that only the possible range closes is left out."""
    outer = meaning.outer
    if meaning.upper_unbounded and not meaning.lower_unbounded:
        above = "more than" if outer.lower_open else "at least"
        return f"{above} {format_value(outer.lower, meaning.kind, meaning.unit)}"
    if meaning.lower_unbounded and not meaning.upper_unbounded:
        below = "less than" if outer.upper_open else "at most"
        return f"{below} {format_value(outer.upper, meaning.kind, meaning.unit)}"
    return describe_interval(outer, meaning.kind, meaning.unit)


def describe_meaning(meaning: Meaning) -> str:
    """Both readings as words: "between 2.75% and 2.85%, loosely between 2.7% and 2.9%"."""
    inner = describe_interval(meaning.inner, meaning.kind, meaning.unit)
    loose = describe_outer(meaning)
    return inner if inner == loose else f"{inner}, loosely {loose}"


def format_odds(share: Decimal) -> str | None:
    """A share as "1 in n" with the nearest whole n; None above a half and for nothing."""
    if not 0 < share <= Decimal("0.5"):
        return None
    return f"1 in {(1 / share).quantize(Decimal(1)):,}"
