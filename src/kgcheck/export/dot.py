"""DOT, for Graphviz.

Written here and not by pydot: pydot 4 leaves backslashes bare and takes text in angle brackets for
markup, so that such labels come back changed or not at all. Every name and value is a quoted string,
in which only the quotation mark and the backslash mean anything (Graphviz, "The DOT Language").
"""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx

from kgcheck.export.sanitise import tame

SHAPES = {
    "claim": "box",
    "document": "note",
    "finding": "octagon",
    "inspection": "folder",
    "organisation": "house",
    "person": "ellipse",
    "source": "cylinder",
}
LONGEST = 4_000
"""Characters of a value: a drawing has no room for more, and Graphviz reads long strings badly."""

COLOURS = {"contradiction": "#b2182b", "tension": "#e08214"}


def render(graph: nx.MultiDiGraph[str]) -> bytes:
    """The network as a digraph, UTF-8. Attributes that Graphviz does not know it passes over."""
    calm = tame(graph)
    lines = [
        "digraph kgcheck {",
        '  graph [charset="UTF-8", rankdir="LR"];',
        '  node [fontname="sans-serif"];',
    ]
    for name, data in calm.nodes(data=True):
        shape = SHAPES.get(str(data.get("kind")), "plaintext")
        lines.append(f"  {quoted(name)}{_attributes({**data, **_colour(data), 'shape': shape})};")
    for start, end, data in calm.edges(data=True):
        look = {**data, **_colour(data), "label": str(data.get("relation", ""))}
        lines.append(f"  {quoted(start)} -> {quoted(end)}{_attributes(look)};")
    return "\n".join([*lines, "}", ""]).encode()


def quoted(value: object) -> str:
    """A DOT string. Backslashes are doubled, so that `\\N` or `\\l` in data stays what it is."""
    text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


def _attributes(data: Mapping[str, object]) -> str:
    pairs = ", ".join(f"{quoted(name)}={quoted(_bounded(value))}" for name, value in sorted(data.items()))
    return f" [{pairs}]"


def _bounded(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _colour(data: Mapping[str, object]) -> dict[str, str]:
    colour = COLOURS.get(str(data.get("verdict")))
    return {"color": colour, "penwidth": "2"} if colour else {}
