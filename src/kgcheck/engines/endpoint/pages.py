"""Pages: as much at a time as a service gives, and proof that each came whole.

What a page should hold is counted by the service itself before it is fetched. Many services cut off
results at some number of rows without a word; where a page comes back short, smaller ones are asked
for, down to single things.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import pyoxigraph as ox

from kgcheck.engines.endpoint import queries
from kgcheck.engines.endpoint.queries import Part
from kgcheck.engines.endpoint.results import Row
from kgcheck.engines.endpoint.service import Service
from kgcheck.engines.endpoint.statements import listed, statement, tree, whole
from kgcheck.errors import EndpointError

ROWS = 10_000
"""Rows of a page. Virtuoso gives and sorts so many unless told otherwise."""

_FEWEST = 20
"""A service that cuts off smaller pages than this cannot be read in reasonable time."""

_AT_ONCE = 200
"""Names in one query: short enough for the servers that limit the length of a request."""


class Pages:
    """Fetches from one service in pages of at most `rows` rows.

    Everything here raises EndpointError where the service fails or what it gives is not whole.
    """

    def __init__(self, service: Service, rows: int = ROWS) -> None:
        self._service = service
        self._rows = rows

    def keys(self, query: Callable[[str, int], str], variable: str) -> Iterator[Row]:
        """All rows of a query that takes the key to go on after, and a limit."""
        after, seen = "", set[str]()
        while rows := self._service.select(query(after, min(self._rows, ROWS))):
            yield from rows
            after = str(getattr(rows[-1][variable], "value", ""))
            if after in seen:
                raise self._error("the service gives the same page again and again")
            seen.add(after)

    def number(self, query: str) -> int:
        """The answer to a query that counts."""
        rows = self._service.select(query)
        count = rows[0].get("n") if len(rows) == 1 else None
        if not isinstance(count, ox.Literal) or not count.value.isdigit():
            raise self._error("the service does not tell how much there is")
        return int(count.value)

    def sizes(self, graphs: Sequence[str]) -> dict[str, int]:
        """The number of statements of each graph."""
        found = dict.fromkeys(graphs, 0)
        at_once = min(_AT_ONCE, self._rows)
        for start in range(0, len(graphs), at_once):
            names = graphs[start : start + at_once]
            for row in self._service.select(queries.graph_sizes(names)):
                found[str(getattr(row["graph"], "value", ""))] = int(getattr(row["n"], "value", "0"))
        return found

    def graphs(self, sizes: Mapping[str, int]) -> Iterator[list[ox.Quad]]:
        """All statements of named graphs of known size: small ones together, large ones in pieces."""
        waiting = sorted(graph for graph, size in sizes.items() if size)
        while waiting:
            if sizes[waiting[0]] > self._rows:
                yield from self.part(Part(waiting[0]), sizes[waiting[0]])
                waiting = waiting[1:]
                continue
            batch = self._batch(waiting, sizes)
            rows = self._service.select(queries.whole_graphs(batch))
            expected = {graph: sizes[graph] for graph in batch}
            if Counter(str(getattr(row["graph"], "value", "")) for row in rows) == expected:
                yield whole(rows, Part(queries.ANY))
                waiting = waiting[len(batch) :]
            else:
                self._shrink(len(rows), sum(expected.values()))

    def _batch(self, waiting: Sequence[str], sizes: Mapping[str, int]) -> list[str]:
        batch: list[str] = []
        room = self._rows
        for graph in waiting[:_AT_ONCE]:
            room -= sizes[graph]
            if room < 0:
                break
            batch.append(graph)
        return batch

    def _shrink(self, found: int, expected: int) -> None:
        """Ask for less from now on. Raises EndpointError where too much, or too little, comes anyway."""
        if found > expected:
            raise self._error("the data changed while it was read")
        self._rows = min(max(found, 1), self._rows // 2)
        if self._rows < _FEWEST:
            raise self._error(f"the service gave {found:,} of {expected:,} rows and does not say why")

    def part(self, part: Part, size: int) -> Iterator[list[ox.Quad]]:
        """All statements of a part of known size: a small one at once, else some subjects at a time."""
        if size <= self._rows:
            rows = self._service.select(queries.everything(part))
            if len(rows) == size:
                yield whole(rows, part)
                return
            self._shrink(len(rows), size)
        found = 0
        for quads in self._pieces(part):
            found += len(quads)
            yield quads
        if found != size:
            raise self._error(
                f"{found:,} of {size:,} statements arrived from {part.graph or 'the default graph'}: "
                "it changed while it was read, or documents share things without a name"
            )

    def _pieces(self, part: Part) -> Iterator[list[ox.Quad]]:
        roots: list[str] = []
        room = self._rows
        for row in self.keys(partial(queries.subjects, part), "s"):
            # What hangs on a root is about as much again as what is said of it.
            room -= 2 * int(getattr(row["n"], "value", "0"))
            roots.append(str(getattr(row["s"], "value", "")))
            if room <= 0 or len(roots) == _AT_ONCE:
                yield from self.descriptions(part, roots)
                roots, room = [], self._rows
        if roots:
            yield from self.descriptions(part, roots)
        nameless = queries.nameless(part)
        if self.number(queries.row_count(nameless)):
            rows = self._service.select(queries.rows(nameless))
            yield list(tree(rows, part).quads)

    def descriptions(self, part: Part, roots: Sequence[str]) -> Iterator[list[ox.Quad]]:
        """What a part says of the roots and of what hangs on them without a name of its own."""
        for rows in self._rows_of(partial(queries.described, part), roots):
            found = tree(rows, part)
            quads = set(found.quads)
            for cells in self._rows_of(partial(queries.lists, part), found.owners):
                quads |= listed(cells, part)
            yield list(quads)

    def related(self, relation: str, names: Sequence[str]) -> Iterator[list[ox.Quad]]:
        """What any named graph says with the relation of the names, whichever end they stand at."""
        part, predicate = Part(queries.ANY), ox.NamedNode(relation)
        for end in ("?s0", "?o0"):
            for rows in self._rows_of(partial(queries.related, relation, end), names):
                yield [statement(row, row["s0"], predicate, row["o0"], part) for row in rows]

    def _rows_of(self, pattern: Callable[[Sequence[str]], str], names: Sequence[str]) -> Iterator[list[Row]]:
        """All that a pattern finds for the names, as few at a time as the service asks for."""
        for start in range(0, len(names), _AT_ONCE):
            yield from self._halved(pattern, names[start : start + _AT_ONCE])

    def _halved(self, pattern: Callable[[Sequence[str]], str], names: Sequence[str]) -> Iterator[list[Row]]:
        expected = self.number(queries.row_count(pattern(names)))
        if expected == 0:
            return
        if expected <= self._rows or len(names) == 1:
            rows = self._service.select(queries.rows(pattern(names)))
            if len(rows) == expected:
                yield rows
                return
            self._shrink(len(rows), expected)
        if len(names) == 1:
            raise self._error(f"the service does not give the {expected:,} rows about {names[0]} at a time")
        middle = len(names) // 2
        yield from self._halved(pattern, names[:middle])
        yield from self._halved(pattern, names[middle:])

    def _error(self, what: str) -> EndpointError:
        return EndpointError(
            f"could not check: {what}",
            self._service.name,
            remedy="Try again, or ask for smaller pages with --endpoint-page.",
        )
