"""Oxigraph's terms as rdflib's."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kgcheck.namespaces import expand

_STRING = expand("xsd:string")


def to_rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """The same term for rdflib, its words untouched.

    rdflib rewrites literals when left to itself and drops the zone of a date on the way, which a
    shape must see. Raises TypeError for an RDF-star triple, which no kgcheck data holds.
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return Literal(term.value, lang=term.language)
        if term.datatype.value == _STRING:
            # rdflib holds "a" and "a"^^xsd:string apart, and sh:in then finds neither in the other.
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise TypeError("a triple inside a triple cannot be validated")


def union(quads: ox.Store, *, leave_out: frozenset[str] = frozenset()) -> Graph:
    """One graph of all quads but those of the graphs named in `leave_out`."""
    graph = Graph(bind_namespaces="none")
    for quad in quads:
        if getattr(quad.graph_name, "value", None) not in leave_out:
            graph.add((to_rdflib(quad.subject), URIRef(quad.predicate.value), to_rdflib(quad.object)))
    return graph
