"""What the program is doing, on one line of a terminal's standard error and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Tell(Protocol):
    """How work reports its steps."""

    def __call__(self, step: str, /) -> None: ...


def _quiet(step: str, /) -> None:
    """Say nothing."""


def _loud(step: str, /) -> None:
    sys.stderr.write(f"\r\x1b[K{step} …")
    sys.stderr.flush()


@contextmanager
def progress() -> Iterator[Tell]:
    """A function to tell steps to; the line is gone when the work is done."""
    if not sys.stderr.isatty():
        yield _quiet
        return
    try:
        yield _loud
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
