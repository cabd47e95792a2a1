"""Axes: from numbers and days to places on a line, given in percent of its width."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kgcheck.report.html.element import Element, h

_STEPS = (1, 2, 5, 10)
_MARKS = 5
_MARGIN = 0.06


@dataclass(frozen=True, slots=True)
class Axis:
    """A line from `low` to `high`."""

    low: float
    high: float

    @classmethod
    def over(cls, values: Sequence[float]) -> Axis:
        """The line that shows all `values` with some room on both sides."""
        low, high = min(values), max(values)
        room = (high - low) * _MARGIN or max(abs(high) * 0.05, 1e-9)
        return cls(low - room, high + room)

    def at(self, value: float) -> float:
        """The place of `value` in percent, cut off at the ends."""
        return round(min(max((value - self.low) / (self.high - self.low), 0.0), 1.0) * 100, 3)

    def marks(self) -> list[float]:
        """Round numbers on the line, about five."""
        raw = (self.high - self.low) / _MARKS
        size = 10.0 ** math.floor(math.log10(raw))
        step = next(size * factor for factor in _STEPS if size * factor >= raw * 0.999)
        first = math.ceil(self.low / step)
        last = math.floor(self.high / step)
        return [float(Decimal(str(step)) * place) for place in range(first, last + 1)]


def percent(value: float) -> str:
    """A coordinate."""
    return f"{value:g}%"


def bar(start: float, end: float, y: float, height: float, look: str) -> Element:
    """A horizontal bar between two places."""
    return h("rect", x=percent(start), width=percent(round(end - start, 3)), y=y, height=height, class_=look)


def dash(place: float, top: float, bottom: float, look: str) -> Element:
    """A vertical line."""
    return h("line", x1=percent(place), x2=percent(place), y1=top, y2=bottom, class_=look)


def track(height: float, *parts: Element) -> Element:
    """One row of a plot. The words beside it say the same: it is hidden from screen readers."""
    return h("svg", parts, class_="track", width="100%", height=height, aria_hidden="true", focusable="false")


def scale(axis: Axis, labels: Sequence[tuple[float, str]]) -> Element:
    """The line itself with its labels."""
    parts = [h("line", x1="0%", x2="100%", y1=1, y2=1, class_="line")]
    for value, label in labels:
        place = axis.at(value)
        anchor = "start" if place < 6 else "end" if place > 94 else "middle"
        parts += [
            dash(place, 1, 6, "line"),
            h("text", label, x=percent(place), y=19, text_anchor=anchor, class_="mark"),
        ]
    return track(24, *parts)


def day_number(day: date) -> float:
    """Days as numbers for an axis."""
    return float(day.toordinal())


def dates(axis: Axis) -> list[tuple[float, str]]:
    """Firsts of years, or of months where the line is short, with their labels."""
    first, last = date.fromordinal(max(1, int(axis.low))), date.fromordinal(int(axis.high))
    years = last.year - first.year
    if years >= 3:
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if years / step <= 7)
        found = [
            date(year, 1, 1) for year in range(first.year, last.year + 1) if year % step == 0 and year > 0
        ]
        return [(day_number(day), str(day.year)) for day in found if axis.low <= day_number(day) <= axis.high]
    count = years * 12 + last.month - first.month
    step = next(step for step in (1, 2, 3, 6, 12) if count / step <= 6 or step == 12)
    months = [divmod(first.year * 12 + first.month - 1 + place, 12) for place in range(count + 1)]
    found = [date(year, month + 1, 1) for year, month in months if month % step == 0]
    return [
        (day_number(day), f"{day:%b} {day.year}") for day in found if axis.low <= day_number(day) <= axis.high
    ]
