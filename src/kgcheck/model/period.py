"""Spans of days, certain or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Relation(StrEnum):
    """How one scope dimension of a claim lies to that of another, seen from the first."""

    EQUAL = "equal"
    NARROWER = "narrower"
    BROADER = "broader"
    OVERLAPS = "overlaps"
    DISJOINT = "disjoint"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days from `start` to `end`, both included. Raises ValueError when inverted."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"period ends before it starts: {self.start} > {self.end}")

    def relation(self, other: Span) -> Relation:
        """How this span lies to the other."""
        if self == other:
            return Relation.EQUAL
        if self.end < other.start or other.end < self.start:
            return Relation.DISJOINT
        if other.start <= self.start and self.end <= other.end:
            return Relation.NARROWER
        if self.start <= other.start and other.end <= self.end:
            return Relation.BROADER
        return Relation.OVERLAPS

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


@dataclass(frozen=True, slots=True)
class Period:
    """When a claim holds.

    `core` holds in every reading of the words, `hull` covers all readings; a certain period has
    core equal to hull. An unstated period has no core and at most an upper bound: `not_after`, the
    last possible day of the document that speaks. `stated` keeps the words.
    """

    core: Span | None = None
    hull: Span | None = None
    not_after: date | None = None
    stated: str | None = None

    @property
    def certain(self) -> bool:
        """Whether every reading names the same days."""
        return self.core is not None and self.core == self.hull

    @property
    def unknown(self) -> bool:
        """Whether the words name no days at all."""
        return self.hull is None

    def relation(self, other: Period) -> Relation:
        """How this period lies to the other; disjoint only when that holds in every reading."""
        if self.hull is not None and other.hull is not None:
            if self.certain and other.certain:
                return self.hull.relation(other.hull)
            if self.hull.relation(other.hull) is Relation.DISJOINT:
                return Relation.DISJOINT
            return Relation.UNKNOWN
        for known, unknown in ((self, other), (other, self)):
            if known.hull and unknown.not_after and known.hull.start > unknown.not_after:
                return Relation.DISJOINT
        return Relation.UNKNOWN
