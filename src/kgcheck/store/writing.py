"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kgcheck.errors import InputError


def write_atomically(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file beside its place and move it there, so that no reader meets half of it.

    `content` is all of it, or its parts in turn. A file that stands there is replaced and keeps its
    permissions; a pipe or device is written to.
    Raises InputError where the folder is missing or may not be written.
    """
    parts = (content,) if isinstance(content, bytes) else content
    place = path.resolve()  # a symbolic link stays one
    beside = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    try:
        if place.exists() and not place.is_file():
            with place.open("wb") as stream:
                stream.writelines(parts)
            return
        try:
            with beside.open("xb") as stream:
                stream.writelines(parts)
                stream.flush()
                os.fsync(stream.fileno())
            if place.exists():
                beside.chmod(place.stat().st_mode)
            beside.replace(place)
        finally:
            with suppress(OSError):
                beside.unlink()
    except OSError as error:
        raise InputError(
            f"the file cannot be written: {error.strerror or error}",
            path,
            remedy="Check that its folder is there and may be written.",
        ) from None


def refuse_other_hands(path: Path, opening: str, source: str) -> None:
    """Let only a file that begins with `opening`, as all do that are made from `source`, be written over.

    Raises InputError where another one stands there.
    """
    if not path.exists():
        return
    try:
        with path.open(encoding="utf-8") as file:
            first = file.readline()
    except (OSError, UnicodeDecodeError):
        first = ""
    if not first.startswith(opening):
        raise InputError(
            f"the file was not made from {source} and stays as it is",
            path,
            remedy="write to another place, or move the file away",
        )
