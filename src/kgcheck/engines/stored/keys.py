"""The numbers of meeting keys, so given that keys that are neighbours lie together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from kgcheck.derive.meetings import Weight, neighbourhood

PLACES = """
CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY, coarse TEXT NOT NULL, fine TEXT NOT NULL,
  UNIQUE (coarse, fine));
"""
ENOUGH = f"MAX(weight) = {Weight.ALONE} OR MAX(weight) = {Weight.MEETING} AND COUNT(*) > 1"
"""Whether the claims with a key, in rows of `meeting`, form a block by it."""
_CROWDS = f"""
SELECT place, SUM(size) FROM (
  SELECT key >> :shift AS place, COUNT(*) AS size FROM meeting GROUP BY key HAVING {ENOUGH}
  UNION ALL SELECT home >> :shift, COUNT(*) FROM claim GROUP BY 1)
GROUP BY place
"""  # noqa: S608 (what is put in stands above)
_NEAR_BITS = 16
_HASH_BITS = 24
_PLACE_SHIFT = _NEAR_BITS + _HASH_BITS


class Reach(NamedTuple):
    """The numbers from `low` to below `high`."""

    low: int
    high: int


class Keys:
    """Keys as numbers, which one state of a store gives and keeps.

    The place of the key (see `neighbourhood`) is in the upper bits, hashes in the lower, first of where it is
    in that place. Two keys that share a number only make more work.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        rows = self._run.execute("SELECT id, coarse, fine FROM place")
        return {(coarse, fine): number for number, coarse, fine in rows}

    def number(self, key: str) -> int:
        """The number of a meeting key; its place is opened when it is new."""
        coarse, fine, finest = neighbourhood(key)
        place = self._places.get((coarse, fine))
        if place is None:
            place = self._places[coarse, fine] = len(self._places) + 1
            self._run.execute("INSERT INTO place VALUES (?, ?, ?)", (place, coarse, fine))
        return _number(place, finest, key)

    def known_numbers(self, keys: Iterable[str]) -> set[int]:
        """The numbers of meeting keys, without those that no claim can have."""
        found = set()
        for key in keys:
            coarse, fine, finest = neighbourhood(key)
            if (place := self._places.get((coarse, fine))) is not None:
                found.add(_number(place, finest, key))
        return found

    def own(self, claim: str) -> int:
        """The number that stands for a claim alone, as checks that look at one claim take it."""
        return _number(0, claim, claim)

    def reaches(self, limit: int) -> Iterator[tuple[Reach, int]]:
        """All keys in reaches of neighbours, with their sizes: `limit` or less, where that can be.

        The size is how often a claim forms a block there, or is at home. Neighbours stay together as far as
        they can.
        """
        crowds = dict(self._run.execute(_CROWDS, {"shift": _PLACE_SHIFT}))
        for _, place in sorted(self._places.items()):
            size = crowds.get(place, 0)
            parts = min(-(-size // limit), 1 << _NEAR_BITS)
            for part in range(parts):
                low, high = (place * parts + part, place * parts + part + 1)
                yield (
                    Reach(-(-(low << _PLACE_SHIFT) // parts), -(-(high << _PLACE_SHIFT) // parts)),
                    size // parts,
                )

    def forget(self) -> None:
        """Forget all numbers."""
        self._run.execute("DELETE FROM place")
        self._places.clear()


def _number(place: int, near: str, key: str) -> int:
    where = int.from_bytes(blake2b(near.encode(), digest_size=_NEAR_BITS // 8).digest(), "big")
    which = int.from_bytes(blake2b(key.encode(), digest_size=_HASH_BITS // 8).digest(), "big")
    return place << _PLACE_SHIFT | where << _HASH_BITS | which
