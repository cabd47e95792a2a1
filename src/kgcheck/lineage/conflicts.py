"""Conflict groups: claims tied together by findings, and the fewest sides whose removal settles them.

Only contradictions and tensions tie. Claims that stand together wherever they stand are one *side*
(a vertex of weight 1). Of a finding with two sides or more, all but one must be emptied. A finding
whose claims have roles in place of sides (a sum and its parts) is settled when any one claim goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import networkx as nx

from kgcheck.lineage.clash import Clash, Rivalry
from kgcheck.lineage.greedy import greedy
from kgcheck.lineage.smallest import smallest
from kgcheck.model.finding import Finding
from kgcheck.model.report import ConflictGroup
from kgcheck.model.verdict import Verdict

TYING = frozenset({Verdict.CONTRADICTION, Verdict.TENSION})
EXACT_UP_TO = 30
"""Undecided sides in a group up to which the smallest settlement is searched for exhaustively."""


def conflict_groups(findings: Iterable[Finding]) -> tuple[ConflictGroup, ...]:
    """The groups, ordered by their first claim; the order of the findings does not matter.

    Among equally few sides those with the fewest claims are named, then the first by claim IRI.
    """
    tying = sorted((f for f in findings if f.verdict in TYING and f.parties), key=lambda f: f.id)
    ties: nx.Graph[int | str] = nx.Graph()
    for number, finding in enumerate(tying):
        ties.add_edges_from((number, party.claim.iri) for party in finding.parties)
    members = (
        [tying[node] for node in sorted(node for node in component if isinstance(node, int))]
        for component in nx.connected_components(ties)
    )
    return tuple(sorted(map(_group, members), key=lambda group: group.claims))


def _group(findings: Sequence[Finding]) -> ConflictGroup:
    sides = _sides(findings)
    clash = _clash(findings, sides)
    certain, rest = clash.kernel()
    exact = len(rest.vertices) <= EXACT_UP_TO
    gone = certain | (smallest(rest) if exact else greedy(rest))
    return ConflictGroup(
        claims=tuple(sorted(claim for side in sides for claim in side)),
        findings=tuple(finding.id for finding in findings),
        settled_by=tuple(sorted(claim for number in gone for claim in sides[number])),
        exact=exact,
    )


def _camps(finding: Finding) -> dict[int, set[str]]:
    """Claims by side; empty where the finding does not set sides against each other."""
    camps: dict[int, set[str]] = defaultdict(set)
    for party in finding.parties:
        if party.side is not None:
            camps[party.side].add(party.claim.iri)
    return camps if len(camps) > 1 else {}


def _sides(findings: Sequence[Finding]) -> list[tuple[str, ...]]:
    """The claims, parted into those that always stand together, in order of their first claims."""
    stands: dict[str, set[tuple[int, int | str]]] = defaultdict(set)
    for number, finding in enumerate(findings):
        camps = _camps(finding)
        for party in finding.parties:
            iri = party.claim.iri
            if not camps:
                stands[iri].add((number, iri))
            elif party.side is not None:
                stands[iri].add((number, party.side))
            else:
                stands.setdefault(iri, set())
    together: dict[frozenset[tuple[int, int | str]], list[str]] = defaultdict(list)
    for iri in sorted(stands):
        together[frozenset(stands[iri])].append(iri)
    return sorted(map(tuple, together.values()))


def _clash(findings: Sequence[Finding], sides: Sequence[tuple[str, ...]]) -> Clash:
    vertex = {claim: number for number, side in enumerate(sides) for claim in side}
    rivalries: list[Rivalry] = []
    suspects: list[frozenset[int]] = []
    for finding in findings:
        if camps := _camps(finding):
            rivalries.append([frozenset(vertex[iri] for iri in camps[side]) for side in sorted(camps)])
        else:
            suspects.append(frozenset(vertex[party.claim.iri] for party in finding.parties))
    return Clash(tuple(map(len, sides)), tuple(rivalries), tuple(suspects))
