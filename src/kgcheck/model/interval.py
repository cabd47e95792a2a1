"""Bounded intervals of exact decimals.

Both ends are always present. An end that stands for "and beyond" takes the natural range of its
measure and is flagged by the caller; infinities never enter, because engines sort them differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

LIMIT = Decimal(10) ** 15
"""The largest magnitude of a bound: well inside what every SPARQL engine compares exactly."""

_LEAST = -LIMIT


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from `lower` to `upper`; an end is excluded where its flag says open.

    Raises ValueError for an inverted or empty interval and for bounds beyond LIMIT.
    """

    lower: Decimal
    upper: Decimal
    lower_open: bool = False
    upper_open: bool = False

    def __post_init__(self) -> None:
        if not (self.lower.is_finite() and self.upper.is_finite()):
            raise ValueError("interval bounds must be finite")
        if not _LEAST <= self.lower <= self.upper <= LIMIT:
            if self.lower > self.upper:
                raise ValueError(f"interval is inverted: {self.lower} > {self.upper}")
            raise ValueError(f"interval exceeds {LIMIT}")
        if (self.lower_open or self.upper_open) and self.lower == self.upper:
            raise ValueError(f"interval is empty: open at {self.lower}")

    @classmethod
    def point(cls, value: Decimal) -> Interval:
        """The interval that holds `value` alone."""
        return cls(value, value)

    def holds(self, value: Decimal) -> bool:
        """Whether `value` lies in the interval."""
        above = value > self.lower or (value == self.lower and not self.lower_open)
        below = value < self.upper or (value == self.upper and not self.upper_open)
        return above and below

    def precedes(self, other: Interval) -> bool:
        """Whether every number here is smaller than every number of `other`."""
        if self.upper == other.lower:
            return self.upper_open or other.lower_open
        return self.upper < other.lower

    def disjoint(self, other: Interval) -> bool:
        """Whether no number lies in both."""
        return self.precedes(other) or other.precedes(self)

    def touches(self, other: Interval) -> bool:
        """Whether the two share an end and nothing else: only rounding tells them apart."""
        return self.disjoint(other) and (self.upper == other.lower or other.upper == self.lower)

    def within(self, other: Interval) -> bool:
        """Whether every number here lies in `other`."""
        low = self.lower > other.lower or (
            self.lower == other.lower and (self.lower_open or not other.lower_open)
        )
        high = self.upper < other.upper or (
            self.upper == other.upper and (self.upper_open or not other.upper_open)
        )
        return low and high

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that covers both."""
        low = min(self, other, key=lambda i: (i.lower, i.lower_open))
        high = max(self, other, key=lambda i: (i.upper, not i.upper_open))
        return Interval(low.lower, high.upper, low.lower_open, high.upper_open)

    def scaled(self, factor: Decimal) -> Interval:
        """Every number multiplied by `factor`; a negative factor swaps the ends."""
        ends = [(self.lower * factor, self.lower_open), (self.upper * factor, self.upper_open)]
        if factor < 0:
            ends.reverse()
        (low, low_open), (high, high_open) = ends
        return Interval(low, high, low_open, high_open)

    def complement(self) -> Interval:
        """1 − x for every x: the other share of a whole."""
        one = Decimal(1)
        return Interval(one - self.upper, one - self.lower, self.upper_open, self.lower_open)

    def __str__(self) -> str:
        left = "(" if self.lower_open else "["
        right = ")" if self.upper_open else "]"
        return f"{left}{self.lower:f}, {self.upper:f}{right}"
