"""Cytoscape JSON, for cytoscape.js and Cytoscape desktop."""

from __future__ import annotations

import networkx as nx

from kgcheck.export.json_text import json_text
from kgcheck.export.sanitise import tame


def render(graph: nx.MultiDiGraph[str]) -> bytes:
    """The network as `{"elements": {"nodes": [{"data": …}], "edges": [{"data": …}]}}`, UTF-8.

    A node's data has its `id` and `name` (the label), an edge's its `id`, `source` and `target`.
    `directed`, `multigraph` and `key` are what networkx needs to read it back.
    """
    calm = tame(graph)
    nodes = [
        {"data": {**data, "id": name, "value": name, "name": data.get("label", name)}}
        for name, data in calm.nodes(data=True)
    ]
    edges = [
        {"data": {**data, "id": key, "key": key, "source": start, "target": end}}
        for start, end, key, data in calm.edges(data=True, keys=True)
    ]
    elements = {"nodes": nodes, "edges": edges}
    return json_text({"data": [], "directed": True, "multigraph": True, "elements": elements})
