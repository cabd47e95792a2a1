"""What a worker and its parent say to each other: a kind, a length, so many bytes."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from kgcheck import errors
from kgcheck.errors import KgcheckError

HELLO, AT, DATA, RESULT, ERROR = b"H", b"A", b"D", b"R", b"E"
"""What protects the worker · what it works on · bytes · the answer, the last frame · what went wrong."""

CHUNK = 1 << 18
"""Bytes of a DATA frame: few enough that both ends work at once."""

_HEAD = struct.Struct(">cI")


class Broken(Exception):
    """The stream ended within a frame or before the last one."""


def write_frame(stream: BinaryIO, kind: bytes, content: bytes) -> None:
    """Write one frame and send it off."""
    stream.write(_HEAD.pack(kind, len(content)) + content)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[bytes, bytes]:
    """The next frame. Raises Broken where there is none."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise Broken
    kind, length = _HEAD.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise Broken
    return kind, content


class Outlet(io.RawIOBase):
    """A writable stream whose bytes leave as DATA frames."""

    def __init__(self, send: Callable[[bytes, bytes], None]) -> None:
        self._send = send

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, content: Any, /) -> int:
        """Send `content` as one frame."""
        data = bytes(content)
        if data:
            self._send(DATA, data)
        return len(data)


def describe_error(error: KgcheckError) -> bytes:
    """An error as JSON."""
    return json.dumps(
        {
            "type": type(error).__name__,
            "message": error.message,
            "path": None if error.path is None else str(error.path),
            "file": isinstance(error.path, Path),
            "line": error.line,
            "column": error.column,
            "remedy": error.remedy,
        }
    ).encode()


def revive_error(content: bytes) -> KgcheckError:
    """The error that `describe_error` described; one of an unknown type comes back as the base of all."""
    told = json.loads(content)
    kind = getattr(errors, told["type"], None)
    if not (isinstance(kind, type) and issubclass(kind, KgcheckError)):
        kind = KgcheckError
    path = Path(told["path"]) if told["file"] else told["path"]
    return kind(told["message"], path, told["line"], told["column"], told["remedy"])
