"""Names for blank nodes of which some hang on several things, or on each other in a circle.

The name hashes everything below a node (its statements, and theirs in turn, lists included) and
then everything above it, so that two unnamed things are one only when nothing tells them apart.
Nodes on a circle have no bottom to start from: they are told apart by refining colours over their
neighbours, as in Weisfeiler and Leman (1968), one of the remaining equals being singled out where
that ends in a draw.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from kgcheck.errors import InputError

CIRCULAR_LIMIT = 100
"""The most blank nodes that may hang together in circles; telling them apart takes cubic time."""

Arc = tuple[bytes, bytes]
"""A predicate and a blank node or its name; in what is above a node, a subject and a predicate."""


def name_knots(
    nodes: Collection[bytes],
    said: Mapping[bytes, Iterable[bytes]],
    children: Mapping[bytes, Iterable[Arc]],
    above: Mapping[bytes, Iterable[Arc]],
    path: Path,
) -> dict[bytes, str]:
    """The name of each of `nodes`, which must be all that hang together.

    `said` has their statements with fixed objects as "predicate object", `children` the predicates
    and nodes that they lead to, `above` the subjects and predicates that lead to them, where blank
    nodes begin with `_:`. Raises InputError where too many refer to each other in circles.
    """
    return _Naming(nodes, said, children, above, path).names()


class _Naming:
    def __init__(
        self,
        nodes: Collection[bytes],
        said: Mapping[bytes, Iterable[bytes]],
        children: Mapping[bytes, Iterable[Arc]],
        above: Mapping[bytes, Iterable[Arc]],
        path: Path,
    ) -> None:
        self.path = path
        self.nodes = set(nodes)
        self.said = {node: sorted(set(said.get(node, ()))) for node in nodes}
        self.children = {node: set(children.get(node, ())) for node in nodes}
        self.told: dict[bytes, set[bytes]] = {node: set() for node in nodes}  # with fixed terms above
        self.parents: dict[bytes, set[Arc]] = {node: set() for node in nodes}
        for node in nodes:
            for subject, predicate in above.get(node, ()):
                if subject.startswith(b"_:"):
                    self.parents[node].add((predicate, subject[2:]))
                else:
                    self.told[node].add(predicate + b" " + subject)

    def names(self) -> dict[bytes, str]:
        rising = list(self._inside_out())
        below: dict[bytes, str] = {}
        for node in rising:
            # As sets: two children of which the same is said are one, and one name stands for both.
            below[node] = _digest(self.said[node], {(p, below[child]) for p, child in self.children[node]})
        circular = self.nodes - below.keys()
        names: dict[bytes, str] = {}
        for knot in self._knots(circular):
            names |= self._refined(knot, below)
        for node in reversed(rising):
            above = {(p, names[parent]) for p, parent in self.parents[node]}
            names[node] = _digest((below[node].encode(),), (), self.told[node], above)
        return names

    def _inside_out(self) -> Iterator[bytes]:
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

    def _knots(self, circular: set[bytes]) -> Iterator[set[bytes]]:
        """The circular nodes in groups that do not touch each other."""
        left = set(circular)
        while left:
            knot: set[bytes] = set()
            edge = {left.pop()}
            while edge:
                knot |= edge
                near = {other for node in edge for _, other in (*self.children[node], *self.parents[node])}
                edge = (near & circular) - knot
            left -= knot
            yield knot

    def _refined(self, circular: set[bytes], below: dict[bytes, str]) -> dict[bytes, str]:
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
            drawn = min(colour for colour, members in classes.items() if len(members) > 1)
            chosen = classes[drawn][0]
            colours = self._stable({**colours, chosen: _digest((drawn.encode(), b"singled out"))})
        return colours

    def _stable(self, colours: dict[bytes, str]) -> dict[bytes, str]:
        """Colours refined until no further node can be told apart."""
        count = len(set(colours.values()))
        while True:
            colours = {
                node: _digest(
                    (colour.encode(),),
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
    said: Iterable[bytes],
    children: Iterable[tuple[bytes, str]] = (),
    told: Iterable[bytes] = (),
    parents: Iterable[tuple[bytes, str]] = (),
) -> str:
    """128 bits of the statements below and above a node, whatever their order."""
    down, up = "↓".encode(), "↑".encode()
    parts = [*sorted(said), down, *_lines(children), up, *sorted(told), up, *_lines(parents)]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()[:32]


def _lines(arcs: Iterable[tuple[bytes, str]]) -> list[bytes]:
    return sorted(predicate + b" " + name.encode() for predicate, name in arcs)
