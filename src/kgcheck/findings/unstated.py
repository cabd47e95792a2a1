"""Claims that leave a dimension unstated, and what stands against them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from kgcheck.findings.rows import Row
from kgcheck.model.interval import Interval

OPEN = ("?", "~", "-")
"""How the token of a dimension begins that a claim leaves open."""

ALL = 40
"""Up to this many values and scopes in a block, each is held against every other."""

LOOKS = 40
"""In a larger block, how many others are looked at from each before it is left alone."""

NEAREST = 2
"""In a larger block, how many values on either side are told of each."""

Key = tuple[str, Interval]
"""The token of the open dimension, and the value: what claims are alike in."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Claims with one value that leave the dimension open, and those that would conflict with them."""

    interval: Interval
    alike: Sequence[Row]
    against: Sequence[Row]


def unstated_matters(
    rows: Sequence[Row], intervals: Mapping[str, Interval], apart: Callable[[str, str], bool]
) -> Iterator[Matter]:
    """What there is to tell of the claims of one block that leave the open dimension unstated.

    `side` of a row names its value of the open dimension; a leading "?" or "~" marks it as unstated
    or uncertain and "-" as absent. If a claim that states it, and may share the scope, agrees, there
    is nothing to tell: the unstated one can be about that. Unstated claims with one value stand
    together, and of two values that are both unstated the lower one tells of the other.

    In a large block only the nearest values are told, and a claim that agrees in value with many is
    taken to be about one of them: work and findings stay in proportion to the block.
    """
    classes: dict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        if row.claim in intervals:
            classes[row.side or "", intervals[row.claim]].append(row)
    unstated = {key for key in classes if key[0].startswith(OPEN)}
    if not unstated or len(classes) == 1:
        return

    def kin(key: Key, others: Iterable[Key]) -> Iterator[Key]:
        first = classes[key][0].claim
        return (o for o in others if o[0] != key[0] and not apart(first, classes[o][0].claim))

    near = _all(classes, unstated, kin) if len(classes) <= ALL else _nearest(classes, unstated, kin)
    conflicts: dict[Interval, tuple[list[Row], dict[str, Row]]] = {}
    for key, others in near.items():
        alike, against = conflicts.setdefault(key[1], ([], {}))
        alike += classes[key]
        for other in others:
            against.update({row.claim: row for row in classes[other]})
    for interval, (together, opposed) in conflicts.items():
        yield Matter(interval, together, list(opposed.values()))


Kin = Callable[[Key, Iterable[Key]], Iterator[Key]]


def _all(classes: Mapping[Key, object], unstated: Collection[Key], kin: Kin) -> dict[Key, list[Key]]:
    """For each unstated key with which nothing agrees, all that it is to be held against."""
    others = {key: list(kin(key, classes)) for key in classes if key in unstated}
    unsettled = {
        key: found
        for key, found in others.items()
        if all(other in unstated or key[1].disjoint(other[1]) for other in found)
    }
    return {
        key: [o for o in found if o not in unstated or (o in unsettled and key[1].precedes(o[1]))]
        for key, found in unsettled.items()
    }


def _nearest(classes: Mapping[Key, object], unstated: Collection[Key], kin: Kin) -> dict[Key, list[Key]]:
    """The same for a large block, with the nearest values alone."""
    stated = _Line(key for key in classes if key not in unstated)
    unsettled = {}
    for key in classes:
        if key in unstated:
            agreeing = list(islice(stated.meeting(key[1]), LOOKS))
            if len(agreeing) < LOOKS and not any(kin(key, agreeing)):
                unsettled[key] = [
                    *islice(kin(key, islice(stated.below(key[1]), LOOKS)), NEAREST),
                    *islice(kin(key, islice(stated.above(key[1]), LOOKS)), NEAREST),
                ]
    # Two that say nothing at all of the dimension leave two things open: no conflict can be shown.
    uncertain = _Line(key for key in unsettled if not key[0].startswith("?"))
    every = _Line(unsettled) if uncertain.keys else uncertain
    for key, found in unsettled.items():
        line = uncertain if key[0].startswith("?") else every
        found += islice(kin(key, islice(line.above(key[1]), LOOKS)), NEAREST)
    return unsettled


class _Line:
    """Keys in the order of their values, to be asked for what lies around an interval."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self.keys = sorted(keys, key=lambda key: (key[1].lower, key[1].lower_open, key[1].upper, key[0]))
        self._by_end = sorted(
            self.keys, key=lambda key: (key[1].upper, not key[1].upper_open, key[1].lower, key[0])
        )
        # A tree over the keys: each node knows the interval of its leaves that ends last.
        self._leaves = 1 << max(len(self.keys) - 1, 0).bit_length()
        empty = self._leaves - len(self.keys)
        tree: list[Interval | None] = [None] * self._leaves
        tree += [key[1] for key in self.keys] + [None] * empty
        for node in range(self._leaves - 1, 0, -1):
            tree[node] = _last(tree[2 * node], tree[2 * node + 1])
        self._tree = tree

    def above(self, interval: Interval) -> Iterator[Key]:
        """What lies above the interval, the nearest first."""
        return islice(self.keys, self._first_above(interval), None)

    def below(self, interval: Interval) -> Iterator[Key]:
        """What lies below the interval, the nearest first."""
        first = bisect_left(self._by_end, True, key=lambda key: not key[1].precedes(interval))
        return (self._by_end[place] for place in range(first - 1, -1, -1))

    def meeting(self, interval: Interval) -> Iterator[Key]:
        """What overlaps the interval."""
        beyond = self._first_above(interval) + self._leaves
        waiting = [1]
        while waiting:
            node = waiting.pop()
            last = self._tree[node]
            if last is None or last.precedes(interval) or self._leftmost(node) >= beyond:
                continue
            if node >= self._leaves:
                yield self.keys[node - self._leaves]
            else:
                waiting += (2 * node + 1, 2 * node)

    def _first_above(self, interval: Interval) -> int:
        return bisect_left(self.keys, True, key=lambda key: interval.precedes(key[1]))

    def _leftmost(self, node: int) -> int:
        while node < self._leaves:
            node *= 2
        return node


def _last(one: Interval | None, other: Interval | None) -> Interval | None:
    """The one that ends last."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda interval: (interval.upper, not interval.upper_open))
