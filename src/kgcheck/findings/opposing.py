"""Which claims on different sides have a verdict in common: the pairs to judge, and what stays.

In small matters every two claims are judged that the gate can tell apart. Large ones are judged in
proportion to their size: claims that no comparison of this check can tell apart stand for one
another, and of two sides with many claims each is held against a hub of the other.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kgcheck.findings.rows import Row
from kgcheck.model.interval import Interval
from kgcheck.model.verdict import Verdict

SMALL = 40
"""Up to this many distinguishable claims every pair is judged; beyond it, neighbouring sides."""

SIDES = 12
"""Up to this many sides are compared with one another where nothing worse than apparent can come out."""

PAIRS = 400
"""Up to this many pairs of two neighbouring sides are judged; beyond it, each against a hub."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Rows that the gate cannot tell apart.

    `scope` is equal where scopes are, `force` the strongest verdict that the claims can take part in,
    `value` the interval to compare by, read loosely.
    """

    rows: list[Row]
    scope: object = None
    force: Verdict = Verdict.CONTRADICTION
    value: Interval | None = None


Sides = Sequence[Sequence[Alike]]
End = tuple[int, int]
"""A side, and a place on it."""

Judged = dict[tuple[End, End], Verdict]


def judged_pairs(sides: Sides, ceiling: Verdict, judge: Callable[[Row, Row], Verdict]) -> Judged:
    """The verdicts on the pairs that are to be judged."""
    found: Judged = {}
    for i, j in _side_pairs(sides, ceiling):
        for x, y in _pairs(sides[i], sides[j]):
            found[(i, x), (j, y)] = judge(sides[i][x].rows[0], sides[j][y].rows[0])
    return found


def _side_pairs(sides: Sides, ceiling: Verdict) -> list[tuple[int, int]]:
    """Which sides meet: all of them, or neighbours where there are many."""
    count = len(sides)
    few = SIDES if ceiling is Verdict.APPARENT else SMALL
    if count <= few and sum(map(len, sides)) <= SMALL:
        return [(i, j) for i in range(count) for j in range(i + 1, count)]
    return [(i, i + 1) for i in range(count - 1)]


def _pairs(left: Sequence[Alike], right: Sequence[Alike]) -> Iterator[tuple[int, int]]:
    """All pairs, or those with a hub on either side.

    The hubs share a scope if any two do: what has the same scope as a hub has that of all others.
    """
    if len(left) * len(right) <= PAIRS:
        yield from ((x, y) for x in range(len(left)) for y in range(len(right)))
        return
    common = Counter(each.scope for each in left)
    common = Counter({s: n + common[s] for s, n in Counter(r.scope for r in right).items() if s in common})
    scope = common.most_common(1)[0][0] if common else None
    hub, other = _hub(left, right, scope), _hub(right, left, scope)
    yield from ((x, other) for x in range(len(left)))
    yield from ((hub, y) for y in range(len(right)) if y != other)


def _hub(side: Sequence[Alike], other: Sequence[Alike], scope: object) -> int:
    """The place of the claim that speaks for its side: of this scope, if it is not None, put as
    strongly as any, and of these the nearest in value to the other side, so that the rest conflicts
    no less."""
    reach = _hull(each.value for each in other if each.value is not None)

    def key(place: int) -> tuple[bool, int, Decimal, int]:
        each = side[place]
        gap = Decimal(0)
        if reach is not None and each.value is not None:
            gap = max(reach.lower - each.value.upper, each.value.lower - reach.upper)
        return scope is not None and each.scope != scope, each.force.rank, gap, place

    return min(range(len(side)), key=key)


def _hull(intervals: Iterator[Interval]) -> Interval | None:
    reach = next(intervals, None)
    for interval in intervals:
        assert reach is not None
        reach = reach.hull(interval)
    return reach


def pure(judged: Mapping[tuple[End, End], Verdict], verdict: Verdict) -> set[End]:
    """Ends of which every judged pair has exactly this verdict.

    The end that spoils most pairs leaves first; of equals, the last. What is left with nobody to
    stand against leaves where there are but two sides; of more, neighbours tell of the others.
    """
    kept = {end for key, found in judged.items() if found is verdict for end in key}
    rivals: dict[End, list[End]] = defaultdict(list)
    for (one, other), found in judged.items():
        if found is not verdict and one in kept and other in kept:
            rivals[one].append(other)
            rivals[other].append(one)
    spoiled = {end: len(others) for end, others in rivals.items()}
    queue = [(-count, (-end[0], -end[1]), end) for end, count in spoiled.items()]
    heapq.heapify(queue)
    while queue:
        claimed, order, end = heapq.heappop(queue)
        if end not in kept or not spoiled[end]:
            continue
        if spoiled[end] != -claimed:
            heapq.heappush(queue, (-spoiled[end], order, end))
            continue
        kept.discard(end)
        for other in rivals[end]:
            spoiled[other] -= 1
    standing = {
        end for key, found in judged.items() if found is verdict and kept.issuperset(key) for end in key
    }
    two = len({end[0] for key in judged for end in key}) == 2
    return standing if two or not standing else kept


def cut(
    above: Sequence[Row], below: Sequence[Row], value: Callable[[Row], Interval | None]
) -> tuple[list[Row], list[Row]]:
    """As many rows as can be kept such that everything above exceeds everything below.

    Of all thresholds the one that keeps most, in one sort; the first of equals.
    """
    upper = sorted(_valued(above, value), key=lambda each: (each[0].lower, each[0].lower_open), reverse=True)
    lower = sorted(_valued(below, value), key=lambda each: (each[0].upper, not each[0].upper_open))
    best, place, kept = 0, len(lower), (0, 0)
    for count, (interval, _) in enumerate(upper, 1):
        while place and not lower[place - 1][0].precedes(interval):
            place -= 1
        if place and count + place > best:
            best, kept = count + place, (count, place)
    chosen = {row for _, row in upper[: kept[0]]} | {row for _, row in lower[: kept[1]]}
    return [row for row in above if row in chosen], [row for row in below if row in chosen]


def clear_of(
    rows: Sequence[Row], others: Sequence[Row], value: Callable[[Row], Interval | None]
) -> list[Row]:
    """The rows whose value lies outside of the span of all the others."""
    reach = _hull(interval for interval, _ in _valued(others, value))
    return [row for interval, row in _valued(rows, value) if reach is None or interval.disjoint(reach)]


def _valued(rows: Sequence[Row], value: Callable[[Row], Interval | None]) -> Iterator[tuple[Interval, Row]]:
    for row in rows:
        if (interval := value(row)) is not None:
            yield interval, row
