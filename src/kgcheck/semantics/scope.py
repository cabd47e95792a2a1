"""Comparison of two scopes, dimension by dimension, each with its reason.

The order of the dimensions is the order in which an editor would ask: what, about whom, when,
among whom, how counted, which release.
"""

from __future__ import annotations

from collections.abc import Iterator

from kgcheck.model.claim import Claim, Kind
from kgcheck.model.finding import Reason
from kgcheck.model.period import Relation
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics import wording
from kgcheck.semantics.comparable import comparable, criterion

NEITHER = "neither document states it"
"""The note of a dimension that is open on both sides: two things would have to be found out."""

_GRADED = {Kind.GRADE, Kind.RUN}
_MEASURED = {Kind.STATISTICAL, Kind.TREND, Kind.RANK}


def compare_scopes(a: Claim, b: Claim, vocabulary: Vocabulary) -> tuple[Reason, ...]:
    """How every dimension of a's scope lies to b's, seen from a.

    A dimension that neither states and neither needs is left out. Two claims of one document that
    both leave a needed dimension unstated are read as speaking of the same, because a text that
    changes its scope says so.
    """
    return tuple(_dimensions(a, b, vocabulary))


def _dimensions(a: Claim, b: Claim, vocabulary: Vocabulary) -> Iterator[Reason]:
    kinds = {a.kind, b.kind}
    if Kind.ROLE in kinds:
        yield _concept("post", a.post, b.post, vocabulary)
        yield _period(a, b, needed=False)
        return
    if kinds <= _GRADED:
        yield from _graded(a, b, vocabulary)
        return
    if kinds == {Kind.UNIQUENESS}:
        yield _criterion(a, b, vocabulary)
        yield from _stated("subject", a, b, vocabulary, needed=False)
        yield _round(a, b, vocabulary) or _period(a, b, needed=False)
        yield from _stated("population", a, b, vocabulary, needed=False)
        return
    if kinds == {Kind.GRADE, Kind.UNIQUENESS}:
        yield from _held(a, b, vocabulary)
        return
    if kinds == {Kind.PROPOSITION} and not (a.meaning and b.meaning and a.proposition != b.proposition):
        yield _proposition(a, b, vocabulary)
        yield from _shared(a, b, vocabulary, needed={"period"})
        return
    yield _measure(a, b, vocabulary)
    yield from _shared(a, b, vocabulary, needed=_needed(a, vocabulary) | _needed(b, vocabulary))


def _needed(claim: Claim, vocabulary: Vocabulary) -> set[str]:
    measure = vocabulary.measures.get(claim.scope.measure or "")
    if measure is None:
        return {"period"}
    return set(measure.requires)


def _shared(a: Claim, b: Claim, vocabulary: Vocabulary, needed: set[str]) -> Iterator[Reason]:
    yield from _stated("subject", a, b, vocabulary, needed=bool(needed & {"area", "subject"}))
    yield from _stated("topic", a, b, vocabulary, needed="topic" in needed)
    yield _period(a, b, needed="period" in needed)
    yield from _stated("population", a, b, vocabulary, needed="population" in needed)
    yield from _stated("method", a, b, vocabulary, needed="method" in needed)
    if a.scope.vintage or b.scope.vintage:
        yield _vintage(a, b)


def _stated(dimension: str, a: Claim, b: Claim, vocabulary: Vocabulary, *, needed: bool) -> Iterator[Reason]:
    left, right = getattr(a.scope, dimension), getattr(b.scope, dimension)
    if left is not None or right is not None:
        yield _concept(dimension, left, right, vocabulary)
    elif needed:
        yield _unstated(dimension, a.document == b.document)


def _unstated(dimension: str, same_document: bool) -> Reason:
    if same_document:
        return Reason(
            dimension,
            Relation.EQUAL,
            "not stated",
            "not stated",
            "the same document leaves it unstated in both places",
        )
    return Reason(dimension, Relation.UNKNOWN, "not stated", "not stated", NEITHER)


