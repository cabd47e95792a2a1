"""A small settlement of a clash that is too large to search exhaustively."""

from __future__ import annotations

import heapq

from kgcheck.lineage.clash import Clash

PATIENCE = 10_000
"""How often a vertex is put back in a better place, and four times more for each vertex."""


def greedy(clash: Clash) -> frozenset[int]:
    """Vertices that settle the clash, few but perhaps not the fewest.

    Takes again and again the vertex in most open clashes (then the lightest, then the first), and
    in the end gives back what turned out not to be needed. Every vertex that goes leaves its rivals
    in fewer clashes; in very large clashes their order is not brought up to date for ever.
    """
    tally = _Tally(clash)
    gone: list[int] = []
    queue = [(-tally.degree(vertex), clash.weights[vertex], vertex) for vertex in clash.vertices]
    heapq.heapify(queue)
    patience = PATIENCE + 4 * len(queue)
    while queue:
        claimed, weight, vertex = heapq.heappop(queue)
        degree = tally.degree(vertex)
        if degree != -claimed and patience:  # degrees only fall: what is out of date goes back
            patience -= 1
            heapq.heappush(queue, (-degree, weight, vertex))
        elif degree:
            tally.remove(vertex)
            gone.append(vertex)
    needed = set(gone)
    for vertex in reversed(gone):
        if tally.spare(vertex):
            tally.restore(vertex)
            needed.discard(vertex)
    return frozenset(needed)


class _Tally:
    """How many vertices of every camp are still there, kept up to date as they go."""

    def __init__(self, clash: Clash) -> None:
        self.camps: list[list[int]] = [[len(camp) for camp in camps] for camps in clash.rivalries]
        self.present = [sum(sizes) for sizes in self.camps]
        self.hits = [0] * len(clash.suspects)
        self.in_camp: list[list[tuple[int, int]]] = [[] for _ in clash.weights]
        self.in_circle: list[list[int]] = [[] for _ in clash.weights]
        for number, camps in enumerate(clash.rivalries):
            for place, camp in enumerate(camps):
                for vertex in camp:
                    self.in_camp[vertex].append((number, place))
        for number, circle in enumerate(clash.suspects):
            for vertex in circle:
                self.in_circle[vertex].append(number)

    def degree(self, vertex: int) -> int:
        """In how many open pairs and circles a vertex stands that is still there."""
        stands = self.in_camp[vertex]
        rivals = sum(self.present[number] - self.camps[number][place] for number, place in stands)
        return rivals + sum(not self.hits[number] for number in self.in_circle[vertex])

    def spare(self, vertex: int) -> bool:
        """Whether a vertex that is gone could come back with everything still settled."""
        return all(
            self.present[number] == self.camps[number][place] for number, place in self.in_camp[vertex]
        ) and all(self.hits[number] > 1 for number in self.in_circle[vertex])

    def remove(self, vertex: int) -> None:
        """Take a vertex away."""
        self._move(vertex, -1)

    def restore(self, vertex: int) -> None:
        """Put it back."""
        self._move(vertex, +1)

    def _move(self, vertex: int, step: int) -> None:
        for number, place in self.in_camp[vertex]:
            self.camps[number][place] += step
            self.present[number] += step
        for number in self.in_circle[vertex]:
            self.hits[number] -= step
