"""The worker's end: confine, do one task, answer, be gone.

The first line on standard input is the request as JSON; what follows it is data for the task.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from kgcheck.errors import KgcheckError
from kgcheck.store.workers.frames import (
    AT,
    CHUNK,
    ERROR,
    HELLO,
    RESULT,
    Outlet,
    describe_error,
    write_frame,
)
from kgcheck.store.workers.limits import Limits, TooMuch
from kgcheck.store.workers.protection import confine

Task = Callable[[Mapping[str, Any], "Channel"], Any]
"""A function that takes JSON and a channel, and returns JSON. It is named `module:function`."""

OUT_OF_MEMORY = "memory"
TOO_MUCH = "output"
TOO_DEEP = "depth"


class Channel:
    """What a task hears and says besides its arguments and its result."""

    def __init__(self, source: BinaryIO, out: BinaryIO) -> None:
        self.input = source
        self._out = out

    def send(self, kind: bytes, content: bytes) -> None:
        """Send one frame."""
        write_frame(self._out, kind, content)

    def at(self, doing: str, path: Path | str | None = None) -> None:
        """Say what is being worked on, so that it can be named if this is the end."""
        self.send(AT, json.dumps([doing, None if path is None else str(path)]).encode())

    def data(self) -> io.BufferedWriter:
        """A stream for bytes to hand back; close it before the task returns."""
        return io.BufferedWriter(Outlet(self.send), CHUNK)


def rest(arguments: Mapping[str, Any], channel: Channel) -> None:
    """The task of doing nothing."""


def main() -> None:
    """Do what standard input asks for. The process ends here, without tidying up what it leaves."""
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # nothing that a library prints may get in between
    source = sys.stdin.buffer
    request = json.loads(source.readline())
    limits = Limits(request["memory"], request["seconds"])
    kept = confine(limits, network=request["network"], parent=request["parent"])
    channel = Channel(source, out)
    channel.send(HELLO, json.dumps(asdict(kept)).encode())
    kind, content = _done(request, channel)
    channel.send(kind, content)
    os._exit(0)


def _done(request: Mapping[str, Any], channel: Channel) -> tuple[bytes, bytes]:
    module, _, name = request["task"].partition(":")
    try:
        task: Task = getattr(import_module(module), name)
        return RESULT, json.dumps(task(request["arguments"], channel)).encode()
    except KgcheckError as error:
        return ERROR, describe_error(error)
    except MemoryError:
        return ERROR, json.dumps({"limit": OUT_OF_MEMORY}).encode()
    except TooMuch:
        return ERROR, json.dumps({"limit": TOO_MUCH}).encode()
    except RecursionError:
        return ERROR, json.dumps({"limit": TOO_DEEP}).encode()
