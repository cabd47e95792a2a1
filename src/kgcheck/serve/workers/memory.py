"""Which queries took long of late."""

from __future__ import annotations

import time
from collections import OrderedDict
from hashlib import blake2b

from kgcheck.serve.question import Question

MOST = 1_000
"""Queries that are remembered."""

STRIKES = 2
"""Times that a query took long, and was never quick in between, after which it is known for that."""

APART = 1.0
"""Seconds between two such times: a moment in which the machine is busy makes many queries slow at once."""


class Memory:
    """Queries by their text and dataset, those that were slow last kept longest."""

    def __init__(self) -> None:
        self._slow: OrderedDict[bytes, tuple[int, float]] = OrderedDict()  # strikes, the last one's time

    def __contains__(self, question: Question) -> bool:
        strikes, _ = self._slow.get(_key(question), (0, 0.0))
        return strikes >= STRIKES

    def slow(self, question: Question) -> None:
        """It took long."""
        key, now = _key(question), time.monotonic()
        strikes, last = self._slow.get(key, (0, now - APART))
        if now - last >= APART:
            self._slow[key] = strikes + 1, now
        self._slow.move_to_end(key)
        while len(self._slow) > MOST:
            self._slow.popitem(last=False)

    def quick(self, question: Question) -> None:
        """It did not."""
        self._slow.pop(_key(question), None)


def _key(question: Question) -> bytes:
    asked = repr((question.text, question.default_graphs, question.named_graphs))
    return blake2b(asked.encode("utf-8", "backslashreplace"), digest_size=16).digest()
