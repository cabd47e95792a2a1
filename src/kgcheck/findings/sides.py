"""Which claims of a hot block stand against which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kgcheck.findings.rows import Row
from kgcheck.model.interval import Interval

Intervals = Mapping[str, Interval]


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
        here, following = groups[index], groups[index + 1]
        kept = [row for row in here if intervals[row.claim].precedes(chain[index + 1])]
        between += [row.claim for row in here if row not in kept]
        reach = max((intervals[row.claim] for row in kept), key=lambda i: (i.upper, not i.upper_open))
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
    for row in sorted(set(rows), key=lambda r: (r.block, r.part, r.role or "", r.claim, r.side or "")):
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
            found += _unknown(block, part, members, intervals, apart)
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


def _agreeing(block: str, part: str, rows: Sequence[Row], intervals: Intervals) -> list[Candidate]:
    """Claims that say the same: those without a number all together, numbers where they overlap."""
    plain = list({row.claim: row for row in rows if row.claim not in intervals}.values())
    groups = [plain] if len(plain) > 1 else []
    numbered = list({row.claim: row for row in rows if row.claim in intervals}.values())
    sides, between = interval_sides(numbered, intervals)
    loose = [row for row in numbered if row.claim in between]
    for side in sides:
        group = side + [
            r for r in loose if all(not intervals[r.claim].disjoint(intervals[s.claim]) for s in side)
        ]
        if len(group) > 1:
            groups.append(group)
    return [
        Candidate(block, part + (f"#{index}" if index else ""), (tuple(group),))
        for index, group in enumerate(groups)
    ]


def _unknown(
    block: str, part: str, rows: Sequence[Row], intervals: Intervals, apart: Callable[[str, str], bool]
) -> list[Candidate]:
    """Claims that leave the open dimension unstated, against those that would conflict.

    `side` of a row names its value of the open dimension; a leading "?" or "~" marks it as unstated
    or uncertain and "-" as absent. If a claim that states it, and may share the scope, agrees, there
    is nothing to tell: the unstated one can be about that. Unstated claims with one value stand
    together, and of two values that are both unstated the lower one tells of the other.
    """
    classes: dict[tuple[str, Interval], list[Row]] = defaultdict(list)
    for row in rows:
        if row.claim in intervals:
            classes[row.side or "", intervals[row.claim]].append(row)

    def kin(key: tuple[str, Interval]) -> list[tuple[str, Interval]]:
        first = classes[key][0].claim
        return [
            other for other in classes if other[0] != key[0] and not apart(first, classes[other][0].claim)
        ]

    unstated = {key: kin(key) for key in classes if key[0].startswith(OPEN)}
    unsettled = {
        key: others
        for key, others in unstated.items()
        if all(other in unstated or key[1].disjoint(other[1]) for other in others)
    }
    conflicts: dict[Interval, tuple[list[Row], dict[str, Row]]] = {}
    for key, others in unsettled.items():
        alike, against = conflicts.setdefault(key[1], ([], {}))
        alike += classes[key]
        for other in others:
            if other not in unstated or (other in unsettled and key[1].precedes(other[1])):
                against.update({row.claim: row for row in classes[other]})
    found = []
    for interval, (alike, against) in conflicts.items():
        sides, _ = interval_sides(list(against.values()), intervals)
        if sides:
            found.append(Candidate(block, f"{part}{interval}", (tuple(alike), *_frozen(sides))))
    return found


OPEN = ("?", "~", "-")
"""How the token of a dimension begins that a claim leaves open."""
