"""How much of the machine a worker may take."""

from __future__ import annotations

from dataclasses import dataclass, replace

MEMORY = 4 << 30
"""Bytes of address space. Reading needs little of it; a query over a hundred thousand claims a quarter."""

SECONDS = 60.0
"""Wall-clock time for work on little data; larger data gets more, see `Limits.for_work`."""

OUTPUT_SHARE = 8
"""A worker may hand back an eighth of its memory, and more only in proportion to what went in."""

GROWTH = 200
"""Statements written out in full are about 5 times as long as in Turtle, 75 times as in gzipped Turtle."""


class TooMuch(Exception):
    """A task would hand back more than it may."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one worker: bytes of memory, seconds on the clock (None: by the amount of data)."""

    memory: int = MEMORY
    seconds: float | None = None

    def for_work(self, more: float) -> Limits:
        """The same with the time settled: what was asked for, else SECONDS and `more` seconds on top."""
        return self if self.seconds is not None else replace(self, seconds=SECONDS + more)

    def output(self, given: int = 0) -> int:
        """The bytes that a worker may hand back when `given` bytes were handed to it."""
        return self.memory // OUTPUT_SHARE + GROWTH * given


def size_words(size: int) -> str:
    """A size as people write it: `4 GB`, `512 MB`."""
    for unit, name in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")):
        if size >= unit:
            return f"{size / unit:.3g} {name}"
    return f"{size} bytes"
