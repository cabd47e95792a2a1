"""Files of RDF as lines of N-Quads, in pieces of one graph each.

Oxigraph reads and writes the statements one by one; what looks at them afterwards does so many at a
time, as text. That is an order of magnitude faster than looking at each term from Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kgcheck.errors import InputError
from kgcheck.store.parsing import parse_file

_FEWEST = 64
"""Statements of a piece at least."""

_SIZE = 1 << 20
"""Bytes of a piece, as far as one can tell before."""


class Piece(NamedTuple):
    """Lines that follow each other in a file and stand in one graph.

    `graph` is its IRI, empty for the default graph. `last` tells that the next piece is of another
    graph.
    """

    graph: str
    text: bytes
    last: bool

    @property
    def ending(self) -> bytes:
        """What all its lines end in."""
        return ending(self.graph)


def ending(graph: str) -> bytes:
    """What the lines of a graph end in; `graph` is empty for the default graph."""
    return f" <{graph}> .\n".encode() if graph else DEFAULT


DEFAULT = b" .\n"
"""How a line ends whose statement stands in the default graph."""


def pieces(path: Path) -> Iterator[Piece]:
    """The statements of a file, in its order. Raises as `parse_file`, and InputError for unnamed graphs."""
    for name, quads in groupby(parse_file(path), attrgetter("graph_name")):
        if isinstance(name, ox.BlankNode):
            raise InputError("a graph without a name", path, remedy="Give the graph an IRI.")
        graph = name.value if isinstance(name, ox.NamedNode) else ""
        texts = write_lines(quads)
        text = next(texts)
        for following in texts:
            yield Piece(graph, text, last=False)
            text = following
        yield Piece(graph, text, last=True)


def write_lines(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    """Statements as lines of N-Quads, some thousands at a time."""
    source = iter(quads)
    count = _FEWEST
    while text := ox.serialize(islice(source, count), format=ox.RdfFormat.N_QUADS):
        yield text
        count = max(_FEWEST, min(8192, count * _SIZE // len(text)))
