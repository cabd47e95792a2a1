"""Whether two claims were shown to come from different roots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

import networkx as nx

from kgcheck.lineage.ascent import rests_on, targets
from kgcheck.lineage.provenance import Relation
from kgcheck.lineage.roots import roots, unknown_roots


@dataclass(frozen=True, slots=True)
class Independence:
    """What can be said of two claims.

    `independent`: all roots known, and neither claim rests on anything that the other rests on or
    came through. `shared`: they meet in `shared`, common roots where there are any. `unknown`: they
    were not seen to meet, but `unknown` are roots whose body is not stated.
    """

    status: Literal["independent", "shared", "unknown"]
    shared: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trail:
    """All that a claim `rests` on, and the `hands` through which it came.

    The hands are the claim, its document, speaker and outlet, and whoever each source on the way is
    attributed to. Passing through the same hands is no dependence; resting on them is.
    """

    rests: frozenset[str]
    hands: frozenset[str]


_trails: WeakKeyDictionary[nx.DiGraph[str], dict[str, Trail]] = WeakKeyDictionary()


def independence(graph: nx.DiGraph[str], a: str, b: str) -> Independence:
    """Whether claims `a` and `b` are shown independent. Raises KeyError for a claim not in graph."""
    common = roots(graph, a) & roots(graph, b)
    if not common:
        one, other = trail(graph, a), trail(graph, b)
        common = (one.rests & (other.rests | other.hands)) | (one.hands & other.rests)
    if common or a == b:
        return Independence("shared", shared=tuple(sorted(common)))
    if lost := unknown_roots(graph, a) | unknown_roots(graph, b):
        return Independence("unknown", unknown=tuple(sorted(lost)))
    return Independence("independent")


def independent_groups(graph: nx.DiGraph[str], claims: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The claims parted into groups that are shown independent of one another, in stable order.

    Their number is the number of independent roots. Claims with unknown roots show nothing by
    themselves: they are left out unless they meet a claim whose roots are known, and form one group
    when no claim has known roots. Linear in the number of claims and their trails.
    """
    chosen = sorted(set(claims))
    together: dict[str, str] = {}

    def head(node: str) -> str:
        while (above := together.setdefault(node, node)) != node:
            together[node] = node = together[above]
        return node

    own, resting = set(chosen), _resting(graph, chosen)
    for node in own | resting:
        # Whatever a claim rests on is reached step by step, and every step ties.
        ends = rests_on(graph, node)
        documents = targets(graph, node, Relation.IN_DOCUMENT) if node in own else []
        for hand in (*documents, *_bodies(graph, [node, *documents])):
            if hand in resting:
                ends.append(hand)
        for end in ends:
            together[head(end)] = head(node)
    groups: dict[str, list[str]] = defaultdict(list)
    for claim in chosen:
        groups[head(claim)].append(claim)
    shown = [group for group in groups.values() if any(not unknown_roots(graph, one) for one in group)]
    if not shown:
        return (tuple(chosen),) if chosen else ()
    return tuple(sorted(map(tuple, shown)))


def _resting(graph: nx.DiGraph[str], claims: Iterable[str]) -> set[str]:
    """Everything that one of the claims rests on."""
    found: set[str] = set()
    waiting = [node for claim in claims for node in rests_on(graph, claim)]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(rests_on(graph, node))
    return found


def _bodies(graph: nx.DiGraph[str], nodes: Iterable[str]) -> set[str]:
    """Whom the nodes are attributed to, and for whom these act."""
    found: set[str] = set()
    waiting = [body for node in nodes for body in targets(graph, node, Relation.ATTRIBUTED_TO)]
    while waiting:
        body = waiting.pop()
        if body not in found:
            found.add(body)
            waiting.extend(targets(graph, body, Relation.ON_BEHALF_OF))
    return found


def trail(graph: nx.DiGraph[str], claim: str) -> Trail:
    """All that lies above a claim. Worked out when asked for, and then kept with the graph."""
    kept = _trails.setdefault(graph, {})
    if claim not in kept:
        kept[claim] = _follow(graph, claim)
    return kept[claim]


def _follow(graph: nx.DiGraph[str], claim: str) -> Trail:
    rests: set[str] = set()
    waiting = rests_on(graph, claim)
    while waiting:
        node = waiting.pop()
        if node not in rests:
            rests.add(node)
            waiting.extend(rests_on(graph, node))
    hands = {claim, *targets(graph, claim, Relation.IN_DOCUMENT)}
    return Trail(frozenset(rests), frozenset(hands | _bodies(graph, [*hands, *rests])))
