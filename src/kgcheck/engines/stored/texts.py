"""What graphs say, kept until they are looked at.

A store on disk takes far longer to read than a file: each term of each statement is fetched by itself. So
what was read is kept, and a whole check reads each graph once.
"""

from __future__ import annotations

import tempfile
import zlib

_IN_MEMORY = 64 << 20
_FAST = 1
"""The level of compression: statements shrink to a tenth by it already."""


class Texts:
    """Texts by name; beyond so many bytes they are kept on the disk, and go with the process."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (it lives as long as this)
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def close(self) -> None:
        """Let go of all texts."""
        self._file.close()

    def keep(self, name: str, text: bytes) -> None:
        """Keep a text by a new name."""
        packed = zlib.compress(text, _FAST)
        self._file.seek(self._end)
        self._file.write(packed)
        self._places[name] = (self._end, len(packed))
        self._end += len(packed)

    def get(self, name: str) -> bytes | None:
        """The text kept by this name, if any is."""
        if (place := self._places.get(name)) is None:
            return None
        start, length = place
        self._file.seek(start)
        return zlib.decompress(self._file.read(length))
