"""A still picture of what surrounds the findings: shapes, lines and words, before any file format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx

from kgcheck.export.layout import Place, places
from kgcheck.export.sanitise import one_line, tame
from kgcheck.export.view import VERDICTS, around_findings

MOST = 300
"""More nodes than this fit no sheet of paper; what is nearest to the findings is drawn."""

LONGEST = 42
_SHAPES = {"finding": "diamond", "claim": "circle", "document": "square", "person": "triangle"}
_COLOURS = {
    "claim": "#40618f",
    "document": "#5b4b8a",
    "person": "#8c4a6d",
    "organisation": "#2f7a76",
    "source": "#7a6a2f",
}
_VERDICT_COLOURS = dict(
    zip(VERDICTS, ("#a3242c", "#8a5200", "#2b6478", "#2f6b41", "#4c6650", "#585e69"), strict=True)
)
_SIZES = {"finding": 9.0, "document": 7.0}
_NAMED = ("finding", "document", "person", "organisation", "source")


@dataclass(frozen=True, slots=True)
class Dot:
    """A node: circle (a claim), square (a document), diamond (a finding), triangle or hexagon (who)."""

    place: Place
    shape: str
    size: float
    colour: str
    label: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """A link; `dashes` stand for a tension, `width` tells conflicts from mere links."""

    start: Place
    end: Place
    colour: str
    width: float
    dashes: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything on the sheet, and a line that says what it shows."""

    dots: tuple[Dot, ...]
    strokes: tuple[Stroke, ...]
    says: str


LEGEND = (
    "Diamonds are findings, circles claims, squares documents, triangles people, hexagons bodies and "
    "sources. Full thick lines: contradiction. Dashed lines: tension."
)


def drawing(graph: nx.MultiDiGraph[str]) -> Drawing:
    """The foreground of a network with its findings, at most MOST nodes of it."""
    view = around_findings(tame(graph), MOST)
    shown = view.graph.subgraph(view.foreground) if view.foreground else view.graph
    where = places(nx.MultiDiGraph(shown))
    rest = len(graph) - len(shown)
    says = f"{len(shown):,} nodes around the findings"
    if rest:
        says += f"; {rest:,} more are left out: kgcheck export --format gexf holds all of them"
    return Drawing(tuple(_dots(shown, where)), tuple(_strokes(shown, where)), f"{says}.")


def _dots(graph: nx.MultiDiGraph[str], where: dict[str, Place]) -> Iterator[Dot]:
    for name in sorted(graph):
        data = graph.nodes[name]
        kind = str(data.get("kind"))
        label = one_line(str(data.get("label", name)))
        yield Dot(
            where[name],
            _SHAPES.get(kind, "hexagon"),
            _SIZES.get(kind, 5.0),
            _VERDICT_COLOURS.get(str(data.get("verdict")), "#585e69")
            if kind == "finding"
            else _COLOURS.get(kind, "#7b808a"),
            label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…",
            kind in _NAMED,
        )


def _strokes(graph: nx.MultiDiGraph[str], where: dict[str, Place]) -> Iterator[Stroke]:
    found = []
    for start, end, data in graph.edges(data=True):
        relation = str(data.get("relation"))
        loud = relation in VERDICTS[:2]
        colour = _VERDICT_COLOURS[relation] if loud else "#d5d2ca"
        width = 2.6 if relation == VERDICTS[0] else 1.8 if loud else 0.7
        found.append((loud, Stroke(where[start], where[end], colour, width, relation == VERDICTS[1])))
    yield from (stroke for _, stroke in sorted(found, key=lambda pair: pair[0]))
