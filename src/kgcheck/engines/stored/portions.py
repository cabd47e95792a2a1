"""Questions to SQLite about more things than it takes at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

_MANY = 500


def rows_in(connection: sqlite3.Connection, query: str, values: Sequence[Any]) -> Iterator[Any]:
    """The rows of a query that ends in IN, asked for some of the values at a time."""
    source = iter(values)
    while some := list(islice(source, _MANY)):
        yield from connection.execute(f"{query} ({','.join('?' * len(some))})", some).fetchall()
