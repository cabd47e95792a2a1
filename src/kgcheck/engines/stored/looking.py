"""Looking at some graphs of a store: validating them and reading their claims, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from kgcheck.derive.meetings import Weight, meeting_keys
from kgcheck.derive.reading import Reading, read
from kgcheck.derive.sources import Computation, read_computations
from kgcheck.engines.stored.coding import Contents
from kgcheck.engines.stored.graphs import IDENTIFIER, SHARED, Graphs, Parted
from kgcheck.model.claim import Claim
from kgcheck.model.report import Violation
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics import Policy
from kgcheck.store import Store
from kgcheck.validation import Engine, validate

_BATCH = 200
"""Graphs that are looked at together; each batch is validated with the vocabularies beside it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What there is in one graph: the valid claims with their meeting keys, and the computations."""

    graph: str
    contents: Contents
    claims: Mapping[str, Claim]
    keys: Mapping[str, Mapping[str, Weight]]
    computations: tuple[Computation, ...]

    @property
    def homes(self) -> dict[str, str]:
        """The key with which each claim is at home: that of its scope where it has a number."""
        return {
            iri: max((k for k in own if k.startswith("scope|")), default=max(own))
            for iri, own in self.keys.items()
        }


def look(
    graphs: Graphs,
    parts: Mapping[str, Parted],
    vocabulary: Vocabulary,
    policy: Policy,
    shacl: Engine,
) -> Iterator[Look]:
    """Look at each graph of `parts`. Those that it names, and that name it, are validated beside it."""
    source = iter(sorted(parts))
    while batch := list(islice(source, _BATCH)):
        yield from _look_at(batch, graphs, parts, vocabulary, policy, shacl)


def _look_at(
    batch: Sequence[str],
    graphs: Graphs,
    parts: Mapping[str, Parted],
    vocabulary: Vocabulary,
    policy: Policy,
    shacl: Engine,
) -> Iterator[Look]:
    # A store of its own for each batch: one in memory does not give back the room of what is removed.
    store = Store()
    store.raw.bulk_extend(graphs.base.raw)
    own = [name for name in batch if name not in SHARED]
    graphs.copy(own, store)
    graphs.copy(_beside({name: parts[name] for name in own}, graphs, store), store)
    validation = validate(store, engine=shacl)
    reading = read(store, vocabulary, policy, validation.invalid)
    stated: dict[str, list[Computation]] = {}
    for computation in read_computations(store):
        stated.setdefault(computation.graph, []).append(computation)
    told: dict[str, list[Violation]] = {}
    for violation in validation.violations:
        for name in _told_in(violation, store):
            told.setdefault(name, []).append(violation)
    del store
    claims: dict[str, dict[str, Claim]] = {name: {} for name in batch}
    for name in batch:
        for iri in parts[name].claims:
            if iri in reading.claims:
                claims[name][iri] = reading.claims[iri]
    for name in batch:
        yield Look(
            name,
            _contents(name, parts[name], reading, told.get(name, ()), validation.invalid, reading.links),
            claims[name],
            meeting_keys(claims[name], reading.documents, vocabulary),
            tuple(stated.get(name, ())),
        )


def _beside(parts: Mapping[str, Parted], graphs: Graphs, copied: Store) -> list[str]:
    """The graphs without which those of a batch, which are `copied` already, cannot be judged."""
    words = {
        quad.object.value
        for part in parts.values()
        for quad in part.around
        if quad.predicate.value == IDENTIFIER and isinstance(quad.object, ox.Literal)
    }
    found = graphs.pointed_to(parts, copied) | graphs.identified(words)
    return sorted(found - parts.keys() - SHARED)


def _contents(
    name: str,
    part: Parted,
    reading: Reading,
    violations: Sequence[Violation],
    invalid: frozenset[str],
    links: Iterable[tuple[str, str, str]],
) -> Contents:
    own = set(part.claims)
    left_out = own & (invalid | reading.unread.keys())
    around = {quad.subject.value for quad in part.around if isinstance(quad.subject, ox.NamedNode)}
    return Contents(
        around=serialised(part.around),
        claims=part.claims,
        documents=tuple(reading.documents[iri] for iri in sorted(around & reading.documents.keys())),
        violations=tuple(violations),
        invalid=tuple(sorted(own & invalid)),
        unread={iri: reading.unread[iri] for iri in sorted(own & reading.unread.keys())},
        links=tuple(link for link in links if link[0] in left_out),
        drafts=any(not reading.claims[iri].reviewed for iri in own & reading.claims.keys()),
        reviewed=any(reading.claims[iri].reviewed for iri in own & reading.claims.keys()),
    )


def serialised(quads: Iterable[ox.Quad]) -> bytes:
    """Statements as N-Quads."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def _told_in(violation: Violation, store: Store) -> set[str]:
    """The graphs that speak of the thing at fault; failing that, those that mention it."""
    node = ox.NamedNode(violation.focus)
    for pattern in ((node, None, None), (None, None, node)):
        found = {
            quad.graph_name.value
            for quad in store.raw.quads_for_pattern(*pattern)
            if isinstance(quad.graph_name, ox.NamedNode)
        }
        if found:
            return found
    return set()
