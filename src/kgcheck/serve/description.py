"""What the SPARQL service says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kgcheck.namespaces import DERIVED, expand
from kgcheck.serve.forms import Chosen
from kgcheck.serve.workers.asking import GRAPHS
from kgcheck.store import Store

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_PREFIXES = {"sd": _SD, "void": _VOID, "formats": _FORMATS}
_MOST_GRAPHS = 1_000
"""Named graphs that are listed; clients ask for more with a query."""

_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "N-Quads", "TriG", "N3"),
)
_COUNT = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"

Node = ox.NamedNode | ox.BlankNode


class Description:
    """The description of a service over a store, which does not change from now on."""

    def __init__(self, store: Store) -> None:
        self._graphs: list[tuple[ox.NamedNode, ox.Literal]] = []
        found = store.raw.query(_COUNT)
        assert isinstance(found, ox.QuerySolutions)
        for row in found:
            name, size = row["g"], row["n"]
            assert isinstance(name, ox.NamedNode)
            assert isinstance(size, ox.Literal)
            self._graphs.append((name, size))

    def __call__(self, chosen: Chosen, address: str) -> bytes:
        """The description of the service at `address`, written in a form."""
        form = GRAPHS[chosen.form]
        prefixes = _PREFIXES if chosen.form in ("turtle", "trig", "n3") else None
        content = ox.serialize(self._statements(address), format=form, prefixes=prefixes)
        assert content is not None, "bytes are asked for, no file"
        return content

    def _statements(self, address: str) -> Iterator[ox.Triple]:
        service, dataset, everything = ox.NamedNode(address), ox.BlankNode("dataset"), ox.BlankNode("default")
        yield _is(service, "Service")
        yield _says(service, "endpoint", service)
        yield _says(service, "supportedLanguage", ox.NamedNode(f"{_SD}SPARQL11Query"))
        for form in _RESULTS:
            yield _says(service, "resultFormat", ox.NamedNode(_FORMATS + form))
        yield _says(service, "defaultDataset", dataset)
        yield _is(dataset, "Dataset")
        yield _says(dataset, "defaultGraph", everything)
        yield _is(everything, "Graph")
        yield ox.Triple(
            everything,
            ox.NamedNode(expand("rdfs:comment")),
            ox.Literal(f"What all named graphs hold together, but for <{DERIVED}>.", language="en"),
        )
        for number, (name, size) in enumerate(self._graphs[:_MOST_GRAPHS]):
            named, graph = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
            yield _says(dataset, "namedGraph", named)
            yield _is(named, "NamedGraph")
            yield _says(named, "name", name)
            yield _says(named, "graph", graph)
            yield _is(graph, "Graph")
            yield ox.Triple(graph, ox.NamedNode(f"{_VOID}triples"), size)


def _is(subject: Node, kind: str) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(expand("rdf:type")), ox.NamedNode(_SD + kind))


def _says(subject: Node, predicate: str, value: Node) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(_SD + predicate), value)
