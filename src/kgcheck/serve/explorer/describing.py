"""What the graph says of a thing, as triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kgcheck.export import jsonld
from kgcheck.export.rdf import TYPE, turtle
from kgcheck.namespaces import BLOCK, DERIVED, SKOLEM
from kgcheck.store import Store

MOST = 20_000
"""More triples than this are not put on one page."""

_DERIVED = ox.NamedNode(DERIVED)
_SUBJECTS = ox.NamedNode | ox.BlankNode


def described(store: Store, *iris: str) -> list[ox.Triple]:
    """The triples about things, and those about the nodes without a name that they lead to.

    What was derived is left out, but for a block: it has nothing else to say of itself than who is in it.
    """
    found: dict[ox.Triple, None] = {}
    waiting: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in reversed(iris)]
    seen: set[object] = set()
    while waiting and len(found) < MOST:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        for quad in store.raw.quads_for_pattern(node, None, None):
            if quad.graph_name != _DERIVED and isinstance(quad.subject, _SUBJECTS):
                found[quad.triple] = None
                if isinstance(quad.object, _SUBJECTS) and _unnamed(quad.object):
                    waiting.append(quad.object)
    for iri in iris:
        if iri.startswith(BLOCK):
            found |= {quad.triple: None for quad in leading_to(store, iri)}
    return list(found)[:MOST]


def _unnamed(node: ox.NamedNode | ox.BlankNode) -> bool:
    return isinstance(node, ox.BlankNode) or node.value.startswith(SKOLEM)


def leading_to(store: Store, iri: str) -> Iterator[ox.Quad]:
    """The statements whose object a thing is; for a block those that were derived."""
    derived = iri.startswith(BLOCK)
    for quad in store.raw.quads_for_pattern(None, None, ox.NamedNode(iri)):
        if (quad.graph_name == _DERIVED) == derived:
            yield quad


def as_turtle(triples: Iterable[ox.Triple], names: Mapping[str, str]) -> bytes:
    """Turtle in UTF-8, the same from run to run."""
    return turtle(_in_order(triples), names)


def as_json_ld(triples: Iterable[ox.Triple], names: Mapping[str, str]) -> bytes:
    """Compact JSON-LD in UTF-8."""
    return jsonld.render(_in_order(triples), names)


def _in_order(triples: Iterable[ox.Triple]) -> list[ox.Quad]:
    quads = {ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples}
    return sorted(quads, key=_place)


def _place(quad: ox.Quad) -> tuple[str, bool, str, str]:
    return str(quad.subject), quad.predicate != TYPE, str(quad.predicate), str(quad.object)
