"""What clashes, as sets of small integers, and the part of it that is not settled by inspection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

Rivalry = Sequence[frozenset[int]]


@dataclass(frozen=True, slots=True)
class Clash:
    """A hitting set problem over the vertices 0 … n - 1: what has to go?

    A rivalry lets only one of its camps stay: of all camps but one, every vertex must go. (Each
    pair of vertices from different camps is an edge, and what goes is a vertex cover.) A circle of
    suspects is settled as soon as any one of its vertices goes. No set is empty. `weights` holds one
    number of claims per vertex. A vertex that stands in two camps of one rivalry must go.
    """

    weights: tuple[int, ...]
    rivalries: tuple[Rivalry, ...] = ()
    suspects: tuple[frozenset[int], ...] = ()

    @property
    def vertices(self) -> frozenset[int]:
        """The vertices that some constraint names."""
        camps = (camp for camps in self.rivalries for camp in camps)
        return frozenset().union(*camps, *self.suspects)

    def prices(self) -> dict[int, int]:
        """One price per vertex, such that the cheapest settlement is unique and the one wanted.

        From the most to the least significant digits: one for the vertex itself, its weight, and a
        bit of its own, the first vertex having the least. So prices grow as the vertices do in number.
        """
        named = sorted(self.vertices)
        heaviest = sum(self.weights[vertex] for vertex in named) + 1
        return {
            vertex: (heaviest + self.weights[vertex] << len(named)) + (1 << place)
            for place, vertex in enumerate(named)
        }

    def settled(self, gone: frozenset[int]) -> bool:
        """Whether nothing clashes once `gone` are gone."""
        return (
            self._torn() <= gone
            and all(sum(bool(camp - gone) for camp in camps) <= 1 for camps in self.rivalries)
            and not any(gone.isdisjoint(circle) for circle in self.suspects)
        )

    def kernel(self) -> tuple[frozenset[int], Clash]:
        """What goes in any case, and the clash that is left to decide; the optimum is kept.

        Of camps whose vertices clash nowhere else only the dearest can be worth keeping, and of
        suspects that clash nowhere else only the cheapest worth giving up.
        """
        gone = set(self._torn())
        rest = self._without(gone)
        while True:
            stands = Counter(v for camps in rest.rivalries for camp in camps for v in camp)
            stands.update(v for circle in rest.suspects for v in circle)
            private = {vertex for vertex, number in stands.items() if number == 1}
            forced = {v for circle in rest.suspects if len(circle) == 1 for v in circle}
            for camps in rest.rivalries:
                lone = sorted((camp for camp in camps if camp <= private), key=self._dearness)
                forced.update(v for camp in lone[:-1] for v in camp)
            narrowed = replace(rest, suspects=tuple(self._narrowed(c, private) for c in rest.suspects))
            gone |= forced
            smaller = narrowed._without(forced)
            if smaller == rest:
                return frozenset(gone), rest
            rest = smaller

    def _torn(self) -> frozenset[int]:
        """The vertices that stand in two camps of one rivalry."""
        return frozenset(
            vertex
            for camps in self.rivalries
            for vertex, number in Counter(vertex for camp in camps for vertex in camp).items()
            if number > 1
        )

    def _without(self, gone: set[int]) -> Clash:
        """What is left to settle when `gone` are gone."""
        left = (tuple(rest for camp in camps if (rest := camp - gone)) for camps in self.rivalries)
        return replace(
            self,
            rivalries=tuple(camps for camps in left if len(camps) > 1),
            suspects=tuple(circle for circle in self.suspects if gone.isdisjoint(circle)),
        )

    def _dearness(self, camp: frozenset[int]) -> tuple[int, int, list[int]]:
        """In the order of the sums of prices, without the long numbers."""
        return len(camp), sum(self.weights[vertex] for vertex in camp), sorted(camp, reverse=True)

    def _narrowed(self, circle: frozenset[int], private: set[int]) -> frozenset[int]:
        """The circle with no private vertex that another vertex of it undercuts."""
        cheapest = min(circle, key=lambda vertex: (self.weights[vertex], vertex))
        return (circle - private) | {cheapest}
