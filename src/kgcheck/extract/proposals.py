"""A claim as an extractor proposes it, before a person has looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

KINDS = ("statistic", "proportion", "trend", "rank", "grade", "role", "quote")
"""The kinds of proposal; `quote` is a statement without a figure."""


@dataclass(slots=True)
class Proposal:
    """One claim that a text makes.

    `start` and `end` are Unicode code points of the text, end exclusive, and `quote` is what stands
    there. `value` is in `unit`: a number, a range of two, a grade in lower-case words, or None.
    `stated` are the words that carry the value where they are fewer than the quote. `notes` holds
    what only some kinds have (grade questions, population sizes, people and posts).
    """

    start: int
    end: int
    quote: str
    kind: str
    value: float | int | str | list[float | int] | None = None
    comparator: str = "="
    approx: bool = False
    unit: str = "-"
    measure: str | None = None
    topic: str | None = None
    area: str | None = None
    period: str | None = None
    period_iso: str | None = None
    speaker: str | None = None
    polarity: str = "affirm"
    direction: str | None = None
    confidence: float = 0.5
    stated: str | None = None
    headline: bool = False
    notes: dict[str, Any] = field(default_factory=dict)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the quote shares a character with that stretch of the text."""
        return self.start < end and start < self.end

    def as_json(self) -> Mapping[str, Any]:
        """The claim in the JSON form of `kgcheck extract`."""
        told = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "notes"}
        return {**told, **self.notes}
