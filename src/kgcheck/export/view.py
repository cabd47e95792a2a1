"""Which part of a network a picture shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

VERDICTS = ("contradiction", "tension", "apparent", "corroboration", "repetition", "none")
LOUD = frozenset(VERDICTS[:2])
_FRAME = frozenset({"inDocument", "speaker", "publisher"})


@dataclass(frozen=True, slots=True)
class View:
    """The part that is drawn, what of it stands in the foreground, and how large the whole is."""

    graph: nx.MultiDiGraph[str]
    foreground: frozenset[str]
    nodes: int
    edges: int

    @property
    def cut(self) -> bool:
        """Whether anything was left out."""
        return len(self.graph) < self.nodes

    @property
    def says(self) -> str:
        """How much is drawn, and where the rest is to be had."""
        if not self.cut:
            return f"{self.nodes:,} nodes, {self.edges:,} links"
        return (
            f"{len(self.graph):,} of {self.nodes:,} nodes are drawn, those nearest to the findings first. "
            "kgcheck export --format gexf holds all of them, for Gephi and its like; "
            "--around, --document, --verdict, --from and --to draw a part"
        )


def around_findings(graph: nx.MultiDiGraph[str], most: int) -> View:
    """At most `most` nodes, nearest to the findings first.

    In the foreground: contradictions and tensions (where there are none, whatever was found; failing
    that, everything), their claims, and the documents, speakers and outlets of these.
    """
    foreground = _foreground(graph)
    kept: dict[str, None] = {}
    waiting = [
        *_by_verdict(graph),
        *(name for name in sorted(graph) if graph.nodes[name].get("kind") == "document"),
    ]
    layer = [name for name in waiting if name in foreground] or waiting
    layer += [name for name in sorted(foreground) if name not in set(layer)]
    while layer and len(kept) < most:
        following: dict[str, None] = {}
        for name in layer:
            if name not in kept and len(kept) < most:
                kept[name] = None
                following |= dict.fromkeys(sorted({*graph.successors(name), *graph.predecessors(name)}))
        layer = [name for name in following if name not in kept]
        if not layer:
            layer = [name for name in (*waiting, *sorted(graph)) if name not in kept][: most - len(kept)]
    shown = graph.subgraph(kept).copy() if len(kept) < len(graph) else graph
    return View(shown, foreground & kept.keys(), len(graph), graph.number_of_edges())


def _by_verdict(graph: nx.MultiDiGraph[str], wanted: Iterable[str] = VERDICTS) -> list[str]:
    """The findings, strongest first."""
    found = [
        (VERDICTS.index(str(data["verdict"])), name)
        for name, data in graph.nodes(data=True)
        if data.get("kind") == "finding" and data.get("verdict") in set(wanted)
    ]
    return [name for _, name in sorted(found)]


def _foreground(graph: nx.MultiDiGraph[str]) -> frozenset[str]:
    findings = _by_verdict(graph, LOUD) or _by_verdict(graph)
    if not findings:
        return frozenset(graph)
    claims = {end for name in findings for end in graph.successors(name)}
    frame = {
        end
        for claim in claims
        for _, end, data in graph.out_edges(claim, data=True)
        if data["relation"] in _FRAME
    }
    outlets = {
        end
        for name in frame
        for _, end, data in graph.out_edges(name, data=True)
        if data["relation"] == "publisher"
    }
    return frozenset({*findings, *claims, *frame, *outlets})
