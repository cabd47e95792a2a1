"""From document graphs to the derived graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kgcheck.derive.blocks import Membership, block_iri
from kgcheck.derive.columns import Column, claim_columns, value_columns
from kgcheck.derive.gradings import grading_blocks, run_blocks, uniqueness_blocks
from kgcheck.derive.reading import read
from kgcheck.derive.sources import (
    Computation,
    agreement_blocks,
    citation_blocks,
    computation_blocks,
    read_computations,
    reading_blocks,
    restatement_blocks,
)
from kgcheck.derive.statements import aspect_blocks, proposition_blocks, role_blocks
from kgcheck.derive.values import Value, trend_blocks, value_blocks, values
from kgcheck.model.claim import Claim, Document
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import DERIVED, KGC
from kgcheck.semantics import Policy
from kgcheck.store import Store

_GRAPH = ox.NamedNode(DERIVED)


@dataclass(frozen=True, slots=True)
class Derived:
    """What the derived graph was made from, as model objects.

    `unread` maps claims whose words have no meaning to the reason; `links` are the citations among
    documents, sources and agents.
    """

    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    vocabulary: Vocabulary
    links: tuple[tuple[str, str, str], ...]
    unread: Mapping[str, str]


def derive(
    store: Store, vocabulary: Vocabulary, policy: Policy, skip: frozenset[str] = frozenset()
) -> Derived:
    """Read the claims that are not in `skip` and write the derived graph anew.

    Blocks with one member are not written: nothing can meet there.
    """
    reading = read(store, vocabulary, policy, skip)
    store.raw.clear_graph(_GRAPH)
    write_derived(store, reading.claims, reading.documents, vocabulary, read_computations(store))
    return Derived(reading.claims, reading.documents, vocabulary, reading.links, reading.unread)


def add_columns(store: Store, columns: Iterable[tuple[str, Column]]) -> None:
    """Add columns that need the whole graph, such as circles of citation, to the derived graph."""
    store.raw.extend(
        ox.Quad(ox.NamedNode(claim), _property(name), value, _GRAPH) for claim, (name, value) in columns
    )


def write_derived(
    store: Store,
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    vocabulary: Vocabulary,
    computations: Iterable[Computation],
    wanted: Callable[[str], bool] | None = None,
    alone: Collection[str] = (),
) -> Mapping[str, tuple[str, ...]]:
    """Write blocks and columns of the claims into the derived graph; these blocks' meeting keys by IRI.

    `wanted` says of a meeting key whether blocks that are told by it are. Without it all are; with it
    columns are written only of claims in such blocks, and of those that are to be looked at `alone`.
    """
    every = list(claims.values())
    found = values(every, vocabulary)
    members: dict[str, list[Membership]] = defaultdict(list)
    for membership in memberships(claims, documents, found, vocabulary, computations):
        if wanted is None or any(map(wanted, membership.meets_by)):
            members[membership.key].append(membership)
    blocks = {
        block_iri(key): group
        for key, group in members.items()
        if len({member.claim for member in group}) > 1 or key.startswith("cites|")
    }
    shown = set(claims)
    if wanted is not None:
        shown = {*alone, *(member.claim for group in blocks.values() for member in group)}
    store.raw.extend(_quads(every, found, documents, vocabulary, blocks, shown))
    return {iri: group[0].meets_by for iri, group in blocks.items()}


def _quads(
    every: Iterable[Claim],
    found: Iterable[Value],
    documents: Mapping[str, Document],
    vocabulary: Vocabulary,
    blocks: Mapping[str, Iterable[Membership]],
    shown: Collection[str],
) -> Iterator[ox.Quad]:
    nodes = {iri: ox.NamedNode(iri) for iri in shown}
    for claim in every:
        if (node := nodes.get(claim.iri)) is not None:
            for name, value in claim_columns(claim, documents, vocabulary):
                yield ox.Quad(node, _property(name), value, _GRAPH)
    for valued in found:
        if (node := nodes.get(valued.claim.iri)) is not None:
            for name, value in value_columns(valued):
                yield ox.Quad(node, _property(name), value, _GRAPH)
    for iri, group in blocks.items():
        block = ox.NamedNode(iri)
        for member in group:
            yield ox.Quad(nodes[member.claim], _property(f"block{member.role}"), block, _GRAPH)


@cache
def _property(name: str) -> ox.NamedNode:
    return ox.NamedNode(KGC + name)


def memberships(
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    found: list[Value],
    vocabulary: Vocabulary,
    computations: Iterable[Computation],
) -> Iterator[Membership]:
    """Which claims stand in which blocks, blocks with one member included."""
    every = list(claims.values())
    yield from value_blocks(found, vocabulary)
    yield from trend_blocks(every, found, vocabulary)
    yield from grading_blocks(every, vocabulary)
    yield from run_blocks(every, dict(documents), vocabulary)
    yield from uniqueness_blocks(every, vocabulary)
    yield from role_blocks(every, vocabulary)
    yield from proposition_blocks(every, vocabulary)
    yield from aspect_blocks(every, vocabulary)
    yield from restatement_blocks(claims, found)
    yield from reading_blocks(claims)
    yield from citation_blocks(claims, documents)
    yield from agreement_blocks(claims, found, vocabulary)
    yield from computation_blocks(computations, claims)
