"""Readings of words about time, and the day against which relative ones are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kgcheck.model.period import Span


class Unanchored(Exception):
    """The words are relative to a day that is not known. Never leaves this package."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the words: the days that it names for sure, and all that it may name."""

    core: Span | None
    hull: Span


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day on which the document speaks, if it is known."""

    known: date | None

    @property
    def day(self) -> date:
        """That day. Raises Unanchored without one."""
        if self.known is None:
            raise Unanchored
        return self.known


def sure(*spans: Span) -> tuple[Reading, ...]:
    """One reading for each span, each sure of its days."""
    return tuple(Reading(span, span) for span in spans)


def loose(hull: Span, core: Span | None = None) -> tuple[Reading, ...]:
    """One reading that may name any days of `hull` and surely names those of `core`."""
    return (Reading(core, hull),)


def merge(readings: Iterable[Reading]) -> Reading | None:
    """What all readings share, and what they cover together; None without any."""
    merged: Reading | None = None
    for reading in readings:
        if merged is None:
            merged = reading
            continue
        hull = Span(min(merged.hull.start, reading.hull.start), max(merged.hull.end, reading.hull.end))
        merged = Reading(intersect(merged.core, reading.core), hull)
    return merged


def intersect(a: Span | None, b: Span | None) -> Span | None:
    """The days in both spans, None where there are none."""
    if a is None or b is None:
        return None
    start, end = max(a.start, b.start), min(a.end, b.end)
    return Span(start, end) if start <= end else None
