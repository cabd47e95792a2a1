"""Which queries took long of late."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b

from kgcheck.serve.question import Question

MOST = 1_000
"""Queries that are remembered."""


class Memory:
    """Queries by their text and dataset, those that were slow last kept longest."""

    def __init__(self) -> None:
        self._slow: OrderedDict[bytes, None] = OrderedDict()

    def __contains__(self, question: Question) -> bool:
        return _key(question) in self._slow

    def slow(self, question: Question) -> None:
        """It took long."""
        key = _key(question)
        self._slow[key] = None
        self._slow.move_to_end(key)
        while len(self._slow) > MOST:
            self._slow.popitem(last=False)

    def quick(self, question: Question) -> None:
        """It did not."""
        self._slow.pop(_key(question), None)


def _key(question: Question) -> bytes:
    asked = repr((question.text, question.default_graphs, question.named_graphs))
    return blake2b(asked.encode("utf-8", "backslashreplace"), digest_size=16).digest()
