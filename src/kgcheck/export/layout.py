"""Places for the nodes of a picture: the same each time, and close to what they belong to.

Documents are spread first, so that those with much in common are neighbours; their claims stand
around them; findings stand between their claims, and all else between what points to it. At last
whatever overlaps is pushed apart. No step looks at all pairs of nodes, so that thousands take seconds.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx

Place = tuple[float, float]

_GOLDEN = math.pi * (3 - math.sqrt(5))
_PULLS = 60
_PUSHES = 40
_STEP = 1.0
"""The least distance of two nodes; claims of one document stand about as far apart."""

_ROOM = {"finding": 0.9, "document": 0.9}


def places(graph: nx.MultiDiGraph[str]) -> dict[str, Place]:
    """A place for every node of the graph, in no particular unit."""
    homes = _homes(graph)
    anchors = sorted(set(homes.values()))
    centres = _spread(anchors, homes, graph)
    found: dict[str, Place] = {}
    for anchor in anchors:
        x, y = centres[anchor]
        found[anchor] = (x, y)
        for number, name in enumerate(
            sorted(n for n, home in homes.items() if home == anchor and n != anchor), 1
        ):
            found[name] = _sunflower(number, x, y)
    _settle(
        sorted(set(graph) - set(found), key=lambda name: (graph.nodes[name].get("kind") != "finding", name)),
        graph,
        found,
    )
    return _apart(found, graph)


def _homes(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Node → the document in which it stands; a document is its own."""
    homes = {name: name for name, data in graph.nodes(data=True) if data.get("kind") == "document"}
    for start, end, data in graph.edges(data=True):
        if data.get("relation") == "inDocument" and end in homes:
            homes[start] = end
    return homes


def _sunflower(number: int, x: float, y: float) -> Place:
    """The numbered place around a centre: equally dense everywhere."""
    radius = _STEP * 1.25 * math.sqrt(number + 1.5)
    return x + radius * math.cos(number * _GOLDEN), y + radius * math.sin(number * _GOLDEN)


def _spread(
    anchors: Sequence[str], homes: Mapping[str, str], graph: nx.MultiDiGraph[str]
) -> dict[str, Place]:
    """Centres for the documents: each has room for its claims, those that share much come close."""
    room: dict[str, float] = dict.fromkeys(anchors, 2.2)
    for home in homes.values():
        room[home] += 0.16
    radius = {name: _STEP * (1.2 + 1.35 * math.sqrt(max(room[name] - 2.2, 0) / 0.16)) for name in anchors}
    ties = _ties(homes, graph)
    size = math.sqrt(sum(r * r for r in radius.values()) * 1.6)
    found = {
        name: (
            size * math.sqrt((number + 0.5) / len(anchors)) * math.cos(number * _GOLDEN),
            size * math.sqrt((number + 0.5) / len(anchors)) * math.sin(number * _GOLDEN),
        )
        for number, name in enumerate(anchors)
    }
    for _ in range(_PULLS):
        for (one, other), weight in ties.items():
            (x1, y1), (x2, y2) = found[one], found[other]
            pull = min(0.02 * weight, 0.1)
            found[one] = (x1 + (x2 - x1) * pull, y1 + (y2 - y1) * pull)
            found[other] = (x2 + (x1 - x2) * pull, y2 + (y1 - y2) * pull)
        _push(found, radius)
    for _ in range(_PUSHES):
        if not _push(found, radius):
            break
    return found


def _ties(homes: Mapping[str, str], graph: nx.MultiDiGraph[str]) -> dict[tuple[str, str], float]:
    """Pairs of documents → how much their claims share; what very many share ties nobody."""
    sharers: dict[str, set[str]] = defaultdict(set)
    for start, end in graph.edges():
        for node, other in ((start, end), (end, start)):
            if node in homes and other not in homes:
                sharers[other].add(homes[node])
    ties: dict[tuple[str, str], float] = defaultdict(float)
    for documents in sharers.values():
        if 1 < len(documents) <= 8:
            ordered = sorted(documents)
            for place, one in enumerate(ordered):
                for other in ordered[place + 1 :]:
                    ties[one, other] += 1 / len(documents)
    return dict(sorted(ties.items()))


def _settle(names: Iterable[str], graph: nx.MultiDiGraph[str], found: dict[str, Place]) -> None:
    """Put each node between its neighbours that have a place; those without any stand outside."""
    waiting = list(names)
    outside = 0
    while waiting:
        rest = []
        placed: dict[str, Place] = {}
        for name in waiting:
            ends = {end for end in (*graph.successors(name), *graph.predecessors(name)) if end in found}
            if not ends:
                rest.append(name)
                continue
            x = math.fsum(found[end][0] for end in ends) / len(ends)
            y = math.fsum(found[end][1] for end in ends) / len(ends)
            turn = len(placed) * _GOLDEN  # nodes with the same neighbours must not share a place
            placed[name] = (x + 0.6 * math.cos(turn), y + 0.6 * math.sin(turn))
        if not placed:
            reach = max((math.hypot(x, y) for x, y in found.values()), default=0.0) + 3
            for name in rest:
                outside += 1
                placed[name] = (reach * math.cos(outside * _GOLDEN), reach * math.sin(outside * _GOLDEN))
            rest = []
        found.update(placed)
        waiting = rest


def _apart(found: dict[str, Place], graph: nx.MultiDiGraph[str]) -> dict[str, Place]:
    """Push everything apart; what has the most to say gets the most room."""
    radius = {name: _STEP * _ROOM.get(str(graph.nodes[name].get("kind")), 0.5) for name in found}
    for _ in range(_PUSHES):
        if not _push(found, radius):
            break
    return found


def _push(found: dict[str, Place], radius: Mapping[str, float]) -> bool:
    """Push overlapping nodes apart, and say whether there were any. Neighbours come from a grid."""
    width = 2 * max(radius.values(), default=1.0)
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for name, (x, y) in found.items():
        cells[math.floor(x / width), math.floor(y / width)].append(name)
    moved = False
    for (column, row), members in cells.items():
        near = [
            name
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for name in cells.get((column + across, row + down), ())
        ]
        for one in members:
            for other in near:
                if one < other and _part(one, other, found, radius):
                    moved = True
    return moved


def _part(one: str, other: str, found: dict[str, Place], radius: Mapping[str, float]) -> bool:
    (x1, y1), (x2, y2) = found[one], found[other]
    wanted = radius[one] + radius[other]
    distance = math.hypot(x2 - x1, y2 - y1)
    if distance >= wanted * 0.99:
        return False
    if distance < 1e-6:
        turn = (sum(map(ord, one + other)) % 360) * math.pi / 180
        dx, dy = math.cos(turn), math.sin(turn)
    else:
        dx, dy = (x2 - x1) / distance, (y2 - y1) / distance
    shift = (wanted - distance) / 2
    found[one] = (x1 - dx * shift, y1 - dy * shift)
    found[other] = (x2 + dx * shift, y2 + dy * shift)
    return True
