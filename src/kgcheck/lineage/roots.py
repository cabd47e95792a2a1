"""Roots: where the citations of a claim end.

A graph that is handed in must not change afterwards (`provenance_graph` freezes it): what was
worked out for it is kept for as long as the graph itself lives.
"""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

import networkx as nx

from kgcheck.lineage.ascent import ascent

_known: WeakKeyDictionary[nx.DiGraph[str], Mapping[str, frozenset[str]]] = WeakKeyDictionary()


def all_roots(graph: nx.DiGraph[str]) -> Mapping[str, frozenset[str]]:
    """The roots of every node, in one pass over the condensation of the graph.

    A root is an agent, or the source, document or claim at which the trail is lost. Nodes that cite
    one another in a circle with no way out have one root, named by the first of them.
    """
    if (known := _known.get(graph)) is None:
        known = _known[graph] = _ascend(graph)
    return known


def roots(graph: nx.DiGraph[str], claim: str) -> frozenset[str]:
    """The roots of one node. Raises KeyError when the graph does not hold it."""
    return all_roots(graph)[claim]


def unknown_roots(graph: nx.DiGraph[str], claim: str) -> frozenset[str]:
    """Those roots of a claim that are no agent: who stands behind them is not stated."""
    return frozenset(root for root in roots(graph, claim) if graph.nodes[root]["kind"] != "agent")


def _ascend(graph: nx.DiGraph[str]) -> dict[str, frozenset[str]]:
    condensed = nx.condensation(ascent(graph))
    by_component: dict[int, frozenset[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for component in reversed(list(nx.topological_sort(condensed))):
        members = condensed.nodes[component]["members"]
        above = {by_component[upper] for upper in condensed.successors(component)}
        if len(above) == 1:
            (ends,) = above  # shared, not copied: most claims have one way up
        else:
            ends = frozenset().union(*above) if above else frozenset({min(members)})
        by_component[component] = ends
        found.update(dict.fromkeys(members, ends))
    return found
