"""Blank nodes get names made of what is said about them.

A name that a parser gives differs from one reading to the next; a name made of the content does
not. So loading a file twice, renaming its blank nodes, or cutting it in two adds nothing.

Nearly all blank nodes hang in trees, each below one other thing. The top of a tree is named by all
that the tree says and by what it hangs on; a node below gets the name of the one above and its
number among the statements there, put in order. Where a node hangs on several things or on itself,
the whole of what hangs together is named as `knots` does it, which takes more time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from kgcheck.namespaces import SKOLEM
from kgcheck.store.knots import Arc, name_knots
from kgcheck.store.limits import DEPTH, check_depth, refuse_depth

Endings = Callable[[bytes], bytes]
"""How the lines about a subject end, their graph included."""

_LONGEST_TEXT = 1_000
"""What is below a node is part of the text of the one above, as a hash where it is longer."""

_LONGEST_NAME = 100
_OPENING = b"<" + SKOLEM.encode()


class BlankNodes:
    """Collects statements with blank nodes until all about these nodes is there, then names them."""

    def __init__(self, path: Path, depth: int = DEPTH) -> None:
        self._path = path
        self._depth = depth
        self._said: dict[bytes | None, dict[bytes, list[bytes]]] = {}  # ending → node → "predicate object"
        self._links: list[_Link] = []

    def collect(self, text: bytes, ending: bytes, placed: bytes | None) -> bytes:
        """Take what touches blank nodes out of lines of N-Quads that all have one ending.

        They will have the ending `placed`, or where that is None, one that depends on what the nodes
        hang on. Returns the other lines, which keep theirs.
        """
        if b"_:" not in text:
            return text
        first, *pieces = (b"\n" + text).split(b"\n_:")
        if not pieces:
            return self._without_links(text, ending, placed)
        pieces[-1] = pieces[-1].removesuffix(b"\n")
        others = [self._without_links(first[1:] + b"\n", ending, placed)] if first else []
        said = self._said.setdefault(placed, {})
        width = len(ending) - 1  # without the end of the line
        for piece in pieces:
            end = piece.find(b"\n")
            if end >= 0:
                others.append(self._without_links(piece[end + 1 :] + b"\n", ending, placed))
                piece = piece[:end]
            node, _, phrase = piece[:-width].partition(b" ")
            if b" _:" in phrase:
                predicate, _, value = phrase.partition(b" ")
                if value.startswith(b"_:"):
                    self._links.append((placed, b"_:" + node, predicate, value[2:]))
                    continue
            if node in said:
                said[node].append(phrase)
            else:
                said[node] = [phrase]
        return b"".join(others)

    def _without_links(self, text: bytes, ending: bytes, placed: bytes | None) -> bytes:
        """Lines with something else for a subject, but for those that lead to a blank node."""
        found = text.find(b" _:")
        if found < 0:
            return text
        others = []
        done = 0
        while found >= 0:
            start, end = text.rfind(b"\n", 0, found) + 1, text.find(b"\n", found) + 1
            subject, predicate, value = text[start : end - len(ending)].split(b" ", 2)
            if value.startswith(b"_:"):
                self._links.append((placed, subject, predicate, value[2:]))
                others.append(text[done:start])
                done = end
            found = text.find(b" _:", end)
        others.append(text[done:])
        return b"".join(others)

    def named(self, endings: Endings) -> bytes:
        """The statements collected, blank nodes replaced by IRIs; after that none is left here.

        `endings` gives the ending that belongs to an IRI. Raises InputError where blank nodes hang too
        deep below each other, or too many in circles.
        """
        if not (self._said or self._links):
            return b""
        forest = _Forest(self._said.values(), self._links, self._path)
        names = forest.names(self._depth)
        parts = []
        for placed, nodes in self._said.items():
            for node, phrases in nodes.items():
                ending = endings(forest.owner(node)) if placed is None else placed
                opening = names[node] + b" "
                parts.append(opening + (ending + opening).join(phrases) + ending)
        for placed, subject, predicate, node in self._links:
            ending = endings(forest.owner(node)) if placed is None else placed
            if subject.startswith(b"_:"):
                subject = names[subject[2:]]
            parts.append(b"%s %s %s%s" % (subject, predicate, names[node], ending))
        self._said, self._links = {}, []
        return b"".join(parts)


_Link = tuple[bytes | None, bytes, bytes, bytes]
"""Ending, subject, predicate, blank node."""


class _Forest:
    """What is said about blank nodes, and how they hang together."""

    def __init__(
        self,
        said: Collection[dict[bytes, list[bytes]]],
        links: Iterable[_Link],
        path: Path,
    ) -> None:
        self._path = path
        self._said: dict[bytes, list[bytes]] = {}
        for nodes in said:
            if len(said) == 1:
                self._said = nodes
            else:
                for node, phrases in nodes.items():
                    self._said.setdefault(node, []).extend(phrases)
        self._children: dict[bytes, list[Arc]] = {}
        self._above: dict[bytes, Arc] = {}  # node → the subject and the predicate that lead to it
        self._several: dict[bytes, set[Arc]] = {}  # where that is not one
        for _, subject, predicate, node in links:
            arc = (subject, predicate)
            known = self._above.get(node)
            if known == arc:
                continue
            if known is None:
                self._above[node] = arc
            else:
                self._several.setdefault(node, {known}).add(arc)
            if subject.startswith(b"_:"):
                self._children.setdefault(subject[2:], []).append((predicate, node))
        self._names: dict[bytes, bytes] = {}

    def names(self, depth: int) -> dict[bytes, bytes]:
        """The IRI of each node in angle brackets, by the label that the parser gave it."""
        above, children = self._above, self._children
        nodes = self._said.keys() | above.keys() | children.keys()
        knotted = self._tied_to(self._several)
        layers = []
        layer = [
            node
            for node in nodes
            if node not in knotted and not (node in above and above[node][0].startswith(b"_:"))
        ]
        while layer:
            layers.append(layer)
            layer = [child for node in layer if node in children for _, child in children[node]]
        if len(layers) > depth:
            refuse_depth(self._path)
        self._name_trees(layers)
        if len(self._names) < len(nodes):  # the rest hangs on several things, or on itself
            rest = nodes - self._names.keys()
            arcs = {node: self._several.get(node) or {above[node]} for node in rest if node in above}
            check_depth({node: min(subject for subject, _ in arcs[node]) for node in arcs}, depth, self._path)
            for node, name in name_knots(rest, self._said, children, arcs, self._path).items():
                self._names[node] = b"%s%s>" % (_OPENING, name.encode())
        return self._names

    def _tied_to(self, nodes: Iterable[bytes]) -> set[bytes]:
        """These nodes and all that hang together with them."""
        tied: set[bytes] = set()
        edge = set(nodes)
        while edge:
            tied |= edge
            near = {child for node in edge for _, child in self._children.get(node, ())}
            for node in edge:
                arcs = self._several.get(node) or ({self._above[node]} if node in self._above else ())
                near |= {subject[2:] for subject, _ in arcs if subject.startswith(b"_:")}
            edge = near - tied
        return tied

    def _name_trees(self, layers: Sequence[Sequence[bytes]]) -> None:
        said, children, names = self._said, self._children, self._names
        texts: dict[bytes, bytes] = {}
        numbers: dict[bytes, int] = {}
        for layer in reversed(layers):
            for node in layer:
                lines = said.get(node, [])
                if node in children:
                    below = {child: b"%s [%s]" % (p, texts[child]) for p, child in children[node]}
                    # As a set: two things of which the same is said are one.
                    lines = sorted({*lines, *below.values()})
                    places = {line: place for place, line in enumerate(lines)}
                    numbers |= {child: places[line] for child, line in below.items()}
                elif len(lines) > 1:
                    lines = sorted(set(lines))
                text = b"\n".join(lines)
                texts[node] = text if len(text) < _LONGEST_TEXT else b"#" + _digest(text)
        for node in layers[0] if layers else ():
            subject, predicate = self._above.get(node, (b"", b""))
            names[node] = _OPENING + _digest(b"%s %s\n%s" % (subject, predicate, texts[node])) + b">"
        for layer in layers[1:]:
            for node in layer:
                name = b"%s.%d" % (names[self._above[node][0][2:]][:-1], numbers[node])
                names[node] = (name if len(name) < _LONGEST_NAME else _OPENING + _digest(name)) + b">"

    def owner(self, node: bytes) -> bytes:
        """The IRI on which a named node hangs in the end; empty where there is none."""
        passed: set[bytes] = set()
        while node not in passed and node in self._above:
            passed.add(node)
            subjects = {subject for subject, _ in self._several.get(node) or {self._above[node]}}
            if fixed := [subject for subject in subjects if not subject.startswith(b"_:")]:
                return min(fixed)
            node = min((subject[2:] for subject in subjects), key=self._names.__getitem__)
        return b""


def _digest(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=16).hexdigest().encode()
