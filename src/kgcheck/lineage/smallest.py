"""The smallest settlement of a clash, found exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from kgcheck.lineage.clash import Clash


def smallest(clash: Clash) -> frozenset[int]:
    """The fewest vertices that settle the clash; of several such sets the lightest, then the first.

    Branch and bound: exponential in the worst case, meant for some thirty vertices. Branches on the
    vertices of a smallest open constraint and bounds by constraints that have no vertex in common.
    """
    price = clash.prices()
    best = clash.vertices
    best_price = sum(price[vertex] for vertex in best) + 1

    def search(open_masks: list[int], gone: int, paid: int) -> None:
        nonlocal best, best_price
        if not open_masks:
            if paid < best_price:
                best, best_price = frozenset(_bits(gone)), paid
            return
        if paid + _least(open_masks, price) >= best_price:
            return
        branch = min(open_masks, key=lambda mask: (mask.bit_count(), mask))
        spared = 0
        ordered = sorted(_bits(branch), key=lambda v: (-sum(m >> v & 1 for m in open_masks), price[v]))
        for vertex in ordered:
            # Later branches keep what earlier ones let go, so that no set is met twice.
            rest = [mask & ~spared for mask in open_masks if not mask >> vertex & 1]
            if all(rest):
                search(_minimal(rest), gone | 1 << vertex, paid + price[vertex])
            spared |= 1 << vertex

    search(_minimal(_constraints(clash)), 0, 0)
    return best


def _constraints(clash: Clash) -> list[int]:
    """Bit masks of which every one needs a vertex that goes."""
    masks = {_mask(circle) for circle in clash.suspects}
    for camps in clash.rivalries:
        for one, other in combinations(camps, 2):
            masks |= {1 << a | 1 << b for a in one for b in other}
    return sorted(masks)


def _least(masks: Iterable[int], price: Mapping[int, int]) -> int:
    """A lower bound: constraints that have no vertex in common must each be paid for."""
    taken = bound = 0
    for mask in masks:
        if not mask & taken:
            taken |= mask
            bound += min(price[vertex] for vertex in _bits(mask))
    return bound


def _minimal(masks: Iterable[int]) -> list[int]:
    """The masks without those that hold another, shortest first."""
    kept: list[int] = []
    for mask in sorted(set(masks), key=lambda mask: (mask.bit_count(), mask)):
        if not any(smaller & mask == smaller for smaller in kept):
            kept.append(mask)
    return kept


def _mask(vertices: Iterable[int]) -> int:
    return sum(1 << vertex for vertex in vertices)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
