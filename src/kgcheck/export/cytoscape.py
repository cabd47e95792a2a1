"""Cytoscape JSON, for cytoscape.js and Cytoscape desktop."""

from __future__ import annotations

import networkx as nx

from kgcheck.export.json_text import json_text
from kgcheck.export.sanitise import tame


def render(graph: nx.MultiDiGraph[str]) -> bytes:
    """`{"elements": {"nodes": [{"data": {id, …}}], "edges": [{"data": {id, source, target, …}}]}}`."""
    calm = tame(graph)
    nodes = [{"data": {**data, "id": name}} for name, data in calm.nodes(data=True)]
    edges = [
        {"data": {**data, "id": key, "source": start, "target": end}}
        for start, end, key, data in calm.edges(data=True, keys=True)
    ]
    return json_text({"elements": {"nodes": nodes, "edges": edges}})
