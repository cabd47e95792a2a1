"""From document graphs to the derived graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kgcheck.derive.blocks import WAITING, Membership, block_iri
from kgcheck.derive.columns import claim_columns, value_columns
from kgcheck.derive.gradings import grading_blocks, run_blocks, uniqueness_blocks
from kgcheck.derive.needs import Needs
from kgcheck.derive.reading import read
from kgcheck.derive.recording import Recorder
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
    store: Store,
    into: Store,
    vocabulary: Vocabulary,
    policy: Policy,
    skip: frozenset[str] = frozenset(),
    needs: Needs | None = None,
) -> Derived:
    """Read the claims of `store` that are not in `skip` and write the derived graph `into` an empty one.

    Blocks with one member are not written: nothing can meet there. With `needs`, which are those of packaged
    checks, nothing is written that nobody reads.
    """
    reading = read(store, vocabulary, policy, skip)
    found = values(reading.claims.values(), vocabulary)
    standing = memberships(reading.claims, reading.documents, found, vocabulary, read_computations(store))
    blocks = _blocks(standing, needs)
    _record(into, reading.claims, found, reading.documents, vocabulary, blocks, needs)
    return Derived(reading.claims, reading.documents, vocabulary, reading.links, reading.unread)


def add_columns(store: Store, columns: Iterable[tuple[str, tuple[str, ox.NamedNode | ox.Literal]]]) -> None:
    """Add columns that need the whole graph, such as circles of citation, to the derived graph."""
    store.raw.extend(
        ox.Quad(ox.NamedNode(claim), ox.NamedNode(KGC + name), value, _GRAPH)
        for claim, (name, value) in columns
    )


def write_derived(
    store: Store,
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    vocabulary: Vocabulary,
    computations: Iterable[Computation],
    wanted: Callable[[str], bool],
    alone: Collection[str],
    needs: Needs | None = None,
) -> Mapping[str, tuple[str, ...]]:
    """Write some blocks of the claims into the derived graph; these blocks' meeting keys by IRI.

    `wanted` says of a meeting key whether blocks that are told by it are. Columns are written of the
    claims in such blocks, and of those that are to be looked at `alone`; with `needs` only those that
    somebody reads.
    """
    found = values(claims.values(), vocabulary)
    blocks = _blocks(memberships(claims, documents, found, vocabulary, computations), needs, wanted)
    shown = {*alone, *(member.claim for group in blocks.values() for member in group)}
    told = {iri: claim for iri, claim in claims.items() if iri in shown}
    _record(store, told, found, documents, vocabulary, blocks, needs)
    return {iri: group[0].meets_by for iri, group in blocks.items()}


def _blocks(
    standing: Iterable[Membership], needs: Needs | None, wanted: Callable[[str], bool] | None = None
) -> Mapping[str, Sequence[Membership]]:
    """The wanted blocks in which something can meet, by IRI; with `needs` those that a check asks for."""
    members: dict[str, list[Membership]] = defaultdict(list)
    for membership in standing:
        if wanted is None or any(map(wanted, membership.meets_by)):
            members[membership.key].append(membership)
    idle = frozenset() if needs is None else WAITING
    return {
        block_iri(key): group
        for key, group in members.items()
        if (key.startswith("cites|") or any(member.claim != group[0].claim for member in group))
        and any(member.role not in idle for member in group)
    }


def _record(
    store: Store,
    claims: Mapping[str, Claim],
    found: Iterable[Value],
    documents: Mapping[str, Document],
    vocabulary: Vocabulary,
    blocks: Mapping[str, Iterable[Membership]],
    needs: Needs | None,
) -> None:
    standing: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for iri, group in blocks.items():
        for member in group:
            standing[member.claim].append((f"block{member.role}", f"<{iri}>"))
    numbers = {value.claim.iri: value for value in found}
    with Recorder(store.raw, _GRAPH) as recorder:
        for iri, claim in claims.items():
            said = [*claim_columns(claim, documents, vocabulary), *standing.get(iri, ())]
            if (value := numbers.get(iri)) is not None:
                said += value_columns(value)
            if needs is not None:
                read = needs.columns(role for role, _ in standing.get(iri, ()))
                said = [column for column in said if column[0] in read]
            if said:
                recorder.say(iri, [f":{name} {term}" for name, term in said])


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
