"""Which claim a node belongs to, and what to call it."""

from __future__ import annotations

from rdflib import Graph, URIRef
from rdflib.term import BNode, Node

from kgcheck.namespaces import PREFIXES, SKOLEM, kgc

_NAMES = tuple(
    URIRef(PREFIXES[prefix] + local)
    for prefix, local in (
        ("skos", "prefLabel"),
        ("foaf", "name"),
        ("schema", "name"),
        ("rdfs", "label"),
        ("dct", "title"),
    )
)
_IN_DOCUMENT = URIRef(kgc("inDocument"))


def owner(graph: Graph, node: Node) -> Node:
    """The node that a reader can look up: `node` itself, or whoever holds this nameless node.

    An evidence or selector node belongs to its claim. Where several hold it, the first by IRI. A
    nameless claim belongs to itself, though a list of operands may hold it.
    """
    seen: set[Node] = set()
    while nameless(node) and node not in seen and (node, _IN_DOCUMENT, None) not in graph:
        seen.add(node)
        holders = sorted(graph.subjects(None, node), key=str)
        if not holders:
            break
        node = holders[0]
    return node


def nameless(node: Node) -> bool:
    """Whether the node is a blank node, or was one before it was loaded."""
    return isinstance(node, BNode) or str(node).startswith(SKOLEM)


def label(graph: Graph, node: Node) -> str:
    """What to call the node in a message: its name, else the last part of its IRI."""
    for name in _NAMES:
        if found := sorted(graph.objects(node, name), key=str):
            return str(found[0])
    return "a nameless node" if nameless(node) else str(node).rstrip("/#").rsplit("/", 1)[-1]
