"""Reading a folder of SHACL shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kgcheck.errors import InputError, SyntaxInFile
from kgcheck.namespaces import expand
from kgcheck.validation.compiled.graph import ShapesGraph

if TYPE_CHECKING:
    from rdflib import Graph


_HELD_AGAINST = (expand("rdf:first"), expand("sh:hasValue"))


@cache
def read_shapes(folder: Path) -> ShapesGraph:
    """All shapes of the `.ttl` files in `folder`, read once.

    Raises InputError when there are none and SyntaxInFile when a file is not Turtle.
    """
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise InputError(
            "no shapes here", path=folder, remedy="Name a folder that holds .ttl files of SHACL shapes."
        )
    triples: list[ox.Triple] = []
    prefixes: dict[str, str] = {}
    for file in files:
        try:
            parser = ox.parse(path=file, format=ox.RdfFormat.TURTLE, base_iri=file.resolve().as_uri())
            triples.extend(quad.triple for quad in parser)
            prefixes |= parser.prefixes
        except SyntaxError as error:
            raise SyntaxInFile(
                "not Turtle",
                path=file,
                line=error.lineno,
                remedy="Correct the file; shapes are written in Turtle.",
            ) from error
    return ShapesGraph(_as_stored(triples), prefixes)


def _as_stored(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples, with the terms that data is held against written as a store writes them: `1.0` as `1`."""
    store = ox.Store()
    for triple in triples:
        if triple.predicate.value in _HELD_AGAINST:
            store.add(ox.Quad(*triple))
        else:
            yield triple
    for quad in store:
        yield quad.triple


def lift(shapes: Graph) -> None:
    """Hand the targets of node shapes down to their property shapes, in place.

    The results are the same ones; pySHACL visits all focus nodes of a shape that has a target in
    one go, and those of a nested shape one by one, which takes several times as long. A node shape
    that others refer to, that is closed or switched off, stays as it is, and so does a property shape
    that is told from its siblings.
    """
    from rdflib import SH

    targets = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
    for outer in {outer for target in targets for outer in shapes.subjects(target)}:
        if any((outer, kept, None) in shapes for kept in (SH.path, SH.deactivated, SH.closed)):
            continue
        if (None, None, outer) in shapes:
            continue
        inside = list(shapes.objects(outer, SH.property))
        if any((inner, SH.qualifiedValueShapesDisjoint, None) in shapes for inner in inside):
            continue
        for inner in inside:
            # A shape that is not there stays where it is missed, so that pySHACL complains.
            if (inner, SH.path, None) not in shapes:
                continue
            for target in targets:
                for focus in list(shapes.objects(outer, target)):
                    shapes.add((inner, target, focus))
            shapes.remove((outer, SH.property, inner))
