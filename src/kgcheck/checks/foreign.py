"""Checks from outside: an engine sees their queries in a worker process only.

Even a query over nothing can keep an engine busy for ever, or bring it down while it reads the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from io import BufferedReader
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kgcheck.errors import CheckError, UsageError
from kgcheck.namespaces import DERIVED
from kgcheck.store import Store
from kgcheck.store.querying import Query
from kgcheck.store.workers.entry import Channel
from kgcheck.store.workers.inlet import Inlet
from kgcheck.store.workers.limits import Limits
from kgcheck.store.workers.process import Worker, call

_SECONDS_PER_QUAD = 1e-4
_DERIVED = ox.NamedNode(DERIVED)

Written = tuple[Path, str]
"""A check's file and its query."""


def returned_columns(query: str, path: Path) -> tuple[str, ...]:
    """The columns that a query returns, as an engine reads it. Raises CheckError if it is no SELECT."""
    try:
        solutions = ox.Store().query(query)
    except SyntaxError as error:
        raise CheckError(f"the query is not SPARQL: {error}", path, remedy="mend the query") from error
    if not isinstance(solutions, ox.QuerySolutions):
        raise CheckError("the query is not a SELECT", path, remedy="return one row per claim")
    return tuple(variable.value for variable in solutions.variables)


def foreign_columns(checks: Sequence[Written], limits: Limits) -> list[tuple[str, ...]]:
    """The same for checks from outside. Raises LimitError too."""
    if not checks:
        return []
    arguments = {"checks": [(str(path), query) for path, query in checks]}
    told = call("kgcheck.checks.foreign:columns", arguments, limits, doing="reading the checks")
    return [tuple(names) for names in told]


def columns(arguments: Mapping[str, Any], channel: Channel) -> Any:
    """The worker's part of `foreign_columns`."""
    found = []
    for name, query in arguments["checks"]:
        channel.at("reading the query", name)
        _guard(query, Path(name))
        found.append(returned_columns(query, Path(name)))
    return found


def foreign_solutions(
    checks: Sequence[Written], names: Sequence[Sequence[str]], store: Store, limits: Limits
) -> list[list[dict[str, str | None]]]:
    """For each check its rows over the derived graph of `store`: the words of each column's value.

    `names` are the columns of each. Raises CheckError for a query that failed, and LimitError.
    """
    if not checks:
        return []
    found: list[list[dict[str, str | None]]] = [[] for _ in checks]
    size = len(store.raw)
    with Worker(
        "kgcheck.checks.foreign:solutions",
        {"checks": [(str(path), query) for path, query in checks], "names": names},
        limits.for_work(size * _SECONDS_PER_QUAD),
        doing="the checks",
        given=size,
    ) as worker:
        worker.feed(lambda out: store.raw.dump(out, ox.RdfFormat.N_TRIPLES, from_graph=_DERIVED))
        for line in BufferedReader(Inlet(worker)):
            place, *values = json.loads(line)
            found[place].append(dict(zip(names[place], values, strict=True)))
        worker.result()
    return found


def solutions(arguments: Mapping[str, Any], channel: Channel) -> None:
    """The worker's part of `foreign_solutions`."""
    store = ox.Store()
    store.bulk_load(channel.input, ox.RdfFormat.N_TRIPLES, to_graph=_DERIVED, lenient=True)
    with channel.data() as out:
        for place, (name, query) in enumerate(arguments["checks"]):
            channel.at("the check", name)
            _guard(query, Path(name))
            for values in _rows(store, query, Path(name), arguments["names"][place]):
                out.write(json.dumps([place, *values]).encode() + b"\n")


def _rows(store: ox.Store, query: str, path: Path, names: Sequence[str]) -> Iterator[list[str | None]]:
    try:
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions), "the registry refuses anything but SELECT"
        for solution in found:
            yield [None if (term := solution[name]) is None else term.value for name in names]
    except (OSError, RuntimeError, SyntaxError) as error:
        raise CheckError(f"the check failed: {error}", path, remedy="its result is unknown") from error


def _guard(query: str, path: Path) -> None:
    try:
        Query(query)
    except UsageError as error:
        raise CheckError(error.message, path, remedy=error.remedy) from None
