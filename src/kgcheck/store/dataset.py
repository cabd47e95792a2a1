"""rdflib at the edge: graphs for people and for libraries that speak rdflib."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from kgcheck.namespaces import PREFIXES, expand

_STRING = expand("xsd:string")


def load(*paths: str | Path) -> Dataset:
    """Files and folders of RDF as an rdflib dataset, with one graph for each document.

    Without paths it is the packaged data. The vocabularies stand in the graph
    `https://w3id.org/kgcheck/ontology#ontology`; the default graph is the union of all.

    Raises InputError for what cannot be read and SyntaxInFile for what does not parse.

    >>> import kgcheck
    >>> len(list(kgcheck.load().graphs())) > 1
    True
    """
    from kgcheck.assets import folder
    from kgcheck.store.store import Store
    from kgcheck.store.workers.limits import Limits

    store = Store()
    store.load_ontology()
    if paths:
        store.load(map(Path, paths), limits=Limits())
    else:
        store.load([folder("data")])
    dataset = Dataset(default_union=True)
    _bind(dataset)
    graphs: dict[str, Graph] = {}
    for quad in store.raw:
        assert isinstance(quad.graph_name, ox.NamedNode)
        name = quad.graph_name.value
        if name not in graphs:
            graphs[name] = dataset.graph(URIRef(name))
        graphs[name].add(_triple(quad))
    return dataset


def merge(quads: Iterable[ox.Quad]) -> Graph:
    """One rdflib graph of all the quads, whatever graph they stand in."""
    graph = Graph(bind_namespaces="none")
    _bind(graph)
    for quad in quads:
        graph.add(_triple(quad))
    return graph


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """The same term for rdflib, its words untouched: rdflib would write "01" as "1".

    Raises TypeError for a triple that stands as a term, which the store does not let in.
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return Literal(term.value, lang=term.language)
        if term.datatype.value == _STRING:
            return Literal(term.value)  # rdflib holds "a" and "a"^^xsd:string apart
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise TypeError("rdflib has no term for a triple")


def _triple(quad: ox.Quad) -> tuple[Node, Node, Node]:
    return to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)


def _bind(graph: Graph) -> None:
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
