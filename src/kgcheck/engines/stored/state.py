"""What a check of a store found, kept beside the store in one SQLite file.

The file is a memory of work done, never the only place of anything: without it, or when it was made by
other rules, everything is worked out anew. One transaction takes it from one check to the next, so that a
process that is killed leaves the old state.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from kgcheck.derive.meetings import Weight
from kgcheck.derive.sources import Computation
from kgcheck.engines.stored.coding import Contents, decode_claim, decode_contents, encode
from kgcheck.engines.stored.found import FOUND, Findings
from kgcheck.engines.stored.keys import ENOUGH, PLACES, Keys, Reach
from kgcheck.engines.stored.looking import Look
from kgcheck.engines.stored.portions import rows_in
from kgcheck.errors import UsageError
from kgcheck.model.claim import Claim

NAME = "checked.sqlite"
"""The name of the file in the folder of the store."""

PATIENCE = 10.0
"""Seconds to wait for another check of the same store."""

_SCHEMA = f"""{PLACES}{FOUND}
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS graph (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, revision TEXT NOT NULL,
  contents BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS claim (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, graph INTEGER NOT NULL,
  home INTEGER NOT NULL, keys BLOB NOT NULL, body BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS claim_by_graph ON claim (graph);
CREATE INDEX IF NOT EXISTS claim_by_home ON claim (home);
CREATE TABLE IF NOT EXISTS meeting (key INTEGER NOT NULL, claim INTEGER NOT NULL, weight INTEGER NOT NULL,
  PRIMARY KEY (key, claim)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS computation (key INTEGER PRIMARY KEY, iri TEXT NOT NULL, graph INTEGER NOT NULL,
  operation TEXT NOT NULL, result TEXT NOT NULL, operands TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS computation_by_graph ON computation (graph);
"""
_FORMING = f"""
SELECT claim FROM meeting WHERE key IN (
  SELECT key FROM meeting WHERE key >= ? AND key < ? GROUP BY key HAVING {ENOUGH})
UNION SELECT id FROM claim WHERE home >= ? AND home < ?
"""  # noqa: S608 (what is put in stands above)
_TABLES = ("meta", "graph", "claim", "meeting", "computation")
_VERSION = 3
_CACHE = 256 << 10  # kilobytes
_LOOKED_UP, _SCANNED = 1_000, 10
"""Up to so many claims are looked up one by one, and more only where one in so many is asked for at most."""


class State:
    """One check's results, open for one transaction: the graphs and claims seen, and the `findings`.

    Claims have their meeting keys as numbers that `keys` gives.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection
        self.keys = Keys(connection)
        self.findings = Findings(connection, self.keys)

    @property
    def lasting(self) -> bool:
        """Whether somebody will see it again."""
        return bool(self._run.execute("PRAGMA database_list").fetchone()[2])

    @property
    def stamp(self) -> str | None:
        """By which rules the results were worked out; None where there are none."""
        row = self._run.execute("SELECT value FROM meta WHERE name = 'stamp'").fetchone()
        return row[0] if row else None

    def restart(self) -> None:
        """Forget everything."""
        for table in _TABLES:
            self._run.execute(f"DELETE FROM {table}")  # noqa: S608 (the names stand above)
        self.keys.forget()
        self.findings.forget()

    def sign(self, stamp: str) -> None:
        """Note the rules by which the results were worked out."""
        self._run.execute("INSERT OR REPLACE INTO meta VALUES ('stamp', ?)", (stamp,))

    @property
    def drafts_only(self) -> bool:
        """Whether the findings were judged as those of drafts among themselves (see `Gate`)."""
        return self._run.execute("SELECT 1 FROM meta WHERE name = 'drafts only'").fetchone() is not None

    def note_drafts(self, only: bool) -> None:
        """Note whether that is so."""
        self._run.execute("DELETE FROM meta WHERE name = 'drafts only'")
        if only:
            self._run.execute("INSERT INTO meta VALUES ('drafts only', '')")

    def revisions(self) -> dict[str, str]:
        """The graphs that were looked at, each with its mark."""
        return dict(self._run.execute("SELECT iri, revision FROM graph"))

    def contents(self, graphs: Iterable[str] | None = None) -> Iterator[tuple[str, Contents]]:
        """What is remembered of these graphs, or of all."""
        query = "SELECT iri, contents FROM graph"
        if graphs is None:
            rows: Iterator[Any] = iter(self._run.execute(query))
        else:
            rows = rows_in(self._run, f"{query} WHERE iri IN", list(graphs))
        for iri, blob in rows:
            yield iri, decode_contents(blob)

    def forget(self, graphs: Iterable[str]) -> set[int]:
        """Forget these graphs and their claims; the keys that these had, their own included."""
        gone: set[int] = set()
        for iri in graphs:
            row = self._run.execute("SELECT id FROM graph WHERE iri = ?", (iri,)).fetchone()
            if row is None:
                continue
            claims = self._run.execute("SELECT id, iri, keys FROM claim WHERE graph = ?", row).fetchall()
            for claim, name, blob in claims:
                keys = array("q", blob)
                gone.update(keys, (self.keys.own(name),))
                self._run.executemany(
                    "DELETE FROM meeting WHERE key = ? AND claim = ?", ((key, claim) for key in keys)
                )
            stated = self._run.execute("SELECT key FROM computation WHERE graph = ?", row).fetchall()
            for (key,) in stated:
                gone.add(key)
                self._run.execute("DELETE FROM meeting WHERE key = ?", (key,))
            self._run.execute("DELETE FROM computation WHERE graph = ?", row)
            self._run.execute("DELETE FROM claim WHERE graph = ?", row)
            self._run.execute("DELETE FROM graph WHERE id = ?", row)
        return gone

    def remember(self, seen: Look, revision: str) -> set[int]:
        """Note what was seen in a graph; the keys of its claims and computations, their own included."""
        cursor = self._run.execute(
            "INSERT INTO graph (iri, revision, contents) VALUES (?, ?, ?)",
            (seen.graph, revision, encode(seen.contents)),
        )
        number = cursor.lastrowid
        every: set[int] = set()
        homes = seen.homes
        for iri, claim in seen.claims.items():
            meetings: dict[int, int] = {}
            for words, weight in seen.keys[iri].items():
                key = self.keys.number(words)
                meetings[key] = max(meetings.get(key, 0), weight)
            own = array("q", sorted(meetings))
            row = self._run.execute(
                "INSERT INTO claim (iri, graph, home, keys, body) VALUES (?, ?, ?, ?, ?)",
                (iri, number, self.keys.number(homes[iri]), own.tobytes(), encode(claim)),
            ).lastrowid
            every.update(own, (self.keys.own(iri),))
            self._run.executemany(
                "INSERT INTO meeting VALUES (?, ?, ?)", ((key, row, heavy) for key, heavy in meetings.items())
            )
        for computation in seen.computations:
            key = self.keys.number(computation.key)
            every.add(key)
            self._run.execute(
                "INSERT OR REPLACE INTO computation VALUES (?, ?, ?, ?, ?, ?)",
                (
                    key,
                    computation.iri,
                    number,
                    computation.operation,
                    computation.result,
                    "\n".join(computation.operands),
                ),
            )
        return every

    def tie(self, keys: Collection[int] | None = None) -> None:
        """Let the claims of computations, of those with these keys or of all, meet by them."""
        for key, computation in self._computations(keys):
            for iri in computation.members:
                self._run.execute(
                    "INSERT INTO meeting SELECT ?, id, ? FROM claim WHERE iri = ? "
                    "ON CONFLICT DO UPDATE SET weight = MAX(weight, excluded.weight)",
                    (key, Weight.MEETING, iri),
                )

    def computations(self, keys: Collection[int] | None = None) -> list[Computation]:
        """The computations with these keys, or all."""
        return [computation for _, computation in self._computations(keys)]

    def _computations(self, keys: Collection[int] | None) -> Iterator[tuple[int, Computation]]:
        query = (
            "SELECT c.key, c.iri, g.iri, c.operation, c.result, c.operands "
            "FROM computation c JOIN graph g ON g.id = c.graph"
        )
        if keys is None:
            rows = self._run.execute(query).fetchall()
        else:
            rows = list(rows_in(self._run, f"{query} WHERE c.key IN", sorted(keys)))
        for key, iri, graph, operation, result, operands in rows:
            yield key, Computation(iri, graph, operation, result, tuple(operands.split("\n")))

    def claims_at(self, reaches: Iterable[Reach]) -> Iterator[Claim]:
        """The claims that form blocks by a key in one of these reaches, and those that are at home there."""
        seen: set[int] = set()
        for reach in reaches:
            seen.update(row for (row,) in self._run.execute(_FORMING, (*reach, *reach)))
        yield from self._bodies(seen)

    def claims_with(self, keys: Collection[int]) -> Iterator[Claim]:
        """The claims with one of these keys."""
        rows = rows_in(self._run, "SELECT DISTINCT claim FROM meeting WHERE key IN", sorted(keys))
        yield from self._bodies({row for (row,) in rows})

    def _bodies(self, rows: Collection[int]) -> Iterator[Claim]:
        for (body,) in rows_in(self._run, "SELECT body FROM claim WHERE id IN", sorted(rows)):
            yield decode_claim(body)

    def claims_named(self, iris: Iterable[str]) -> Iterator[Claim]:
        """The claims with these IRIs, as far as there are any."""
        wanted = set(iris)
        if len(wanted) > _LOOKED_UP and len(wanted) * _SCANNED > self.count():
            for iri, body in self._run.execute("SELECT iri, body FROM claim"):
                if iri in wanted:
                    yield decode_claim(body)
        else:
            for (body,) in rows_in(self._run, "SELECT body FROM claim WHERE iri IN", sorted(wanted)):
                yield decode_claim(body)

    def claims_of(self, graphs: Iterable[str]) -> Iterator[Claim]:
        """The claims of these graphs."""
        query = "SELECT c.body FROM claim c JOIN graph g ON g.id = c.graph WHERE g.iri IN"
        for (body,) in rows_in(self._run, query, list(graphs)):
            yield decode_claim(body)

    def every_claim(self) -> Iterator[Claim]:
        """All claims by IRI."""
        for (body,) in self._run.execute("SELECT body FROM claim ORDER BY iri"):
            yield decode_claim(body)

    def names(self) -> Iterator[str]:
        """The IRIs of all claims, sorted."""
        for (iri,) in self._run.execute("SELECT iri FROM claim ORDER BY iri"):
            yield iri

    def count(self) -> int:
        """The number of claims."""
        (number,) = self._run.execute("SELECT COUNT(*) FROM claim").fetchone()
        return int(number)

    def at_home(self, reaches: Iterable[Reach]) -> set[str]:
        """The IRIs of the claims that are at home in one of these reaches."""
        query = "SELECT iri FROM claim WHERE home >= ? AND home < ?"
        return {iri for reach in reaches for (iri,) in self._run.execute(query, reach)}


@contextmanager
def opened(folder: Path) -> Iterator[State]:
    """The state of the store in a folder, in a transaction that ends with the block: well or not at all.

    Where the folder may not be written to, the state is an empty one that nobody will see again; a damaged
    file is put out of the way. Raises UsageError where another process checks this store.
    """
    with closing(_begun(folder / NAME)) as connection:
        try:
            yield State(connection)
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


def _begun(path: Path) -> sqlite3.Connection:
    """A connection in a transaction."""
    for place in (path, path, Path(":memory:")):
        connection: sqlite3.Connection | None = None
        try:
            connection = sqlite3.connect(place, timeout=PATIENCE, isolation_level=None)
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version not in (0, _VERSION):
                raise sqlite3.DatabaseError("made by another version")
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
            connection.executescript(f"{_SCHEMA} PRAGMA user_version = {_VERSION};")
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            _close(connection)
            if "locked" in str(error):
                raise UsageError(
                    f"another check of {path.parent} is running", remedy="wait until it is done"
                ) from None
        except sqlite3.DatabaseError:
            _close(connection)
            with suppress(OSError):
                path.unlink()  # no file of SQLite, a damaged one, or one of another version
        else:
            return connection
    raise AssertionError("SQLite always opens a database in memory")


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        connection.close()
