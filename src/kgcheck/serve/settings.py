"""What is set when the server starts."""

from __future__ import annotations

from dataclasses import dataclass

MEMORY = 1 << 30
"""Bytes that one query may take on top of the data."""

SECONDS = 30.0
"""Wall-clock time of one query."""

CONCURRENCY = 8
"""Queries that run at once."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the server listens and how much a query may take.

    `port` 0 takes any that is free. `names` are the host names under which the server may be asked
    besides those of this machine; `origins` the web origins whose pages may read its answers (`*`: all).
    """

    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    seconds: float = SECONDS
    memory: int = MEMORY
    concurrency: int = CONCURRENCY
