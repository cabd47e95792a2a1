"""What a run took, as a table and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from kgcheck.model.timing import Timed
from kgcheck.report.plain import plain

_HEAD = ("seconds", "rows", "blocks", "findings")


def timings_text(timed: Iterable[Timed]) -> str:
    """The steps in their order, with all checks as one; then each check, the longest first."""
    timed = list(timed)
    checks = sorted(map(_by_itself, _checks(timed)), key=lambda each: (-each.seconds, each.step))
    stages = [(each.step, _cells(each)) for each in _stages(timed)]
    rows = [*stages, ("in all", _cells(_together("", timed))), *((c.step, _cells(c)) for c in checks)]
    width = max(len(plain(name)) for name, _ in rows)
    lines = [_line(name, cells, width) for name, cells in rows]
    above, below = lines[: len(stages) + 1], lines[len(stages) + 1 :]
    found = [_line("step", _HEAD[:1], width), *above]
    if below:
        found += ["", _line("check", _HEAD, width), *below]
    return "\n".join(found) + "\n"


def timings_record(timed: Iterable[Timed]) -> dict[str, Any]:
    """The same as plain data, checks under their names."""
    timed = list(timed)
    return {
        "stages": [{"stage": each.step, "seconds": round(each.seconds, 6)} for each in _stages(timed)],
        "checks": [
            {
                "check": each.step,
                "seconds": round(_by_itself(each).seconds, 6),
                "rows": each.rows,
                "blocks": each.blocks,
                "findings": each.findings,
            }
            for each in _checks(timed)
        ],
    }


def _checks(timed: Iterable[Timed]) -> list[Timed]:
    return [each for each in timed if each.rows is not None]


def _by_itself(check: Timed) -> Timed:
    """A check with the seconds of its own work."""
    return check if check.work is None else replace(check, seconds=check.work)


def _stages(timed: Sequence[Timed]) -> list[Timed]:
    """All steps but checks, which are one step in the place of the first of them."""
    found: list[Timed] = []
    for each in timed:
        if each.rows is None:
            found.append(each)
        elif not any(stage.step == "checks" for stage in found):
            found.append(_together("checks", _checks(timed)))
    return found


def _together(name: str, timed: Iterable[Timed]) -> Timed:
    return Timed(name, sum(each.seconds for each in timed))


def _cells(each: Timed) -> tuple[str, ...]:
    numbers = () if each.rows is None else (each.rows, each.blocks or 0, each.findings or 0)
    return (f"{each.seconds:.3f}", *(f"{number:,}" for number in numbers))


def _line(name: str, cells: Sequence[str], width: int) -> str:
    return "  ".join([plain(name).ljust(width), *(cell.rjust(9) for cell in cells)]).rstrip()
