"""The triples of one predicate, and the graphs they are read from."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from functools import cached_property
from itertools import compress
from typing import IO, Protocol, cast

import pyoxigraph as ox

from kgcheck.namespaces import DERIVED, PREFIXES
from kgcheck.validation.compiled import terms

TYPE = terms.iri(PREFIXES["rdf"] + "type")
SUBCLASS = terms.iri(PREFIXES["rdfs"] + "subClassOf")


Lookup = Callable[[str], Collection[str]]
"""From a node to the nodes beside it, each once; empty where there are none."""


class Column:
    """Subjects and objects of one predicate, side by side, no pair twice.

    What can be known without the pairs is asked for by itself, which is several times faster.
    """

    def __init__(self, source: Source, predicate: str) -> None:
        self._source = source
        self._predicate = predicate
        self._read: tuple[list[str], list[str]] | None = None
        self._having: dict[str, Collection[str]] = {}

    def _sides(self) -> tuple[list[str], list[str]]:
        if self._read is None:
            subjects, objects = self._source.read(self._predicate)
            if len(set(subjects)) < len(subjects):
                # Only then can a pair stand in two graphs.
                pairs = dict.fromkeys(zip(subjects, objects, strict=True))
                if len(pairs) < len(subjects):
                    subjects, objects = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
            self._read = subjects, objects
        return self._read

    @cached_property
    def holders(self) -> Set[str]:
        """The subjects, each once."""
        return set(self._source.subjects(self._predicate) if self._read is None else self._read[0])

    @cached_property
    def values(self) -> Set[str]:
        """The objects, each once."""
        return set(self._source.objects(self._predicate) if self._read is None else self._read[1])

    @cached_property
    def repeated(self) -> Mapping[str, int]:
        """How many objects a subject has, where it has more than one."""
        if self._read is None and not self._source.repeats(self._predicate):
            return {}
        subjects, _ = self._sides()
        if len(self.holders) == len(subjects):
            return {}
        return {subject: count for subject, count in Counter(subjects).items() if count > 1}

    @cached_property
    def of(self) -> Lookup:
        """The objects of a subject."""
        return _lookup(*self._sides(), single=not self.repeated)

    @cached_property
    def with_object(self) -> Lookup:
        """The subjects that have an object."""
        subjects, objects = self._sides()
        return _lookup(objects, subjects, single=False)

    def having(self, value: str) -> Collection[str]:
        """The subjects that have a value, each once; cheaper than `with_object` for a value or two."""
        if self._read is None and terms.is_iri(value):
            if value not in self._having:
                self._having[value] = set(self._source.holding(self._predicate, value))
            return self._having[value]
        return set(self.with_object(value))

    def beside(self, other: str) -> Iterable[tuple[str, str]]:
        """The objects of this and another predicate that some subject has both, no such pair twice."""
        return self._source.beside(self._predicate, other)

    def pairs(self, subjects: Set[str] | None = None) -> Iterator[tuple[str, str]]:
        """The pairs of these subjects, or of all."""
        holders, objects = self._sides()
        pairs = zip(holders, objects, strict=True)
        return pairs if subjects is None else compress(pairs, map(subjects.__contains__, holders))


class Source(Protocol):
    """Where triples come from; terms are strings as `terms` has them."""

    def read(self, predicate: str) -> tuple[list[str], list[str]]:
        """Subjects and objects of a predicate, side by side; a pair may come twice."""
        ...

    def subjects(self, predicate: str) -> Iterable[str]:
        """The subjects of a predicate; one may come twice."""
        ...

    def objects(self, predicate: str) -> Iterable[str]:
        """The objects of a predicate, each once."""
        ...

    def repeats(self, predicate: str) -> bool:
        """Whether a subject may have the predicate more than once."""
        ...

    def holding(self, predicate: str, value: str) -> Iterable[str]:
        """The subjects with a predicate that have an IRI for an object; one may come twice."""
        ...

    def beside(self, predicate: str, other: str) -> Iterable[tuple[str, str]]:
        """The objects of two predicates of one subject, no such pair twice."""
        ...

    def predicates(self) -> Set[str]:
        """All predicates in use."""
        ...


class StoreSource:
    """All graphs of a store but the derived one."""

    def __init__(self, quads: ox.Store) -> None:
        self._quads = quads
        self._derived, self._unnamed = (
            any(True for _ in quads.quads_for_pattern(None, None, None, graph))
            for graph in (ox.NamedNode(DERIVED), ox.DefaultGraph())
        )

    def read(self, predicate: str) -> tuple[list[str], list[str]]:
        table = _Table()
        self._select("?s ?o", f"?s {_checked(predicate)} ?o", table)
        subjects, objects = table.columns(2)
        return subjects, objects

    def subjects(self, predicate: str) -> Iterable[str]:
        return self._ask("?s", f"?s {_checked(predicate)} ?o")

    def objects(self, predicate: str) -> Iterable[str]:
        return self._ask("DISTINCT ?o", f"?s {_checked(predicate)} ?o")

    def repeats(self, predicate: str) -> bool:
        counts = "(COUNT(*) AS ?rows) (COUNT(DISTINCT ?s) AS ?subjects)"
        table = _Table()
        self._select(counts, f"?s {_checked(predicate)} ?o", table)
        rows, subjects = table.columns(2)
        return rows != subjects

    def holding(self, predicate: str, value: str) -> Iterable[str]:
        return self._ask("?s", f"?s {_checked(predicate)} {_checked(value)}")

    def beside(self, predicate: str, other: str) -> Iterable[tuple[str, str]]:
        table = _Table()
        self._select("DISTINCT ?a ?b", f"?s {_checked(predicate)} ?a", table, f"?s {_checked(other)} ?b")
        return zip(*table.columns(2), strict=True)

    def predicates(self) -> Set[str]:
        return set(self._ask("DISTINCT ?p", "?s ?p ?o"))

    def _ask(self, variable: str, pattern: str) -> list[str]:
        table = _Table()
        self._select(variable, pattern, table)
        return table.columns(1)[0]

    def _select(self, variables: str, pattern: str, table: _Table, *others: str) -> None:
        places = " ".join(self._anywhere(part, f"?g{n}") for n, part in enumerate((pattern, *others)))
        solutions = self._quads.query(f"SELECT {variables} WHERE {{ {places} }}")
        assert isinstance(solutions, ox.QuerySolutions)
        solutions.serialize(cast(IO[bytes], table), format=ox.QueryResultsFormat.TSV)

    def _anywhere(self, pattern: str, graph: str) -> str:
        # Oxigraph's own union of graphs could not leave one out.
        named = f"GRAPH {graph} {{ {pattern} }}"
        if self._derived:
            named += f" FILTER({graph} != <{DERIVED}>)"
        return f"{{ {{ {pattern} }} UNION {{ {named} }} }}" if self._unnamed else f"{{ {named} }}"


class _Table:
    """A file that takes a table of tab-separated values to pieces while it is being written.

    Oxigraph writes a table several times faster than it hands over solutions one by one, and the
    pieces take little memory. Tabs and line ends within terms are escaped.
    """

    def __init__(self) -> None:
        self._decode = getincrementaldecoder("utf-8")().decode
        self._rest = ""
        self._cells: list[str] = []
        self._known: dict[str, str] = {}

    def write(self, data: bytes) -> int:
        text = self._rest + self._decode(data)
        end = text.rfind("\n")
        if end >= 0:
            cells = text[:end].replace("\n", "\t").split("\t")
            # The same term in a thousand rows is one string in memory.
            self._cells += map(self._known.setdefault, cells, cells)
        self._rest = text[end + 1 :]
        return len(data)

    def flush(self) -> None:
        """Nothing waits to be written."""

    def columns(self, width: int) -> tuple[list[str], ...]:
        """The columns below the header."""
        bare = {cell: terms.expand(cell) for cell in self._known if cell[:1] not in ("<", '"', "_", "?")}
        found = tuple(self._cells[width + offset :: width] for offset in range(width))
        if not bare:
            return found
        return tuple([bare.get(cell, cell) for cell in column] for column in found)


def _checked(predicate: str) -> str:
    """An IRI as it stands in a query. Raises ValueError for anything else, which could be a query itself."""
    if not terms.is_iri(predicate) or str(ox.NamedNode(predicate[1:-1])) != predicate:
        raise ValueError(f"{predicate!r} is no IRI")
    return predicate


class Data:
    """What shapes are checked against: columns, read once and let go when no shape asks for them again."""

    def __init__(self, source: Source, uses: Mapping[str, int] | None = None) -> None:
        """`uses` says how many shapes will ask for a predicate; without it every column is kept."""
        self._source = source
        self._uses = None if uses is None else Counter(uses)
        self._columns: dict[str, Column] = {}
        self._own: dict[str, Set[str]] = {}
        self._instances: dict[str, Set[str]] = {}

    def column(self, predicate: str) -> Column:
        """The triples of a predicate."""
        column = self._columns.get(predicate)
        if column is None:
            column = Column(self._source, predicate)
            if self._uses is None or self._uses[predicate] > 0:
                self._columns[predicate] = column
        return column

    def done(self, predicates: Iterable[str]) -> None:
        """A shape that uses these predicates has been checked."""
        if self._uses is None:
            return
        for predicate in predicates:
            self._uses[predicate] -= 1
            if self._uses[predicate] <= 0:
                self._columns.pop(predicate, None)

    def instances(self, kind: str) -> Set[str]:
        """The SHACL instances of a class: those of its subclasses too."""
        found = self._instances.get(kind)
        if found is None:
            parts = [part for below in self._below(kind) if (part := self._own_instances(below))]
            found = parts[0] if len(parts) == 1 else set().union(*parts)
            self._instances[kind] = found
        return found

    def _own_instances(self, kind: str) -> Set[str]:
        if kind not in self._own:
            # A query cannot name a blank node.
            known = terms.is_iri(kind)
            found = self._source.holding(TYPE, kind) if known else self.column(TYPE).with_object(kind)
            self._own[kind] = set(found)
        return self._own[kind]

    def predicates(self) -> Set[str]:
        """All predicates in use."""
        return self._source.predicates()

    @cached_property
    def _subclasses(self) -> Lookup:
        return Column(self._source, SUBCLASS).with_object

    def _below(self, kind: str) -> Set[str]:
        found = {kind}
        waiting = [kind]
        while waiting:
            for lower in self._subclasses(waiting.pop()):
                if lower not in found:
                    found.add(lower)
                    waiting.append(lower)
        return found


def _lookup(keys: list[str], values: list[str], *, single: bool) -> Lookup:
    """From a key to its values; `single` promises that no key comes twice."""
    if single:
        one = dict(zip(keys, values, strict=True)).get

        def look_up_one(key: str) -> Collection[str]:
            value = one(key)
            return () if value is None else (value,)

        return look_up_one
    grouped: dict[str, list[str]] = {}
    for key, value in zip(keys, values, strict=True):
        if (group := grouped.get(key)) is None:
            grouped[key] = [value]
        else:
            group.append(value)
    many = grouped.get
    return lambda key: many(key, ())
