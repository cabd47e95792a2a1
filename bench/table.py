"""The one table of a run: on the terminal, and in docs/performance.md."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.measuring import Measured


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement; `remark` says what it is to be held against."""

    what: str
    claims: int
    processor: float
    seconds: float | None = None
    memory: int | None = None
    remark: str = ""


@dataclass(slots=True)
class Part:
    """Measurements that belong together, what follows from them, and results that differ."""

    title: str
    lines: list[Line] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    differ: list[str] = field(default_factory=list)

    def add(self, what: str, claims: int, measured: Measured, remark: str = "") -> None:
        """A process as a line."""
        self.lines.append(Line(what, claims, measured.processor, measured.seconds, measured.memory, remark))

    def same(self, what: str, one: object, other: object) -> None:
        """Note whether two results are the same."""
        if one == other:
            self.says.append(f"{what}: identical.")
        else:
            self.differ.append(what)
            self.says.append(f"{what}: DIFFERENT.")


HEAD = ("", "claims", "processor", "clock", "memory", "")
_WIDTHS = (40, 9, 10, 10, 9)


def cells(line: Line) -> tuple[str, ...]:
    """A line as it is printed."""
    return (
        line.what,
        f"{line.claims:,}",
        _seconds(line.processor),
        "" if line.seconds is None else _seconds(line.seconds),
        "" if line.memory is None else f"{line.memory / 1e6:,.0f} MB",
        line.remark,
    )


def head() -> str:
    """The first line of the table on a terminal."""
    return _aligned(HEAD) + "\n"


def text(part: Part) -> str:
    """A part for a terminal, to be printed as soon as it is measured."""
    lines = ["", part.title, *(_aligned(cells(line)) for line in part.lines)]
    return "\n".join([*lines, *(f"  {said}" for said in part.says)]) + "\n"


def markdown(parts: Iterable[Part]) -> str:
    """The table for a page."""
    found = []
    for part in parts:
        found.append(
            f"### {part.title}\n\n| | claims | processor | clock | memory | |\n|---|--:|--:|--:|--:|---|"
        )
        found += ["| " + " | ".join(cells(line)) + " |" for line in part.lines]
        if part.says:
            found.append("\n" + "\n".join(f"- {said}" for said in part.says))
        found.append("")
    return "\n".join(found)


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """The power of the size that the time grows with: least squares on logarithms."""
    sizes, times = zip(*((math.log(size), math.log(time)) for size, time in points), strict=True)
    return statistics.linear_regression(sizes, times).slope


def _aligned(row: Sequence[str]) -> str:
    first, *numbers, last = row
    padded = [number.rjust(width) for number, width in zip(numbers, _WIDTHS[1:], strict=True)]
    return "  ".join([first.ljust(_WIDTHS[0]), *padded, last]).rstrip()


def _seconds(seconds: float) -> str:
    return (
        f"{seconds:,.0f} s" if seconds >= 100 else f"{seconds:.1f} s" if seconds >= 10 else f"{seconds:.3g} s"
    )
