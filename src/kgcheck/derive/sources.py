"""Blocks of restatements, citations, agreements and computations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kgcheck.derive.blocks import ANY, Membership, concept_token, judgeable, key_of, subject_token
from kgcheck.derive.gradings import round_token
from kgcheck.derive.values import Value
from kgcheck.model.claim import Claim, Document, Kind
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import KGC, expand
from kgcheck.semantics.comparable import criterion
from kgcheck.store import Store

_ROLES = {
    "sum": ("Sum", ("Addend",)),
    "difference": ("Difference", ("Minuend", "Subtrahend")),
    "percent-change": ("PercentChange", ("New", "Old")),
    "ratio": ("Ratio", ("Numerator", "Denominator")),
    "share": ("Percentage", ("Portion", "Base")),
}


def restatement_blocks(claims: Mapping[str, Claim], found: list[Value]) -> Iterator[Membership]:
    """A headline, pull quote or repetition, what it restates, and figures for the same beside that."""
    scopes: dict[tuple[str, str], list[str]] = defaultdict(list)
    places: dict[str, tuple[str, str]] = {}
    for value in found:
        place = places[value.claim.iri] = value.claim.document, value.key("scope")
        scopes[place].append(value.claim.iri)
    restated: set[str] = set()
    for claim in claims.values():
        for original in claim.restates:
            if original in claims:
                restated.add(original)
                yield Membership(claim.iri, "Restating", key_of("restatement", original))
    for original in sorted(restated):
        key = key_of("restatement", original)
        yield Membership(original, "Restated", key)
        for other in scopes[places[original]] if original in places else ():
            if other != original:
                yield Membership(other, "Beside", key)


def reading_blocks(claims: Mapping[str, Claim]) -> Iterator[Membership]:
    """The claims that one sentence makes in its different readings."""
    for claim in claims.values():
        if claim.reading_of is not None:
            yield Membership(claim.iri, "Reading", key_of("reading", claim.reading_of))


def citation_blocks(claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> Iterator[Membership]:
    """Claims that rest on one source, and the claims of that source where it is in the graph."""
    cited: set[str] = set()
    for claim in claims.values():
        for source in claim.sources:
            cited.add(source)
            yield Membership(claim.iri, "Citing", source_key(source))
    for claim in claims.values():
        if claim.document in cited:
            yield Membership(claim.iri, "Cited", source_key(claim.document))
    for claim in claims.values():
        for source in claim.sources:
            if _came_later(documents.get(source), documents.get(claim.document)):
                key = key_of("cites", claim.document, source)
                yield Membership(claim.iri, "CitesLater", key, (source_key(source),))


def source_key(iri: str) -> str:
    """The block of all that rests on one source."""
    return key_of("source", iri)


def _came_later(cited: Document | None, citing: Document | None) -> bool:
    """Whether the cited document certainly came out after the one that cites it."""
    if cited is None or citing is None or cited.issued.hull is None or citing.issued.hull is None:
        return False
    return cited.issued.hull.start > citing.issued.hull.end


def agreement_blocks(
    claims: Mapping[str, Claim], found: list[Value], vocabulary: Vocabulary
) -> Iterator[Membership]:
    """Claims that make the same statement; numbers are compared inside the block.

    Figures that share a source also meet when one of them leaves its period unstated.
    """
    for value in found:
        if value.claim.kind is Kind.PROPOSITION:
            continue
        yield Membership(value.claim.iri, "Agreement", value.key("scope"))
        for source in value.claim.sources:
            yield Membership(value.claim.iri, "SharedSource", value.key(f"shared {source}", Period=ANY))
    for claim in claims.values():
        key = _statement(claim, vocabulary)
        if key is not None and judgeable(claim):
            yield Membership(claim.iri, "Agreement", key)


def _statement(claim: Claim, vocabulary: Vocabulary) -> str | None:
    """What a claim without a comparable number says, as a block key."""
    subject = subject_token(claim, vocabulary, needed=False)
    if claim.kind is Kind.GRADE:
        question = concept_token(claim.scope.question, vocabulary, claim.document, needed=True)
        return key_of("graded", question, subject, claim.grade, round_token(claim, vocabulary))
    if claim.kind is Kind.RUN:
        return key_of(
            "ran", claim.scope.question, subject, claim.grade, f"{claim.run_length} {claim.run_unit}"
        )
    if claim.kind is Kind.ROLE:
        return key_of("held", vocabulary.same(claim.person), vocabulary.same(claim.post), claim.tense)
    if claim.kind is Kind.UNIQUENESS:
        holders = str(claim.meaning.point) if claim.meaning else None
        return key_of("only", subject, criterion(claim, vocabulary), holders)
    if claim.kind is Kind.PROPOSITION:
        return key_of("said", claim.proposition, subject, str(claim.affirmed))
    if claim.kind is Kind.TREND and claim.meaning is None:
        return key_of(
            "moved", claim.scope.measure, subject, claim.scope.topic, str(claim.scope.period), claim.direction
        )
    return None


def figure(value: Value) -> tuple[str, int] | None:
    """The printed figure and its number of significant digits, the same for a share and its rest."""
    meaning = value.claim.meaning
    if meaning is None:
        return None
    point = meaning.point
    if meaning.kind.value == "ratio" and Decimal(0) <= point <= 1:
        point = min(point, 1 - point)
    digits = len(f"{meaning.point.normalize():f}".replace(".", "").replace("-", "").strip("0"))
    return f"{point.normalize():f}", digits


@dataclass(frozen=True, slots=True)
class Computation:
    """An operation that a document states or implies, with the IRIs of the claims it is made of.

    `graph` is the graph in which it is stated.
    """

    iri: str
    graph: str
    operation: str
    result: str
    operands: tuple[str, ...]

    @property
    def key(self) -> str:
        """The block of its claims."""
        return key_of("computation", self.iri)

    @property
    def members(self) -> tuple[str, ...]:
        """The result and the operands."""
        return (self.result, *self.operands)


def read_computations(store: Store) -> Iterator[Computation]:
    """All computations that are whole: one known operation, one result, one list of operands."""
    operation, result, operands = (ox.NamedNode(KGC + name) for name in ("operation", "result", "operands"))
    for node, _, words, graph in store.raw.quads_for_pattern(None, operation, None, None):
        if not isinstance(node, ox.NamedNode) or not isinstance(words, ox.Literal):
            continue
        results = _objects(store, node, result)
        lists = _objects(store, node, operands)
        if words.value in _ROLES and len(results) == 1 and len(lists) == 1:
            place = graph.value if isinstance(graph, ox.NamedNode) else ""
            yield Computation(
                node.value, place, words.value, results[0].value, tuple(_items(store, lists[0]))
            )


def computation_blocks(
    computations: Iterable[Computation], claims: Mapping[str, Claim]
) -> Iterator[Membership]:
    """Results and their operands, each operand in the role that the operation gives it."""
    for computation in computations:
        if not all(iri in claims and judgeable(claims[iri]) for iri in computation.members):
            continue
        name, parts = _ROLES[computation.operation]
        yield Membership(computation.result, name, computation.key)
        for index, member in enumerate(computation.operands):
            yield Membership(member, parts[min(index, len(parts) - 1)], computation.key)


def _objects(store: Store, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
    quads = store.raw.quads_for_pattern(subject, predicate, None, None)
    return sorted({q.object for q in quads if isinstance(q.object, ox.NamedNode)}, key=lambda n: n.value)


def _items(store: Store, head: ox.NamedNode) -> Iterable[str]:
    """The members of an RDF list, in order; lists are skolemised when they are loaded."""
    nil, seen = expand("rdf:nil"), set()
    while head.value != nil and head.value not in seen:
        seen.add(head.value)
        yield from (node.value for node in _objects(store, head, ox.NamedNode(expand("rdf:first"))))
        rest = _objects(store, head, ox.NamedNode(expand("rdf:rest")))
        if not rest:
            return
        head = rest[0]
