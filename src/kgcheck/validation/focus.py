"""Which claim a node belongs to, and what to call it."""

from __future__ import annotations

from kgcheck.namespaces import SKOLEM, expand, kgc
from kgcheck.validation.compiled.terms import is_blank, name
from kgcheck.validation.union import Union

_NAMES = tuple(map(expand, ("skos:prefLabel", "foaf:name", "schema:name", "rdfs:label", "dct:title")))
_IN_DOCUMENT = kgc("inDocument")


def owner(data: Union, node: str) -> str:
    """The node that a reader can look up: `node` itself, or whoever holds this nameless node.

    An evidence or selector node belongs to its claim. Where several hold it, the first by IRI. A
    nameless claim belongs to itself, though a list of operands may hold it.
    """
    seen: set[str] = set()
    while nameless(node) and node not in seen and not data.objects(node, _IN_DOCUMENT):
        seen.add(node)
        holders = sorted(data.holders(node), key=name)
        if not holders:
            break
        node = holders[0]
    return node


def nameless(node: str) -> bool:
    """Whether the node is a blank node, or was one before it was loaded."""
    return is_blank(node) or node.startswith(f"<{SKOLEM}")


def label(data: Union, node: str) -> str:
    """What to call the node in a message: its name, else the last part of its IRI."""
    for predicate in _NAMES:
        if found := data.objects(node, predicate):
            return min(map(name, found))
    return "a nameless node" if nameless(node) else name(node).rstrip("/#").rsplit("/", 1)[-1]
