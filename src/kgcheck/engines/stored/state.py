"""What a check of a store found, kept beside the store in one SQLite file.

The file is a memory of work done, never the only place of anything: without it, or when it was made by
other rules, everything is worked out anew. One transaction takes it from one check to the next, so that a
process that is killed leaves the old state.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from kgcheck.derive.meetings import Weight, neighbourhood
from kgcheck.derive.sources import Computation
from kgcheck.engines.stored.coding import Contents, decode_claim, decode_contents, encode, parties
from kgcheck.engines.stored.looking import Look
from kgcheck.errors import UsageError
from kgcheck.model.claim import Claim

NAME = "checked.sqlite"
"""The name of the file in the folder of the store."""

PATIENCE = 10.0
"""Seconds to wait for another check of the same store."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY, coarse TEXT NOT NULL, fine TEXT NOT NULL,
  UNIQUE (coarse, fine));
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
CREATE TABLE IF NOT EXISTS finding (id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS party (claim INTEGER NOT NULL, finding TEXT NOT NULL,
  PRIMARY KEY (claim, finding)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS finding_key (key INTEGER NOT NULL, finding TEXT NOT NULL,
  PRIMARY KEY (key, finding)) WITHOUT ROWID;
"""
_ENOUGH = f"MAX(weight) = {Weight.ALONE} OR MAX(weight) = {Weight.MEETING} AND COUNT(*) > 1"
"""Whether the claims with a key form a block by it."""
_FORMING = f"""
SELECT claim FROM meeting WHERE key IN (
  SELECT key FROM meeting WHERE key >= ? AND key < ? GROUP BY key HAVING {_ENOUGH})
UNION SELECT id FROM claim WHERE home >= ? AND home < ?
"""  # noqa: S608 (what is put in stands above)
_CROWDS = f"""
SELECT place, SUM(size) FROM (
  SELECT key >> :shift AS place, COUNT(*) AS size FROM meeting GROUP BY key HAVING {_ENOUGH}
  UNION ALL SELECT home >> :shift, COUNT(*) FROM claim GROUP BY 1)
GROUP BY place
"""  # noqa: S608
_TABLES = ("meta", "place", "graph", "claim", "meeting", "computation", "finding", "party", "finding_key")
_VERSION = 3
_CACHE = 256 << 10  # kilobytes
_NEAR_BITS = 16
_HASH_BITS = 24
_PLACE_SHIFT = _NEAR_BITS + _HASH_BITS
_MANY = 500
_LOOKED_UP, _SCANNED = 1_000, 10
"""Up to so many claims are looked up one by one, and more only where one in so many is asked for at most."""


class Reach(NamedTuple):
    """The numbers from `low` to below `high`."""

    low: int
    high: int


def _number(place: int, near: str, key: str) -> int:
    where = int.from_bytes(blake2b(near.encode(), digest_size=_NEAR_BITS // 8).digest(), "big")
    which = int.from_bytes(blake2b(key.encode(), digest_size=_HASH_BITS // 8).digest(), "big")
    return place << _PLACE_SHIFT | where << _HASH_BITS | which


class State:
    """One check's results, open for one transaction.

    Keys are numbers: the place of the key (see `neighbourhood`) in the upper bits, hashes in the lower, first
    of where it is in that place: keys that are neighbours lie together. Two keys that share a number only
    make more work.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        rows = self._run.execute("SELECT id, coarse, fine FROM place")
        return {(coarse, fine): number for number, coarse, fine in rows}

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
        self._places.clear()

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

    # Keys

    def number(self, key: str) -> int:
        """The number of a meeting key; its place is opened when it is new."""
        coarse, fine, finest = neighbourhood(key)
        place = self._places.get((coarse, fine))
        if place is None:
            place = self._places[coarse, fine] = len(self._places) + 1
            self._run.execute("INSERT INTO place VALUES (?, ?, ?)", (place, coarse, fine))
        return _number(place, finest, key)

    def known_numbers(self, keys: Iterable[str]) -> set[int]:
        """The numbers of meeting keys, without those that no claim can have."""
        found = set()
        for key in keys:
            coarse, fine, finest = neighbourhood(key)
            if (place := self._places.get((coarse, fine))) is not None:
                found.add(_number(place, finest, key))
        return found

    def own(self, claim: str) -> int:
        """The number that stands for a claim alone, as checks that look at one claim take it."""
        return _number(0, claim, claim)

    def reaches(self, limit: int) -> Iterator[tuple[Reach, int]]:
        """All keys in reaches of neighbours, with their sizes: `limit` or less, where that can be.

        The size is how often a claim forms a block there, or is at home. Neighbours stay together as far as
        they can.
        """
        crowds = dict(self._run.execute(_CROWDS, {"shift": _PLACE_SHIFT}))
        for _, place in sorted(self._places.items()):
            size = crowds.get(place, 0)
            parts = min(-(-size // limit), 1 << _NEAR_BITS)
            for part in range(parts):
                low, high = (place * parts + part, place * parts + part + 1)
                yield (
                    Reach(-(-(low << _PLACE_SHIFT) // parts), -(-(high << _PLACE_SHIFT) // parts)),
                    size // parts,
                )

    # Graphs and claims

    def revisions(self) -> dict[str, str]:
        """The graphs that were looked at, each with its mark."""
        return dict(self._run.execute("SELECT iri, revision FROM graph"))

    def contents(self, graphs: Iterable[str] | None = None) -> Iterator[tuple[str, Contents]]:
        """What is remembered of these graphs, or of all."""
        query = "SELECT iri, contents FROM graph"
        if graphs is None:
            rows: Iterator[Any] = iter(self._run.execute(query))
        else:
            rows = self._in(f"{query} WHERE iri IN", list(graphs))
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
                gone.update(keys, (self.own(name),))
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
                key = self.number(words)
                meetings[key] = max(meetings.get(key, 0), weight)
            own = array("q", sorted(meetings))
            row = self._run.execute(
                "INSERT INTO claim (iri, graph, home, keys, body) VALUES (?, ?, ?, ?, ?)",
                (iri, number, self.number(homes[iri]), own.tobytes(), encode(claim)),
            ).lastrowid
            every.update(own, (self.own(iri),))
            self._run.executemany(
                "INSERT INTO meeting VALUES (?, ?, ?)", ((key, row, heavy) for key, heavy in meetings.items())
            )
        for computation in seen.computations:
            key = self.number(computation.key)
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
            rows = list(self._in(f"{query} WHERE c.key IN", sorted(keys)))
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
        rows = self._in("SELECT DISTINCT claim FROM meeting WHERE key IN", sorted(keys))
        yield from self._bodies({row for (row,) in rows})

    def _bodies(self, rows: Collection[int]) -> Iterator[Claim]:
        for (body,) in self._in("SELECT body FROM claim WHERE id IN", sorted(rows)):
            yield decode_claim(body)

    def claims_named(self, iris: Iterable[str]) -> Iterator[Claim]:
        """The claims with these IRIs, as far as there are any."""
        wanted = set(iris)
        if len(wanted) > _LOOKED_UP and len(wanted) * _SCANNED > self.count():
            for iri, body in self._run.execute("SELECT iri, body FROM claim"):
                if iri in wanted:
                    yield decode_claim(body)
        else:
            for (body,) in self._in("SELECT body FROM claim WHERE iri IN", sorted(wanted)):
                yield decode_claim(body)

    def claims_of(self, graphs: Iterable[str]) -> Iterator[Claim]:
        """The claims of these graphs."""
        query = "SELECT c.body FROM claim c JOIN graph g ON g.id = c.graph WHERE g.iri IN"
        for (body,) in self._in(query, list(graphs)):
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

    # Findings

    def findings_with(self, keys: Collection[int]) -> dict[str, bytes]:
        """The findings of blocks with any of these keys, by their ids."""
        names = {name for (name,) in self._in("SELECT finding FROM finding_key WHERE key IN", sorted(keys))}
        return dict(self._in("SELECT id, body FROM finding WHERE id IN", sorted(names)))

    def drop_findings(self, keys: Collection[int]) -> None:
        """Forget the findings of blocks with any of these keys."""
        for name, body in self.findings_with(keys).items():
            self._run.execute("DELETE FROM finding WHERE id = ?", (name,))
            self._run.executemany(
                "DELETE FROM party WHERE claim = ? AND finding = ?",
                ((self.own(iri), name) for iri in parties(body)),
            )
        self._run.executemany("DELETE FROM finding_key WHERE key = ?", ((key,) for key in keys))

    def add_finding(self, name: str, body: bytes, keys: Iterable[int], claims: Iterable[str]) -> None:
        """Note a finding under the keys of its block, and which claims stand in it."""
        self._run.execute("INSERT OR REPLACE INTO finding VALUES (?, ?)", (name, body))
        self._run.executemany(
            "INSERT OR IGNORE INTO party VALUES (?, ?)", ((self.own(iri), name) for iri in claims)
        )
        self._run.executemany(
            "INSERT OR IGNORE INTO finding_key VALUES (?, ?)", ((key, name) for key in keys)
        )

    def findings_around(self, claims: Iterable[str]) -> dict[str, bytes]:
        """The findings in which these claims stand and, in turn, those that share a claim with them."""
        found: dict[str, bytes] = {}
        passed: set[int] = set()
        waiting = {self.own(iri) for iri in claims}
        while waiting:
            passed |= waiting
            rows = self._in("SELECT finding FROM party WHERE claim IN", sorted(waiting))
            names = {name for (name,) in rows} - found.keys()
            fresh = dict(self._in("SELECT id, body FROM finding WHERE id IN", sorted(names)))
            found |= fresh
            waiting = {self.own(iri) for body in fresh.values() for iri in parties(body)} - passed
        return found

    def findings(self) -> Iterator[bytes]:
        """All findings."""
        for (body,) in self._run.execute("SELECT body FROM finding"):
            yield body

    def _in(self, query: str, values: Sequence[Any]) -> Iterator[Any]:
        """The rows of a query that ends in IN, asked for as many values at a time as SQLite takes."""
        source = iter(values)
        while some := list(islice(source, _MANY)):
            yield from self._run.execute(f"{query} ({','.join('?' * len(some))})", some).fetchall()


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