def _concept(dimension: str, a: str | None, b: str | None, vocabulary: Vocabulary) -> Reason:
    """Equal, narrower or broader by the part-of closure, disjoint otherwise."""
    compare_by = vocabulary.place if dimension == "subject" else vocabulary.same
    left, right = compare_by(a), compare_by(b)
    labels = vocabulary.label(a), vocabulary.label(b)
    if left is None or right is None:
        return Reason(dimension, Relation.UNKNOWN, *labels, f"only one of them states the {dimension}")
    if left == right:
        return Reason(dimension, Relation.EQUAL, *labels)
    if right in vocabulary.part_of.get(left, ()):
        return Reason(dimension, Relation.NARROWER, *labels, f"{labels[0]} is part of {labels[1]}")
    if left in vocabulary.part_of.get(right, ()):
        return Reason(dimension, Relation.BROADER, *labels, f"{labels[1]} is part of {labels[0]}")
    return Reason(
        dimension, Relation.DISJOINT, *labels, f"different {dimension}: {labels[0]} and {labels[1]}"
    )


def _measure(a: Claim, b: Claim, vocabulary: Vocabulary) -> Reason:
    left, right = comparable(a, vocabulary), comparable(b, vocabulary)
    names = (
        _named(a, left.name if left else "level", vocabulary),
        _named(b, right.name if right else "level", vocabulary),
    )
    if left and right and (left.name, left.measure) == (right.name, right.measure):
        note = (
            "one is the complement of the other"
            if left.turned != right.turned and left.name == "level"
            else None
        )
        return Reason("measure", Relation.EQUAL, *names, note)
    if left is None or right is None:
        same = a.scope.measure is not None and a.scope.measure == b.scope.measure and a.kind == b.kind
        if same:
            return Reason("measure", Relation.EQUAL, *names)
    return Reason("measure", Relation.DISJOINT, *names, f"different measures: {names[0]} and {names[1]}")


def _named(claim: Claim, name: str, vocabulary: Vocabulary) -> str:
    label = vocabulary.label(claim.scope.measure or claim.proposition)
    return label if name == "level" else f"{name}: {label}"


def _proposition(a: Claim, b: Claim, vocabulary: Vocabulary) -> Reason:
    left, right = a.proposition, b.proposition
    labels = vocabulary.label(left), vocabulary.label(right)
    if left == right:
        return Reason("proposition", Relation.EQUAL, *labels)
    known = vocabulary.propositions.get(left or "")
    if known and right in known.incompatible_with:
        return Reason("proposition", Relation.EQUAL, *labels, "the two exclude each other")
    if known and right in known.strained_with:
        return Reason(
            "proposition", Relation.UNKNOWN, *labels, "the two sit badly together; the wording decides"
        )
    return Reason("proposition", Relation.DISJOINT, *labels, "two different statements")


def _criterion(a: Claim, b: Claim, vocabulary: Vocabulary) -> Reason:
    left, right = criterion(a, vocabulary), criterion(b, vocabulary)
    words = describe_criterion(a, vocabulary), describe_criterion(b, vocabulary)
    if left == right:
        return Reason("criterion", Relation.EQUAL, *words)
    first, second = set(a.questions), set(b.questions)
    if first and second and left.split("|", 1)[1] == right.split("|", 1)[1]:
        if first < second:
            return Reason("criterion", Relation.BROADER, *words, "the second asks for more")
        if second < first:
            return Reason("criterion", Relation.NARROWER, *words, "the first asks for more")
    return Reason("criterion", Relation.DISJOINT, *words, "they single out by different criteria")


def describe_criterion(claim: Claim, vocabulary: Vocabulary) -> str:
    """The criterion of a uniqueness claim in words."""
    grade = vocabulary.grades.get(claim.grade) if claim.grade else None
    parts = [grade.name if grade else "", " and ".join(vocabulary.label(q) for q in claim.questions)]
    if claim.run_length:
        parts.append(f"{claim.run_length} {claim.run_unit}s running")
    if claim.proposition:
        parts.append(vocabulary.label(claim.proposition))
    return ", ".join(part for part in parts if part) or "not stated"


