"""Circular sourcing: texts that in the end cite themselves."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import networkx as nx

from kgcheck.lineage.ascent import ascent


@dataclass(frozen=True, slots=True)
class Circle:
    """Nodes that all rest on one another.

    `path` is a shortest way round through the first member, each node citing the next and the last
    citing the first. `members` are all nodes of the tangle, sorted. `closed` says that nothing
    outside is cited: no origin is stated at all.
    """

    path: tuple[str, ...]
    members: tuple[str, ...]
    closed: bool


def circles(graph: nx.DiGraph[str]) -> tuple[Circle, ...]:
    """Every circle in a citation graph, ordered by first member; a node may cite itself alone."""
    steps = ascent(graph)
    found = []
    for component in nx.strongly_connected_components(steps):
        members = tuple(sorted(component))
        first = members[0]
        if len(members) == 1 and not steps.has_edge(first, first):
            continue
        closed = all(above in component for node in members for above in steps.successors(node))
        found.append(Circle(_way_round(steps, first, component), members, closed))
    return tuple(sorted(found, key=lambda circle: circle.members))


def _way_round(steps: nx.DiGraph[str], first: str, component: set[str]) -> tuple[str, ...]:
    """Breadth first from `first` back to itself; among equally short ways the one met in order."""
    came_from = {first: first}
    waiting = deque([first])
    while True:
        node = waiting.popleft()
        if steps.has_edge(node, first):
            break
        for above in sorted(component.intersection(steps.successors(node)) - came_from.keys()):
            came_from[above] = node
            waiting.append(above)
    path = [node]
    while path[-1] != first:
        path.append(came_from[path[-1]])
    return tuple(reversed(path))
