"""Reading a folder of SHACL shapes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rdflib import Graph
from rdflib.plugins.parsers.notation3 import BadSyntax

from kgcheck.errors import InputError, SyntaxInFile


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
    return shapes
