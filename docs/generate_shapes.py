"""Write docs/shapes.md, the reference of all SHACL shapes, from the Turtle files of shapes/.

    python docs/generate_shapes.py

A test compares the file with what `render` gives, so that the two cannot drift.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rdflib import RDF, SH, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import BNode, Node, URIRef

ROOT = Path(__file__).resolve().parent.parent
SHAPES = ROOT / "shapes"
PAGE = ROOT / "docs" / "shapes.md"
KGS = Namespace("https://w3id.org/kgcheck/shapes#")

_INTRODUCTION = """\
# Shapes

What `kgcheck validate` asks of documents and claims. This page is made by `python docs/generate_shapes.py`
from the files of [`shapes/`](../shapes), which hold the exact constraints in SHACL.

A **Violation** leaves the claim out of all checks and fails the run; a **Warning** is advice. Whether two
claims agree is no matter of shapes: that is what [checks](checks.md) look at. Messages say what to do.
"""
_TARGETS = {
    SH.targetClass: "every {}",
    SH.targetSubjectsOf: "whatever has {}",
    SH.targetObjectsOf: "every value of {}",
    SH.targetNode: "{}",
}


def render(folder: Path = SHAPES) -> str:
    """The whole page as Markdown."""
    parts = [_INTRODUCTION]
    for path in sorted(folder.glob("*.ttl")):
        parts += _file(Graph().parse(path), path)
    return "\n".join(parts)


def _file(graph: Graph, path: Path) -> Iterator[str]:
    yield f"## {path.stem.replace('-', ' ').capitalize()}\n"
    shapes = sorted(
        (s for s in graph.subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef)),
        key=lambda shape: (_line(path, shape), shape),
    )
    tables: dict[str, list[str]] = {}
    for shape in shapes:
        targets = [
            words.format(f"`{_name(graph, target)}`")
            for predicate, words in _TARGETS.items()
            for target in sorted(graph.objects(shape, predicate))
        ]
        if rows := list(_rows(graph, shape)):
            tables.setdefault(", ".join(targets) or "other shapes to refer to", []).extend(rows)
    for targets_of, rows in tables.items():
        yield f"For {targets_of}:\n"
        yield "| what | property | says | otherwise |"
        yield "|---|---|---|---|"
        yield from rows
        yield ""


def _rows(graph: Graph, shape: URIRef) -> Iterator[str]:
    """The shape itself, where it has a message, and its properties in the order of their names."""
    parts: list[Node] = [shape] if (shape, SH.message, None) in graph else []
    parts += sorted(graph.objects(shape, SH.property))
    for part in parts:
        path = graph.value(part, SH.path)
        cells = (
            str(graph.value(part, SH.name) or ""),
            f"`{_path(graph, path)}`" if path is not None else "",
            str(graph.value(part, SH.description) or ""),
            f"{_severity(graph, part)}: {_code(str(graph.value(part, SH.message) or ''))}",
        )
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _severity(graph: Graph, part: Node) -> str:
    return str(graph.value(part, SH.severity) or SH.Violation).rpartition("#")[2]


def _code(text: str) -> str:
    """Angle brackets would be taken for markup."""
    return text.replace("<", "&lt;")


def _path(graph: Graph, path: Node) -> str:
    """A property path in the notation of SPARQL."""
    if isinstance(path, URIRef):
        return _name(graph, path)
    if (inverse := graph.value(path, SH.inversePath)) is not None:
        return f"^{_path(graph, inverse)}"
    if (choices := graph.value(path, SH.alternativePath)) is not None:
        return "(" + " or ".join(_path(graph, step) for step in Collection(graph, choices)) + ")"
    for predicate, sign in ((SH.zeroOrMorePath, "*"), (SH.oneOrMorePath, "+"), (SH.zeroOrOnePath, "?")):
        if (inner := graph.value(path, predicate)) is not None:
            return f"{_path(graph, inner)}{sign}"
    assert isinstance(path, BNode)
    return "/".join(_path(graph, step) for step in Collection(graph, path))


def _name(graph: Graph, node: Node) -> str:
    return graph.namespace_manager.qname(str(node)) if isinstance(node, URIRef) else str(node)


def _line(path: Path, shape: URIRef) -> int:
    """Where the shape begins in its file."""
    start = f"kgs:{shape.removeprefix(KGS)} a "
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines) if line.startswith(start)), len(lines))


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
