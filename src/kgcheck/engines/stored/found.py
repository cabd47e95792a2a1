"""What was found, under the keys of its blocks and the claims that stand in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator

from kgcheck.engines.stored.coding import parties
from kgcheck.engines.stored.keys import Keys
from kgcheck.engines.stored.portions import rows_in

FOUND = """
CREATE TABLE IF NOT EXISTS finding (id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS party (claim INTEGER NOT NULL, finding TEXT NOT NULL,
  PRIMARY KEY (claim, finding)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS finding_key (key INTEGER NOT NULL, finding TEXT NOT NULL,
  PRIMARY KEY (key, finding)) WITHOUT ROWID;
"""


class Findings:
    """The findings in one state of a store, as bytes that `coding` makes and reads."""

    def __init__(self, connection: sqlite3.Connection, keys: Keys) -> None:
        self._run = connection
        self._keys = keys

    def __iter__(self) -> Iterator[bytes]:
        for (body,) in self._run.execute("SELECT body FROM finding"):
            yield body

    def having(self, keys: Collection[int]) -> dict[str, bytes]:
        """The findings of blocks with any of these keys, by their ids."""
        return self._named(rows_in(self._run, "SELECT finding FROM finding_key WHERE key IN", sorted(keys)))

    def _named(self, rows: Iterable[tuple[str]]) -> dict[str, bytes]:
        names = {name for (name,) in rows}
        return dict(rows_in(self._run, "SELECT id, body FROM finding WHERE id IN", sorted(names)))

    def drop(self, keys: Collection[int]) -> None:
        """Forget the findings of blocks with any of these keys."""
        for name, body in self.having(keys).items():
            self._run.execute("DELETE FROM finding WHERE id = ?", (name,))
            self._run.executemany(
                "DELETE FROM party WHERE claim = ? AND finding = ?",
                ((self._keys.own(iri), name) for iri in parties(body)),
            )
        self._run.executemany("DELETE FROM finding_key WHERE key = ?", ((key,) for key in keys))

    def add(self, name: str, body: bytes, keys: Iterable[int], claims: Iterable[str]) -> None:
        """Note a finding under the keys of its block, and which claims stand in it."""
        self._run.execute("INSERT OR REPLACE INTO finding VALUES (?, ?)", (name, body))
        self._run.executemany(
            "INSERT OR IGNORE INTO party VALUES (?, ?)", ((self._keys.own(iri), name) for iri in claims)
        )
        self._run.executemany(
            "INSERT OR IGNORE INTO finding_key VALUES (?, ?)", ((key, name) for key in keys)
        )

    def around(self, claims: Iterable[str]) -> dict[str, bytes]:
        """The findings in which these claims stand and, in turn, those that share a claim with them."""
        found: dict[str, bytes] = {}
        passed: set[int] = set()
        waiting = {self._keys.own(iri) for iri in claims}
        while waiting:
            passed |= waiting
            rows = rows_in(self._run, "SELECT finding FROM party WHERE claim IN", sorted(waiting))
            fresh = self._named(row for row in rows if row[0] not in found)
            found |= fresh
            waiting = {self._keys.own(iri) for body in fresh.values() for iri in parties(body)} - passed
        return found

    def forget(self) -> None:
        """Forget all findings."""
        for table in ("finding", "party", "finding_key"):
            self._run.execute(f"DELETE FROM {table}")  # noqa: S608 (the names stand here)