def _graded(a: Claim, b: Claim, vocabulary: Vocabulary) -> Iterator[Reason]:
    yield _concept("question", a.scope.question, b.scope.question, vocabulary)
    yield _concept("subject", a.scope.subject, b.scope.subject, vocabulary)
    grades = [vocabulary.grades.get(claim.grade or "") for claim in (a, b)]
    schemes = [grade.scheme if grade else None for grade in grades]
    yield _concept("scheme", schemes[0], schemes[1], vocabulary)
    if a.scope.inspection or b.scope.inspection:
        left, right = vocabulary.same(a.scope.inspection), vocabulary.same(b.scope.inspection)
        if left and right:
            labels = vocabulary.label(left), vocabulary.label(right)
            if left == right:
                yield Reason("inspection", Relation.EQUAL, *labels)
            else:
                yield Reason("inspection", Relation.DISJOINT, *labels, "two inspections")
            return
    yield _period(a, b, needed=True)


def _held(a: Claim, b: Claim, vocabulary: Vocabulary) -> Iterator[Reason]:
    """A grade beside a claim to be one of few that hold one."""
    first, second = (" and ".join(map(vocabulary.label, claim.questions)) or "not stated" for claim in (a, b))
    if set(a.questions) == set(b.questions):
        yield Reason("question", Relation.EQUAL, first, second)
    elif set(a.questions) & set(b.questions):
        yield Reason("question", Relation.OVERLAPS, first, second, "one of them asks for more")
    else:
        yield Reason(
            "question", Relation.DISJOINT, first, second, f"different question: {first} and {second}"
        )
    yield from _stated("subject", a, b, vocabulary, needed=False)
    yield _round(a, b, vocabulary) or _period(a, b, needed=True)
    yield from _stated("population", a, b, vocabulary, needed=False)


def _round(a: Claim, b: Claim, vocabulary: Vocabulary) -> Reason | None:
    """Inspections of several bodies in one round of a programme, which need not come out together."""
    first, second = (vocabulary.inspections.get(claim.scope.inspection or "") for claim in (a, b))
    if first is None or second is None or first.programme is None or first.programme != second.programme:
        return None
    if first.round is None or second.round is None:
        return None
    if first.round == second.round:
        return Reason("round", Relation.EQUAL, first.round, second.round)
    return Reason("round", Relation.DISJOINT, first.round, second.round, "two rounds of inspections")


def _period(a: Claim, b: Claim, *, needed: bool) -> Reason:
    left, right = a.scope.period, b.scope.period
    words = wording.period(left), wording.period(right)
    if a.document == b.document and left == right:
        note = "the same document leaves it unstated in both places" if left.unknown else None
        return Reason("period", Relation.EQUAL, *words, note)
    if left.unknown and right.unknown and not needed:
        return Reason("period", Relation.EQUAL, *words, "this measure needs no period")
    relation = left.relation(right)
    notes = {
        Relation.DISJOINT: "the periods have no day in common",
        Relation.UNKNOWN: "the words leave open whether the periods match",
        Relation.OVERLAPS: "the periods overlap without being the same",
        Relation.NARROWER: "the first period lies within the second",
        Relation.BROADER: "the second period lies within the first",
    }
    note = NEITHER if left.unknown and right.unknown else notes.get(relation)
    return Reason("period", relation, *words, note)


def _vintage(a: Claim, b: Claim) -> Reason:
    left, right = a.scope.vintage or "not stated", b.scope.vintage or "not stated"
    if left == right:
        return Reason("vintage", Relation.EQUAL, left, right)
    if "not stated" in (left, right):
        return Reason("vintage", Relation.UNKNOWN, left, right, "only one of them names its release")
    return Reason("vintage", Relation.DISJOINT, left, right, "two releases of the figures")
