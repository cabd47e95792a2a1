"""From document graphs to the derived graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kgcheck.derive.blocks import Membership, block_iri
from kgcheck.derive.columns import claim_columns, value_columns
from kgcheck.derive.gradings import grading_blocks, run_blocks, uniqueness_blocks
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
    store: Store, vocabulary: Vocabulary, policy: Policy, skip: frozenset[str] = frozenset()
) -> Derived:
    """Read the claims that are not in `skip` and write the derived graph anew.

    Blocks with one member are not written: nothing can meet there.
    """
    reading = read(store, vocabulary, policy, skip)
    store.raw.clear_graph(_GRAPH)
    write_derived(store, reading.claims, reading.documents, vocabulary, read_computations(store))
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
    wanted: Callable[[str], bool] | None = None,
    alone: Collection[str] = (),
) -> Mapping[str, tuple[str, ...]]:
    """Write blocks and columns of the claims into the derived graph; these blocks' meeting keys by IRI.

    `wanted` says of a meeting key whether blocks that are told by it are. Without it all are; with it
    columns are written only of claims in such blocks, and of those that are to be looked at `alone`.
    """
    found = values(claims.values(), vocabulary)
    with Recorder(store.raw, _GRAPH) as recorder:
        if wanted is None:  # Oxigraph reads these while blocks are formed
            _record_columns(recorder, claims.values(), found, documents, vocabulary)
        blocks = _blocks(memberships(claims, documents, found, vocabulary, computations), wanted)
        standing: dict[str, list[str]] = defaultdict(list)
        for iri, group in blocks.items():
            for member in group:
                standing[member.claim].append(f":block{member.role} <{iri}>")
        if wanted is not None:
            shown = [claim for claim in claims.values() if claim.iri in standing or claim.iri in alone]
            _record_columns(recorder, shown, found, documents, vocabulary)
        for claim, said in standing.items():
            recorder.say(claim, said)
    return {iri: group[0].meets_by for iri, group in blocks.items()}


def _blocks(
    standing: Iterable[Membership], wanted: Callable[[str], bool] | None
) -> Mapping[str, Sequence[Membership]]:
    """The wanted blocks in which something can meet, by IRI."""
    members: dict[str, list[Membership]] = defaultdict(list)
    for membership in standing:
        if wanted is None or any(map(wanted, membership.meets_by)):
            members[membership.key].append(membership)
    return {
        block_iri(key): group
        for key, group in members.items()
        if len({member.claim for member in group}) > 1 or key.startswith("cites|")
    }


def _record_columns(
    recorder: Recorder,
    claims: Iterable[Claim],
    found: Iterable[Value],
    documents: Mapping[str, Document],
    vocabulary: Vocabulary,
) -> None:
    valued = {value.claim.iri: value for value in found}
    for claim in claims:
        said = [f":{name} {term}" for name, term in claim_columns(claim, documents, vocabulary)]
        if (value := valued.get(claim.iri)) is not None:
            said += [f":{name} {term}" for name, term in value_columns(value)]
        recorder.say(claim.iri, said)


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
