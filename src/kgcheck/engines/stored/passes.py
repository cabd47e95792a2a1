"""Forming blocks out of some claims of a store, and running the checks over them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kgcheck.checks.registry import Check, needs
from kgcheck.checks.runner import Count, found_by
from kgcheck.derive.blocks import key_of
from kgcheck.derive.derivation import add_columns, write_derived
from kgcheck.derive.meetings import companions
from kgcheck.derive.sources import Computation
from kgcheck.derive.values import values
from kgcheck.engines.stored.ancestry import Ancestry
from kgcheck.engines.stored.state import State
from kgcheck.findings.forming import Forming
from kgcheck.findings.gate import Gate, readings_of
from kgcheck.findings.rows import Row
from kgcheck.lineage.circles import circles
from kgcheck.lineage.columns import lineage_columns
from kgcheck.lineage.tracing import Tracing
from kgcheck.model.claim import Claim, Document
from kgcheck.model.finding import Finding
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.store import Store

Wanted = Callable[[str], bool]
"""Whether blocks that are told by a meeting key are looked at."""


@dataclass(frozen=True, slots=True)
class Common:
    """What all passes of a check share."""

    checks: Sequence[Check]
    vocabulary: Vocabulary
    documents: Mapping[str, Document]
    ancestry: Ancestry
    drafts_only: bool
    tell: Callable[[str], None]
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """Some claims, among them all of every wanted block.

    `alone` are those that checks may look at by themselves; `circular` those of which the circles of
    citation are wanted.
    """

    claims: Mapping[str, Claim]
    wanted: Wanted
    computations: Iterable[Computation] = ()
    alone: Collection[str] = ()
    circular: frozenset[str] = frozenset()


def gathered(
    state: State, first: Iterable[Claim], wanted: Wanted, vocabulary: Vocabulary
) -> dict[str, Claim]:
    """These claims, and those without which wanted blocks, or readings of a sentence, are not whole."""
    claims = {claim.iri: claim for claim in first}
    originals = {
        iri for claim in claims.values() for iri in claim.restates if wanted(key_of("restatement", iri))
    }
    claims |= {claim.iri: claim for claim in state.claims_named(sorted(originals - claims.keys()))}
    keys = {key for claim in claims.values() for key in companions(claim, vocabulary)}
    keys |= {
        value.key("scope")
        for value in values((claims[iri] for iri in sorted(originals & claims.keys())), vocabulary)
    }
    claims |= {claim.iri: claim for claim in state.claims_with(state.keys.known_numbers(keys))}
    readings = {key_of("reading", c.reading_of) for c in claims.values() if c.reading_of is not None} - keys
    claims |= {claim.iri: claim for claim in state.claims_with(state.keys.known_numbers(readings))}
    return dict(sorted(claims.items()))


def found_in(work: Pass, common: Common, state: State) -> Iterator[tuple[Finding, list[int]]]:
    """What the checks find in the wanted blocks, each with the numbers of the keys of its block."""
    graph = common.ancestry.graph(work.claims)
    store = Store()
    blocks = write_derived(
        store,
        work.claims,
        common.documents,
        common.vocabulary,
        work.computations,
        work.wanted,
        work.alone,
        needs(common.checks),
    )
    round_trips: dict[str, list[str]] = {}
    if work.circular:
        columns = list(lineage_columns(work.claims, circles(graph), ()))
        for iri, (_, circle) in columns:
            round_trips.setdefault(circle.value, []).append(iri)
        round_trips = {b: own for b, own in round_trips.items() if not work.circular.isdisjoint(own)}
        add_columns(store, (column for column in columns if column[1][1].value in round_trips))
    forming = Forming(
        Gate(
            common.vocabulary,
            readings_of(work.claims.values()),
            Tracing(graph),
            drafts_only=common.drafts_only,
        ),
        work.claims,
        common.documents,
    )

    def kept(row: Row) -> bool:
        return row.block in blocks or row.block in work.alone or row.block in round_trips

    for found in found_by(common.checks, store, forming, common.tell, kept=kept, count=common.count):
        for finding in found:
            block = finding.block
            if block in blocks:
                yield finding, [state.keys.number(key) for key in blocks[block]]
            else:
                yield finding, [state.keys.own(iri) for iri in round_trips.get(block, (block,))]
