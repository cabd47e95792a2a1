"""A place in a file, for tools that lead people there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written.

    `uri` is relative to `base`, one of the bases that a report names, or absolute where there is none.
    `line` counts from 1; None where nobody can point to a line, as in a compressed file. `start` and
    `end` are Unicode code points of the file, where it is the text itself that a claim quotes.
    """

    uri: str
    base: str | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
