"""Which claims of a hot block stand against which."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kgcheck.findings.rows import Row
from kgcheck.findings.unstated import unstated_matters
from kgcheck.model.interval import Interval

Intervals = Mapping[str, Interval]
SIDES = 12
"""Up to this many sides, what lies between agrees with each that it overlaps."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Sides of one matter, and the claims that stand between them."""

    block: str
    part: str
    sides: tuple[tuple[Row, ...], ...]
    between: tuple[str, ...] = ()


def interval_sides(rows: Sequence[Row], intervals: Intervals) -> tuple[list[list[Row]], list[str]]:
    """Sides of claims whose intervals exclude each other, in one sort.

    Across sides every two intervals are disjoint; within a side every two overlap. A greedy chain
    of disjoint intervals by rising upper end gives the sides; a claim that overlaps two links of
    the chain, or a claim of the next side, stands between and is returned apart.
    """
    known = [row for row in rows if row.claim in intervals]
    known.sort(
        key=lambda r: (
            intervals[r.claim].upper,
            not intervals[r.claim].upper_open,
            intervals[r.claim].lower,
            r.claim,
        )
    )
    chain: list[Interval] = []
    groups: list[list[Row]] = []
    between: list[str] = []
    for row in known:
        interval = intervals[row.claim]
        if not chain or chain[-1].precedes(interval):
            chain.append(interval)
            groups.append([row])
        elif len(chain) > 1 and not chain[-2].disjoint(interval):
            between.append(row.claim)
        else:
            groups[-1].append(row)
    for index in range(len(groups) - 1):
        link, here, following = chain[index + 1], groups[index], groups[index + 1]
        kept = [row for row in here if intervals[row.claim].precedes(link)]
        between += [row.claim for row in here if not intervals[row.claim].precedes(link)]
        reach = max((intervals[row.claim] for row in kept), key=_end)
        groups[index] = kept
        groups[index + 1] = [row for row in following if reach.precedes(intervals[row.claim])]
        between += [row.claim for row in following if not reach.precedes(intervals[row.claim])]
    return [group for group in groups if group], sorted(set(between))


def candidates(
    rows: Sequence[Row],
    strategy: str,
    roles: Sequence[str],
    intervals: Intervals,
    apart: Callable[[str, str], bool],
) -> list[Candidate]:
    """All candidates among the rows of one check, by its strategy.

    `intervals` are the inner intervals of the claims that have one. `apart(a, b)` says whether two
    claims certainly differ in scope; only the strategy "unknown" asks. Order of rows changes nothing.
    """
    found: list[Candidate] = []
    blocks: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sorted(set(rows), key=_order):
        blocks[row.block, row.part].append(row)
    for (block, part), members in blocks.items():
        if strategy == "intervals":
            sides, between = interval_sides(members, intervals)
            found.append(Candidate(block, part, _frozen(sides), tuple(between)))
        elif strategy == "column":
            found.append(Candidate(block, part, _grouped(members, lambda row: row.side or "")))
        elif strategy == "roles":
            found.append(Candidate(block, part, _grouped(members, lambda row: _position(roles, row.role))))
        elif strategy == "unknown":
            found += _against_unstated(block, part, members, intervals, apart)
        elif strategy == "one":
            found += _agreeing(block, part, members, intervals)
        elif strategy == "none":
            found.append(Candidate(block, part, (tuple({row.claim: row for row in members}.values()),)))
    wanted = 1 if strategy in ("one", "none") else 2
    return [c for c in found if len(c.sides) >= wanted]


def _frozen(sides: Sequence[Sequence[Row]]) -> tuple[tuple[Row, ...], ...]:
    return tuple(tuple(side) for side in sides if side)


def _grouped(rows: Sequence[Row], key: Callable[[Row], str | int]) -> tuple[tuple[Row, ...], ...]:
    groups: dict[str | int, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return tuple(tuple(groups[name]) for name in sorted(groups, key=lambda name: (str(type(name)), name)))


def _position(roles: Sequence[str], role: str | None) -> int:
    return roles.index(role) if role in roles else len(roles)


def _order(row: Row) -> tuple[str, ...]:
    return row.block, row.part, row.role or "", row.claim, row.side or "", row.note or ""


def _agreeing(block: str, part: str, rows: Sequence[Row], intervals: Intervals) -> list[Candidate]:
    """Claims that say the same: those without a number all together, numbers where they overlap.

    What stands between sides joins all that it agrees with; of very many the first and the last, so
    that a wide claim is not told of a thousand times.
    """
    plain = list({row.claim: row for row in rows if row.claim not in intervals}.values())
    groups = [plain] if len(plain) > 1 else []
    numbered = list({row.claim: row for row in rows if row.claim in intervals}.values())
    sides, between = interval_sides(numbered, intervals)
    joining: list[list[Row]] = [[] for _ in sides]
    if between:
        loose, line = set(between), _Sides([[intervals[row.claim] for row in side] for side in sides])
        for row in numbered:
            if row.claim in loose:
                for place in line.meeting(intervals[row.claim]):
                    joining[place].append(row)
    for side, more in zip(sides, joining, strict=True):
        if len(side) + len(more) > 1:
            groups.append(side + more)
    return [
        Candidate(block, part + (f"#{index}" if index else ""), (tuple(group),))
        for index, group in enumerate(groups)
    ]


class _Sides:
    """Sides in rising order, to be asked which of them an interval overlaps altogether.

    On a side all overlap: what overlaps the one that ends first and the one that starts last,
    overlaps all.
    """

    def __init__(self, sides: Sequence[Sequence[Interval]]) -> None:
        self._first_ends = [min(side, key=_end) for side in sides]
        self._last_starts = [max(side, key=_start) for side in sides]

    def meeting(self, interval: Interval) -> Sequence[int]:
        """The places of the sides; if there are more than SIDES, of the first and the last of them."""
        low = bisect_left(self._first_ends, True, key=lambda end: not end.precedes(interval))
        high = bisect_left(self._last_starts, True, key=lambda start: interval.precedes(start))
        return range(low, high) if high - low <= SIDES else (low, high - 1)


def _end(interval: Interval) -> tuple[Decimal, bool]:
    return interval.upper, not interval.upper_open


def _start(interval: Interval) -> tuple[Decimal, bool]:
    return interval.lower, interval.lower_open


def _against_unstated(
    block: str, part: str, rows: Sequence[Row], intervals: Intervals, apart: Callable[[str, str], bool]
) -> list[Candidate]:
    """Claims that leave the open dimension unstated, against those that would conflict."""
    found = []
    for matter in unstated_matters(rows, intervals, apart):
        sides, _ = interval_sides(matter.against, intervals)
        if sides:
            found.append(Candidate(block, f"{part}{matter.interval}", (tuple(matter.alike), *_frozen(sides))))
    return found
