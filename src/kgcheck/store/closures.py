"""Chains of links followed to their ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def ancestors(parents: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Each concept with all that its links lead to, itself left out even on a circle.

    >>> ancestors({"a": frozenset({"b"}), "b": frozenset({"c"})})["a"] == {"b", "c"}
    True
    """
    found: dict[str, frozenset[str]] = {}
    for concept in parents:
        above: set[str] = set()
        edge = set(parents[concept])
        while edge:
            above |= edge
            edge = {higher for node in edge for higher in parents.get(node, ())} - above
        found[concept] = frozenset(above - {concept})
    return found


def representatives(
    same: Mapping[str, Iterable[str]], successors: Mapping[str, Iterable[str]]
) -> dict[str, str]:
    """Each IRI with the one to compare by, where that is another.

    `same` links names of one thing, `successors` an older name to the newer. The newest name
    stands for all, the first in order where several do.
    """
    groups: dict[str, set[str]] = {}
    for links in (same, successors):
        for iri, others in links.items():
            for other in others:
                joined = groups.get(iri, {iri}) | groups.get(other, {other})
                groups.update(dict.fromkeys(joined, joined))
    later = {other for iri, others in successors.items() for other in others if other != iri}
    chosen: dict[str, str] = {}
    for iri, members in groups.items():
        newest = {member for member in members & later if not set(successors.get(member, ())) - {member}}
        representative = min(newest or members)
        if representative != iri:
            chosen[iri] = representative
    return chosen
