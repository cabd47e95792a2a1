"""Everything about claims that a service holds, as a file.

As a file it is loaded, validated, derived and checked like any other: graphs are placed, and blank
nodes named, by the same code, so that the findings are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pyoxigraph as ox

from kgcheck.engines.endpoint import queries
from kgcheck.engines.endpoint.pages import ROWS, Pages
from kgcheck.engines.endpoint.queries import ANY, Part
from kgcheck.engines.endpoint.service import Service
from kgcheck.engines.endpoint.statements import is_stand_in, unnamed
from kgcheck.errors import EndpointError, UsageError
from kgcheck.namespaces import expand

DEFAULT_GRAPH = "default"
"""In the place of a graph's IRI: the graph without a name."""

_TYPE = expand("rdf:type")
_SAME = (expand("owl:sameAs"), expand("dct:isReplacedBy"))
"""Statements that make two names one; they may stand at either."""

_FOLLOWED = frozenset(
    expand(name)
    for name in (
        "dct:isReplacedBy",
        "dct:publisher",
        "kgc:inspected",
        "kgc:inspector",
        "kgc:partOf",
        "kgc:programme",
        "org:postIn",
        "owl:sameAs",
        "prov:actedOnBehalfOf",
        "prov:hadPrimarySource",
        "prov:wasAttributedTo",
        "prov:wasDerivedFrom",
        "prov:wasQuotedFrom",
        "prov:wasRevisionOf",
        "skos:broader",
        "skos:inScheme",
    )
)
"""From one described thing to the next: what lineage, identity and scope go along. Beyond the graphs
about claims nothing else is followed; a service may hold the whole of Wikidata."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file of N-Quads with what was fetched, the named graphs it came from, the number of statements."""

    path: Path
    graphs: tuple[str, ...]
    statements: int


@contextmanager
def fetch(
    service: Service, graphs: Sequence[str] = (), *, rows: int = ROWS, tell: Tell = lambda _: None
) -> Iterator[Fetched]:
    """Fetch claims and all that they need; the file is gone after the `with`.

    With `graphs` it is these graphs to the last statement and nothing else (DEFAULT_GRAPH stands for the
    one without a name). Without, it is every graph that is about claims, and whatever other graphs say
    of the things named there. Pages have at most `rows` rows. `tell` is called with each step.

    Raises EndpointError where the service fails or gives less than it says it holds, and UsageError for
    a graph that is not there and where there is nothing about claims.
    """
    with TemporaryDirectory(prefix="kgcheck-") as folder:
        path = Path(folder) / "endpoint.nq"
        with path.open("wb") as stream:
            fetching = _Fetching(service, Pages(service, rows), stream, tell)
            named = fetching.chosen(graphs) if graphs else fetching.all_about_claims()
        yield Fetched(path, named, fetching.written)


@dataclass(slots=True)
class _Fetching:
    service: Service
    pages: Pages
    stream: BinaryIO
    tell: Tell
    total: int = 0
    written: int = 0
    subjects: set[str] = field(default_factory=set)
    mentioned: set[str] = field(default_factory=set)
    containers: set[str] = field(default_factory=set)

    def chosen(self, graphs: Sequence[str]) -> tuple[str, ...]:
        """Fetch these graphs."""
        named = sorted({graph for graph in graphs if graph != DEFAULT_GRAPH})
        for graph in named:
            _refuse_malformed(graph)
        sizes = self.pages.sizes(named)
        if empty := [graph for graph, size in sizes.items() if not size]:
            raise UsageError(
                f"the service has no graph {empty[0]}", remedy="check the IRIs given to --endpoint-graph"
            )
        parts = [Part(None)] if DEFAULT_GRAPH in graphs else []
        self._fetch(sizes, parts)
        return tuple(named)

    def all_about_claims(self) -> tuple[str, ...]:
        """Fetch every graph that is about claims, and what is said elsewhere of the things named there."""
        self.tell("asking the service what it holds")
        named: list[str] = []
        if any_named := self.service.ask(queries.ANY_NAMED):
            rows = self.pages.keys(queries.graph_names, "graph")
            named = sorted({str(getattr(row["graph"], "value", "")) for row in rows})
            if (count := self.pages.number(queries.graph_count())) != len(named):
                raise EndpointError(
                    f"could not check: the service lists {len(named):,} of {count:,} graphs",
                    self.service.name,
                    remedy="Name the graphs with --endpoint-graph.",
                )
        unnamed_graph = Part(None, apart=any_named)
        parts = [unnamed_graph] if self.service.ask(queries.claims_in(unnamed_graph)) else []
        self._fetch(self.pages.sizes(named), parts)
        if not self.written:
            raise UsageError(
                "the service holds nothing about claims", remedy="load documents with claims into it first"
            )
        if named:
            self._look_up()
        return tuple(named)

    def _fetch(self, sizes: dict[str, int], parts: Sequence[Part]) -> None:
        if sizes:
            # A graph of many documents is where somebody put a file: it is taken apart as a file is.
            rows = self.pages.keys(queries.containers, "graph")
            self.containers = {str(getattr(row["graph"], "value", "")) for row in rows}
        of_parts = {part: self.pages.number(queries.size(part)) for part in parts}
        self.total = sum(sizes.values()) + sum(of_parts.values())
        for quads in self.pages.graphs(sizes):
            self._write(quads)
        for part, size in of_parts.items():
            for quads in self.pages.part(part, size):
                self._write(quads)

    def _write(self, quads: Iterable[ox.Quad]) -> None:
        quads = [self._placed(quad) for quad in quads]
        ox.serialize(quads, self.stream, ox.RdfFormat.N_QUADS)
        self.written += len(quads)
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode):
                self.subjects.add(quad.subject.value)
            if isinstance(quad.object, ox.NamedNode) and quad.predicate.value != _TYPE:
                self.mentioned.add(quad.object.value)
        self.tell(f"fetching {self.written:,} of {max(self.total, self.written):,} statements")

    def _placed(self, quad: ox.Quad) -> ox.Quad:
        graph = quad.graph_name
        contained = isinstance(graph, ox.NamedNode) and graph.value in self.containers
        return unnamed(quad, ox.DefaultGraph() if contained else graph)

    def _look_up(self) -> None:
        """Fetch what other graphs say of the things that are mentioned, and of what those go back to."""
        self.tell("asking the service about the things that claims name")
        asked: set[str] = set()
        wanted = self.mentioned
        while wanted := {iri for iri in wanted - asked if not is_stand_in(iri)}:
            asked |= wanted
            found: list[ox.Quad] = []
            for relation in _SAME:
                for quads in self.pages.related(relation, sorted(wanted)):
                    found += quads
            undescribed = sorted(wanted - self.subjects)
            for part in (Part(ANY), Part(None, apart=True)):
                for quads in self.pages.descriptions(part, undescribed):
                    found += quads
            self._write(found)
            wanted = {
                term.value
                for quad in found
                if quad.predicate.value in _FOLLOWED
                for term in (quad.subject, quad.object)
                if isinstance(term, ox.NamedNode)
            }


def _refuse_malformed(graph: str) -> None:
    try:
        ox.NamedNode(graph)
    except ValueError:
        raise UsageError(
            f"{graph!r} is no IRI", remedy=f"give a graph's whole IRI, or {DEFAULT_GRAPH!r}"
        ) from None
