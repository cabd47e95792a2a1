"""Comparison of two scopes, dimension by dimension, each with its reason.

The order of the dimensions is the order in which an editor would ask: what, about whom, when,
among whom, how counted, which release.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from kgcheck.model.claim import Claim, Kind
from kgcheck.model.finding import Reason
from kgcheck.model.period import Relation
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics import wording
from kgcheck.semantics.comparable import Comparable, comparable, criterion

NEITHER = "neither document states it"
"""The note of a dimension that is open on both sides: two things would have to be found out."""

_STATED = ("subject", "topic", "population", "method", "vintage")
_NEEDED = {"subject": {"area", "subject"}}
_GRADED = {Kind.GRADE, Kind.RUN}
_MEASURED = {Kind.STATISTICAL, Kind.TREND, Kind.RANK}


Valued = Callable[[Claim, Vocabulary], Comparable | None]
Words = tuple[str, str, str | None]


class Lie(NamedTuple):
    """How one dimension of a scope lies to that of another, before anybody asks for the words.

    `words` gives what either side says, and the note. `neither` is set where both leave it open:
    two things would have to be found out.
    """

    dimension: str
    relation: Relation
    words: Callable[[], Words]
    neither: bool = False

    def told(self) -> Reason:
        """The same in words."""
        return Reason(self.dimension, self.relation, *self.words())


def compare_scopes(a: Claim, b: Claim, vocabulary: Vocabulary) -> tuple[Reason, ...]:
    """How every dimension of a's scope lies to b's, seen from a, in words."""
    return tuple(lie.told() for lie in scopes_lie(a, b, vocabulary))


def scopes_lie(a: Claim, b: Claim, vocabulary: Vocabulary, value: Valued = comparable) -> Iterator[Lie]:
    """How every dimension of a's scope lies to b's, seen from a.

    A dimension that neither states and neither needs is left out. Two claims of one document that
    both leave a needed dimension unstated are read as speaking of the same, because a text that
    changes its scope says so. `value` gives the comparable form of a claim, for who has it already.
    """
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
    yield _measure(a, b, vocabulary, value)
    yield from _shared(a, b, vocabulary, needed=needed_by(a, vocabulary) | needed_by(b, vocabulary))


def needed_by(claim: Claim, vocabulary: Vocabulary) -> frozenset[str]:
    """The dimensions that a claim's measure needs to be stated, by their local names."""
    measure = vocabulary.measures.get(claim.scope.measure or "")
    return frozenset({"period"}) if measure is None else measure.requires


def seen_scope(
    claim: Claim, vocabulary: Vocabulary, apart: Collection[str] = (), value: Valued = comparable
) -> tuple[object, ...]:
    """All that `scopes_lie` sees of a claim beside its document, without the dimensions `apart`.

    Of two claims for which this is equal, each lies to any third as the other one does, as far as the
    other dimensions go, and as long as no document is one that `leaves_open` any of them.
    """
    scope, compared = claim.scope, None
    if "measure" not in apart and (own := value(claim, vocabulary)) is not None:
        compared = own.name, own.measure, own.turned
    return (
        claim.kind,
        tuple(None if name in apart else getattr(scope, name) for name in _STATED),
        None if "measure" in apart else scope.measure,
        compared,
        needed_by(claim, vocabulary),
        None if "period" in apart else scope.period,
        None if {"inspection", "period"}.issubset(apart) else scope.inspection,
        None if {"question", "criterion"}.issubset(apart) else (scope.question, claim.questions),
        None if {"scheme", "criterion"}.issubset(apart) else claim.grade,
        claim.run_length,
        claim.run_unit,
        claim.post,
        claim.proposition,
        claim.meaning is None,
    )


def leaves_open(claim: Claim, apart: Collection[str], needed: Collection[str]) -> bool:
    """Whether it matters for a claim in which document it stands: it leaves a dimension open that is
    `needed` and not among those `apart`, and another claim of that document is taken to mean the same."""
    if "period" not in apart and not claim.scope.period.certain:
        return True
    return any(
        getattr(claim.scope, name) is None and not _NEEDED.get(name, {name}).isdisjoint(needed)
        for name in _STATED
        if name not in apart
    )


def _shared(a: Claim, b: Claim, vocabulary: Vocabulary, needed: Collection[str]) -> Iterator[Lie]:
    yield from _stated("subject", a, b, vocabulary, needed=not _NEEDED["subject"].isdisjoint(needed))
    yield from _stated("topic", a, b, vocabulary, needed="topic" in needed)
    yield _period(a, b, needed="period" in needed)
    yield from _stated("population", a, b, vocabulary, needed="population" in needed)
    yield from _stated("method", a, b, vocabulary, needed="method" in needed)
    if a.scope.vintage or b.scope.vintage:
        yield _vintage(a, b)


