"""What stated words mean as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kgcheck.model.interval import Interval


class UnitKind(StrEnum):
    """The base units in which intervals are kept."""

    COUNT = "count"
    RATIO = "ratio"  # a share of a whole, 0 to 1: percent, per mille and "n in m" all become this
    CHANGE = "change"  # a relative change, as a ratio: -0.078 is "down 7.8%"
    POINTS = "points"  # a difference of two shares, as a ratio: 0.018 is "up 1.8 percentage points"
    TIMES = "times"  # a factor: "14 times"
    MONEY = "money"
    DURATION = "duration"  # years
    QUANTITY = "quantity"  # any other magnitude, in the unit that its words name


class Comparator(StrEnum):
    """How the words relate the value to the number they print."""

    EQUAL = "="
    LESS = "<"
    MORE = ">"
    AT_MOST = "<="
    AT_LEAST = ">="
    ABOUT = "~"
    RANGE = ".."


@dataclass(frozen=True, slots=True)
class Meaning:
    """Stated words, read as numbers in the base unit of `kind`.

    `inner` is what a careful writer means, `outer` what loose but reasonable usage allows, and
    inner lies within outer. `reporting` is the rounding of the digits shown, without any hedge.
    `uncertainty` is a stated sampling interval, kept apart. `point` is the number printed;
    `granule` one unit of its last significant place. `unit` names a currency or other unit.
    `base` is m in "n out of m" when that is an exact count.
    """

    words: str
    kind: UnitKind
    point: Decimal
    inner: Interval
    outer: Interval
    reporting: Interval
    granule: Decimal
    comparator: Comparator = Comparator.EQUAL
    hedge: str | None = None
    unit: str | None = None
    base: Decimal | None = None
    uncertainty: Interval | None = None
    lower_unbounded: bool = False
    upper_unbounded: bool = False

    @property
    def hedged(self) -> bool:
        """Whether the words themselves weaken or bound the number."""
        return self.hedge is not None or self.comparator is not Comparator.EQUAL
