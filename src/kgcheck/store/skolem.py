"""Blank nodes get names made of what is said about them.

A name that a parser gives differs from one reading to the next; a name made of the content does
not. So loading a file twice, renaming its blank nodes, or cutting it in two adds nothing.

The name hashes everything below a node (its statements, and theirs in turn, lists included) and
then everything above it, so that two unnamed things are one only when nothing tells them apart.
Nodes on a circle have no bottom to start from: they are told apart by refining colours over their
neighbours, as in Weisfeiler and Leman (1968), one of the remaining equals being singled out where
that ends in a draw.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from kgcheck.errors import InputError
from kgcheck.namespaces import SKOLEM

CIRCULAR_LIMIT = 100
"""The most blank nodes that may hang together in circles; telling them apart takes cubic time."""

_Arc = tuple[str, str]  # predicate, blank node or its name


def skolemise(quads: Sequence[ox.Quad], path: Path) -> Iterator[ox.Quad]:
    """The same quads with an IRI in place of each blank node.

    `quads` are all the statements of one file that touch a blank node. Raises InputError where too
    many blank nodes refer to each other in circles.
    """
    names = {label: ox.NamedNode(SKOLEM + name) for label, name in _Naming(quads, path).names().items()}
    for quad in quads:
        subject, predicate, value, graph = quad
        if isinstance(subject, ox.BlankNode):
            subject = names[subject.value]
        if isinstance(value, ox.BlankNode):
            value = names[value.value]
        yield ox.Quad(subject, predicate, value, graph)


class _Naming:
    """Names the blank nodes of one file."""

    def __init__(self, quads: Sequence[ox.Quad], path: Path) -> None:
        self.path = path
        self.nodes: set[str] = set()
        self.said: dict[str, set[str]] = defaultdict(set)  # with fixed terms below
        self.told: dict[str, set[str]] = defaultdict(set)  # with fixed terms above
        self.children: dict[str, set[_Arc]] = defaultdict(set)
        self.parents: dict[str, set[_Arc]] = defaultdict(set)
        for quad in quads:
            subject, predicate, value, _ = quad
            if isinstance(subject, ox.BlankNode) and isinstance(value, ox.BlankNode):
                self.nodes |= {subject.value, value.value}
                self.children[subject.value].add((predicate.value, value.value))
                self.parents[value.value].add((predicate.value, subject.value))
            elif isinstance(subject, ox.BlankNode):
                self.nodes.add(subject.value)
                self.said[subject.value].add(f"{predicate} {value}")
            elif isinstance(value, ox.BlankNode):
                self.nodes.add(value.value)
                self.told[value.value].add(f"{predicate} {subject}")

    def names(self) -> dict[str, str]:
        """The name of each node, by the label that the parser gave it."""
        rising = list(self._inside_out())
        below: dict[str, str] = {}
        for node in rising:
            # As sets: two children of which the same is said are one, and one name stands for both.
            below[node] = _digest(self.said[node], {(p, below[child]) for p, child in self.children[node]})
        circular = self.nodes - below.keys()
        names: dict[str, str] = {}
        for knot in self._knots(circular):
            names |= self._refined(knot, below)
        for node in reversed(rising):
            above = {(p, names[parent]) for p, parent in self.parents[node]}
            names[node] = _digest((below[node],), (), self.told[node], above)
        return names

    def _inside_out(self) -> Iterator[str]:
        """Nodes in an order that puts those below first; what hangs on a circle does not come."""
        waiting = {node: len(self.children[node]) for node in self.nodes}
        ready = [node for node, count in waiting.items() if count == 0]
        while ready:
            node = ready.pop()
            yield node
            for _, parent in self.parents[node]:
                waiting[parent] -= 1
                if waiting[parent] == 0:
                    ready.append(parent)

    def _knots(self, circular: set[str]) -> Iterator[set[str]]:
        """The circular nodes in groups that do not touch each other."""
        left = set(circular)
        while left:
            knot: set[str] = set()
            edge = {left.pop()}
            while edge:
                knot |= edge
                near = {other for node in edge for _, other in (*self.children[node], *self.parents[node])}
                edge = (near & circular) - knot
            left -= knot
            yield knot

    def _refined(self, circular: set[str], below: dict[str, str]) -> dict[str, str]:
        if len(circular) > CIRCULAR_LIMIT:
            raise InputError(
                f"{len(circular)} blank nodes refer to each other in circles",
                self.path,
                remedy="Give them IRIs.",
            )
        fixed = {
            node: _digest(
                self.said[node],
                {(p, below[child]) for p, child in self.children[node] if child in below},
                self.told[node],
            )
            for node in circular
        }
        colours = self._stable(fixed)
        while len(set(colours.values())) < len(colours):
            classes = defaultdict(list)
            for node, colour in colours.items():
                classes[colour].append(node)
            drawn = min((colour for colour, members in classes.items() if len(members) > 1), key=str)
            chosen = classes[drawn][0]
            colours = self._stable({**colours, chosen: _digest((drawn, "singled out"))})
        return colours

    def _stable(self, colours: dict[str, str]) -> dict[str, str]:
        """Colours refined until no further node can be told apart."""
        count = len(set(colours.values()))
        while True:
            colours = {
                node: _digest(
                    (colour,),
                    ((p, colours[child]) for p, child in self.children[node] if child in colours),
                    (),
                    ((p, colours[parent]) for p, parent in self.parents[node] if parent in colours),
                )
                for node, colour in colours.items()
            }
            if (refined := len(set(colours.values()))) == count:
                return colours
            count = refined


def _digest(
    said: Iterable[str],
    children: Iterable[_Arc] = (),
    told: Iterable[str] = (),
    parents: Iterable[_Arc] = (),
) -> str:
    """128 bits of the statements below and above a node, whatever their order."""
    parts = [*sorted(said), "↓", *_lines(children), "↑", *sorted(told), "↑", *_lines(parents)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _lines(arcs: Iterable[_Arc]) -> list[str]:
    return sorted(f"<{predicate}> {name}" for predicate, name in arcs)