def _stated(dimension: str, a: Claim, b: Claim, vocabulary: Vocabulary, *, needed: bool) -> Iterator[Lie]:
    left, right = getattr(a.scope, dimension), getattr(b.scope, dimension)
    if left is not None or right is not None:
        yield _concept(dimension, left, right, vocabulary)
    elif needed:
        yield _unstated(dimension, a.document == b.document)


def _unstated(dimension: str, same_document: bool) -> Lie:
    if same_document:
        note = "the same document leaves it unstated in both places"
        return Lie(dimension, Relation.EQUAL, lambda: ("not stated", "not stated", note))
    return Lie(dimension, Relation.UNKNOWN, lambda: ("not stated", "not stated", NEITHER), neither=True)


def _concept(dimension: str, a: str | None, b: str | None, vocabulary: Vocabulary) -> Lie:
    """Equal, narrower or broader by the part-of closure, disjoint otherwise."""
    compare_by = vocabulary.place if dimension == "subject" else vocabulary.same
    left, right = compare_by(a), compare_by(b)
    if left is None or right is None:
        relation = Relation.UNKNOWN
    elif left == right:
        relation = Relation.EQUAL
    elif right in vocabulary.part_of.get(left, ()):
        relation = Relation.NARROWER
    elif left in vocabulary.part_of.get(right, ()):
        relation = Relation.BROADER
    else:
        relation = Relation.DISJOINT

    def words() -> Words:
        one, other = vocabulary.label(a), vocabulary.label(b)
        notes = {
            Relation.UNKNOWN: f"only one of them states the {dimension}",
            Relation.NARROWER: f"{one} is part of {other}",
            Relation.BROADER: f"{other} is part of {one}",
            Relation.DISJOINT: f"different {dimension}: {one} and {other}",
        }
        return one, other, notes.get(relation)

    return Lie(dimension, relation, words)


def _measure(a: Claim, b: Claim, vocabulary: Vocabulary, value: Valued) -> Lie:
    left, right = value(a, vocabulary), value(b, vocabulary)
    note = None
    if left is None or right is None:
        equal = a.scope.measure is not None and a.scope.measure == b.scope.measure and a.kind == b.kind
    else:
        equal = (left.name, left.measure) == (right.name, right.measure)
        if left.name == "level" and left.turned != right.turned:
            note = "one is the complement of the other"

    def words() -> Words:
        one = _named(a, left.name if left else "level", vocabulary)
        other = _named(b, right.name if right else "level", vocabulary)
        return one, other, note if equal else f"different measures: {one} and {other}"

    return Lie("measure", Relation.EQUAL if equal else Relation.DISJOINT, words)


def _named(claim: Claim, name: str, vocabulary: Vocabulary) -> str:
    label = vocabulary.label(claim.scope.measure or claim.proposition)
    return label if name == "level" else f"{name}: {label}"


def _proposition(a: Claim, b: Claim, vocabulary: Vocabulary) -> Lie:
    left, right = a.proposition, b.proposition
    known = vocabulary.propositions.get(left or "")
    relation, note = Relation.DISJOINT, "two different statements"
    if left == right:
        relation, note = Relation.EQUAL, ""
    elif known and right in known.incompatible_with:
        relation, note = Relation.EQUAL, "the two exclude each other"
    elif known and right in known.strained_with:
        relation, note = Relation.UNKNOWN, "the two sit badly together; the wording decides"
    return Lie(
        "proposition", relation, lambda: (vocabulary.label(left), vocabulary.label(right), note or None)
    )


def _criterion(a: Claim, b: Claim, vocabulary: Vocabulary) -> Lie:
    left, right = criterion(a, vocabulary), criterion(b, vocabulary)
    first, second = set(a.questions), set(b.questions)
    relation, note = Relation.DISJOINT, "they single out by different criteria"
    if left == right:
        relation, note = Relation.EQUAL, ""
    elif first and second and left.split("|", 1)[1] == right.split("|", 1)[1]:
        if first < second:
            relation, note = Relation.BROADER, "the second asks for more"
        elif second < first:
            relation, note = Relation.NARROWER, "the first asks for more"

    def words() -> Words:
        return describe_criterion(a, vocabulary), describe_criterion(b, vocabulary), note or None

    return Lie("criterion", relation, words)


