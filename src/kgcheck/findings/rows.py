"""What a check returns: one row per claim of a block."""

from __future__ import annotations

from typing import NamedTuple

from kgcheck.model.interval import Interval


class Row(NamedTuple):
    """A claim that stands in a hot block.

    `part` divides a block that holds several independent matters. `side` is the side the query
    itself names, `role` the claim's role. `expected` is the interval that the other claims of a
    computation imply, `expected_loose` the same from loose readings of them. `note` is a text to
    show.
    """

    block: str
    claim: str
    part: str = ""
    role: str | None = None
    side: str | None = None
    expected: Interval | None = None
    expected_loose: Interval | None = None
    note: str | None = None
