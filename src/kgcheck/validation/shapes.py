"""Reading a folder of SHACL shapes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import SH, Graph
from rdflib.plugins.parsers.notation3 import BadSyntax

from kgcheck.errors import InputError, SyntaxInFile

TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)


@cache
def read_shapes(folder: Path) -> Graph:
    """All shapes of the `.ttl` files in `folder`, read once; callers do not change the graph.

    Raises InputError when there are none and SyntaxInFile when a file is not Turtle.
    """
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise InputError(
            "no shapes here", path=folder, remedy="Name a folder that holds .ttl files of SHACL shapes."
        )
    shapes = Graph(bind_namespaces="none")
    for file in files:
        try:
            shapes.parse(file, format="turtle")
        except BadSyntax as error:
            raise SyntaxInFile(
                "not Turtle",
                path=file,
                line=error.lines + 1,
                remedy="Correct the file; shapes are written in Turtle.",
            ) from error
    lift(shapes)
    return shapes


def lift(shapes: Graph) -> None:
    """Hand the targets of node shapes down to their property shapes, in place.

    The results are the same ones; pySHACL visits all focus nodes of a shape that has a target in
    one go, and those of a nested shape one by one, which takes several times as long. A node shape
    that others refer to, or that is switched off, stays as it is.
    """
    for outer in {outer for target in TARGETS for outer in shapes.subjects(target)}:
        if any((outer, kept, None) in shapes for kept in (SH.path, SH.deactivated)):
            continue
        if (None, None, outer) in shapes:
            continue
        for inner in list(shapes.objects(outer, SH.property)):
            # A shape that is not there stays where it is missed, so that pySHACL complains.
            if (inner, SH.path, None) not in shapes:
                continue
            for target in TARGETS:
                for focus in list(shapes.objects(outer, target)):
                    shapes.add((inner, target, focus))
            shapes.remove((outer, SH.property, inner))