def describe_criterion(claim: Claim, vocabulary: Vocabulary) -> str:
    """The criterion of a uniqueness claim in words."""
    grade = vocabulary.grades.get(claim.grade) if claim.grade else None
    parts = [grade.name if grade else "", " and ".join(vocabulary.label(q) for q in claim.questions)]
    if claim.run_length:
        parts.append(f"{claim.run_length} {claim.run_unit}s running")
    if claim.proposition:
        parts.append(vocabulary.label(claim.proposition))
    return ", ".join(part for part in parts if part) or "not stated"


def _graded(a: Claim, b: Claim, vocabulary: Vocabulary) -> Iterator[Lie]:
    yield _concept("question", a.scope.question, b.scope.question, vocabulary)
    yield _concept("subject", a.scope.subject, b.scope.subject, vocabulary)
    grades = [vocabulary.grades.get(claim.grade or "") for claim in (a, b)]
    schemes = [grade.scheme if grade else None for grade in grades]
    yield _concept("scheme", schemes[0], schemes[1], vocabulary)
    if a.scope.inspection or b.scope.inspection:
        left, right = vocabulary.same(a.scope.inspection), vocabulary.same(b.scope.inspection)
        if left and right:
            note = None if left == right else "two inspections"
            relation = Relation.EQUAL if left == right else Relation.DISJOINT
            yield Lie("inspection", relation, lambda: (vocabulary.label(left), vocabulary.label(right), note))
            return
    yield _period(a, b, needed=True)


def _held(a: Claim, b: Claim, vocabulary: Vocabulary) -> Iterator[Lie]:
    """A grade beside a claim to be one of few that hold one."""
    relation = Relation.DISJOINT
    if set(a.questions) == set(b.questions):
        relation = Relation.EQUAL
    elif set(a.questions) & set(b.questions):
        relation = Relation.OVERLAPS

    def words() -> Words:
        one, other = (
            " and ".join(map(vocabulary.label, claim.questions)) or "not stated" for claim in (a, b)
        )
        notes = {
            Relation.OVERLAPS: "one of them asks for more",
            Relation.DISJOINT: f"different question: {one} and {other}",
        }
        return one, other, notes.get(relation)

    yield Lie("question", relation, words)
    yield from _stated("subject", a, b, vocabulary, needed=False)
    yield _round(a, b, vocabulary) or _period(a, b, needed=True)
    yield from _stated("population", a, b, vocabulary, needed=False)


def _round(a: Claim, b: Claim, vocabulary: Vocabulary) -> Lie | None:
    """Inspections of several bodies in one round of a programme, which need not come out together."""
    first, second = (vocabulary.inspections.get(claim.scope.inspection or "") for claim in (a, b))
    if first is None or second is None or first.programme is None or first.programme != second.programme:
        return None
    one, other = first.round, second.round
    if one is None or other is None:
        return None
    if one == other:
        return Lie("round", Relation.EQUAL, lambda: (one, other, None))
    return Lie("round", Relation.DISJOINT, lambda: (one, other, "two rounds of inspections"))


_PERIODS = {
    Relation.DISJOINT: "the periods have no day in common",
    Relation.UNKNOWN: "the words leave open whether the periods match",
    Relation.OVERLAPS: "the periods overlap without being the same",
    Relation.NARROWER: "the first period lies within the second",
    Relation.BROADER: "the second period lies within the first",
}


def _period(a: Claim, b: Claim, *, needed: bool) -> Lie:
    left, right = a.scope.period, b.scope.period
    neither = left.unknown and right.unknown
    note: str | None
    if a.document == b.document and left == right:
        relation, neither = Relation.EQUAL, False
        note = "the same document leaves it unstated in both places" if left.unknown else None
    elif neither and not needed:
        relation, neither, note = Relation.EQUAL, False, "this measure needs no period"
    else:
        relation = left.relation(right)
        note = NEITHER if neither else _PERIODS.get(relation)
    return Lie("period", relation, lambda: (wording.period(left), wording.period(right), note), neither)


def _vintage(a: Claim, b: Claim) -> Lie:
    left, right = a.scope.vintage or "not stated", b.scope.vintage or "not stated"
    relation, note = Relation.DISJOINT, "two releases of the figures"
    if left == right:
        relation, note = Relation.EQUAL, ""
    elif "not stated" in (left, right):
        relation, note = Relation.UNKNOWN, "only one of them names its release"
    return Lie("vintage", relation, lambda: (left, right, note or None))
