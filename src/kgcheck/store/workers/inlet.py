"""Pieces of bytes as a stream."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any


class Inlet(io.RawIOBase):
    """A readable stream of bytes that come in pieces; `error` is what kept it from going on.

    An engine that reads from it may make another error of it.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__()
        self.error: BaseException | None = None
        self._pieces = iter(pieces)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill `buffer` as far as one piece goes; 0 at the end."""
        try:
            while not self._rest:
                piece = next(self._pieces, None)
                if piece is None:
                    return 0
                self._rest = memoryview(piece)
        except BaseException as error:
            self.error = error
            raise
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
