"""Things kept on the disk until it is known what stands before them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from typing import Any

_IN_MEMORY = 1 << 20


class Spool:
    """Values that JSON can hold, taken in and given back in turn; few of them stay in memory."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8")  # noqa: SIM115
        self._number = 0

    def __len__(self) -> int:
        return self._number

    def close(self) -> None:
        """Let go of all values."""
        self._file.close()

    def add(self, value: Any) -> None:
        """Take a value in."""
        self._file.write(json.dumps(value) + "\n")
        self._number += 1

    def __iter__(self) -> Iterator[Any]:
        self._file.seek(0)
        for line in self._file:
            yield json.loads(line)
