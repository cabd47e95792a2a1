"""Blocks of gradings, runs of gradings, and claims to be the only holder of one."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from kgcheck.derive.blocks import (
    Membership,
    ancestors,
    concept_token,
    judgeable,
    key_of,
    period_token,
    subject_token,
)
from kgcheck.model.claim import Claim, Document, Kind
from kgcheck.model.period import Period, Span
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics.comparable import criterion


def round_token(claim: Claim, vocabulary: Vocabulary) -> str:
    """The inspection that a grading belongs to; failing that, the period the words give."""
    if claim.scope.inspection is not None:
        return vocabulary.same(claim.scope.inspection) or claim.scope.inspection
    return period_token(claim.scope.period, claim.document)


def published(claim: Claim, vocabulary: Vocabulary) -> Period:
    """When the grading came out: by its inspection, else by the claim's own period."""
    inspection = vocabulary.inspections.get(claim.scope.inspection or "")
    return inspection.published if inspection else claim.scope.period


def grading_blocks(claims: Iterable[Claim], vocabulary: Vocabulary) -> Iterator[Membership]:
    """Gradings of one question in one round, in other rounds, in other versions, and of one body."""
    for claim in claims:
        if claim.kind is not Kind.GRADE or not judgeable(claim):
            continue
        grade = vocabulary.grades.get(claim.grade or "")
        subject = subject_token(claim, vocabulary)
        question = concept_token(claim.scope.question, vocabulary, claim.document, needed=True)
        scheme = grade.scheme if grade else None
        when = round_token(claim, vocabulary)
        yield Membership(claim.iri, "Grade", key_of("grade", scheme, question, subject, when))
        yield Membership(claim.iri, "Rounds", key_of("rounds", scheme, question, subject))
        yield Membership(claim.iri, "Schemes", key_of("schemes", question, subject))
        yield Membership(claim.iri, "Gradings", key_of("gradings", subject))
        yield Membership(claim.iri, "GradeWhole", key_of("grade part", question, subject, when))
        for whole in ancestors(question, vocabulary):
            yield Membership(claim.iri, "GradePart", key_of("grade part", whole, subject, when))
        if grade is not None:
            yield Membership(
                claim.iri, "Holder", key_of("holders", question, grade.name, _round_name(claim, vocabulary))
            )


def _round_name(claim: Claim, vocabulary: Vocabulary) -> str:
    """Bodies inspected in one round of one programme share this name."""
    inspection = vocabulary.inspections.get(claim.scope.inspection or "")
    if inspection is not None and inspection.programme and inspection.round:
        return f"{inspection.programme} {inspection.round}"
    return round_token(claim, vocabulary)


def run_blocks(
    claims: Iterable[Claim], documents: dict[str, Document], vocabulary: Vocabulary
) -> Iterator[Membership]:
    """A grade said to be held n times running, and the gradings that certainly fall in that time."""
    claims = list(claims)
    rounds: dict[tuple[str, str], list[tuple[Span, Claim]]] = defaultdict(list)
    for claim in claims:
        if claim.kind is Kind.GRADE and judgeable(claim):
            when = published(claim, vocabulary)
            if when.hull is not None:
                rounds[_about(claim, vocabulary)].append((when.hull, claim))
    told: set[str] = set()
    for claim in claims:
        if claim.kind is not Kind.RUN or not claim.run_length:
            continue
        anchor = _anchor(claim, documents)
        if anchor is None:
            continue
        key = key_of("run", *_about(claim, vocabulary), f"{claim.run_length} {claim.run_unit}", str(anchor))
        meetings = (rounds_key(claim, vocabulary),)
        yield Membership(claim.iri, "Run", key, meetings)
        if key not in told:
            told.add(key)
            for member in _within(claim, anchor, rounds[_about(claim, vocabulary)]):
                yield Membership(member.iri, "Round", key, meetings)


def rounds_key(claim: Claim, vocabulary: Vocabulary) -> str:
    """By which runs meet the gradings of one body in one question."""
    return key_of("rounds of", *_about(claim, vocabulary))


def _about(claim: Claim, vocabulary: Vocabulary) -> tuple[str, str]:
    return (
        subject_token(claim, vocabulary),
        concept_token(claim.scope.question, vocabulary, claim.document, needed=True),
    )


def _anchor(claim: Claim, documents: dict[str, Document]) -> Span | None:
    """The days on one of which the run ends: its stated period, else the day it was said."""
    period, document = claim.scope.period, documents.get(claim.document)
    said = document.issued.hull if document else None
    if period.hull is None or period.hull == said:
        return said
    return Span(period.core.end if period.core else period.hull.start, period.hull.end)


def _within(claim: Claim, anchor: Span, rounds: list[tuple[Span, Claim]]) -> list[Claim]:
    """Gradings that lie in the run in every reading of when it ends.

    In calendar units that is the time from the latest possible start to the earliest possible end.
    In rounds, a round lies in the run when it was certainly out by then and fewer than n rounds may
    have followed it.
    """
    length = claim.run_length or 0
    if claim.run_unit == "round":
        possible = {span for span, _ in rounds if span.start <= anchor.end}
        ends = sorted(span.end for span in possible)
        last = {
            span
            for span in possible
            # All that end after it starts, but for itself, may have followed it.
            if span.end <= anchor.start
            and len(ends) - bisect_right(ends, span.start) - (span.end > span.start) < length
        }
        return [member for span, member in rounds if span in last]
    months = {"year": 12, "quarter": 3, "month": 1}.get(claim.run_unit or "year", 12) * length
    start = _months_before(anchor.end, months)
    return [member for span, member in rounds if span.start > start and span.end <= anchor.start]


def _months_before(day: date, months: int) -> date:
    """The day `months` months earlier; the last day of the month where that day does not exist."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def uniqueness_blocks(claims: Iterable[Claim], vocabulary: Vocabulary) -> Iterator[Membership]:
    """Claims to be the only one, or one of n."""
    runs: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind is not Kind.UNIQUENESS or not judgeable(claim):
            continue
        subject = subject_token(claim, vocabulary)
        population = concept_token(claim.scope.population, vocabulary, claim.document)
        same = criterion(claim, vocabulary)
        grade = vocabulary.grades.get(claim.grade or "")
        name = grade.name if grade else claim.proposition
        when = _round_name(claim, vocabulary)
        yield Membership(claim.iri, "Unique", key_of("unique", same, population, when))
        yield Membership(claim.iri, "UniqueOf", key_of("unique of", subject))
        if claim.run_length:
            run = f"{claim.run_length} {claim.run_unit} {claim.meaning.point if claim.meaning else ''}"
            runs[key_of("criterion", subject, name, run)].append(claim)
        elif grade is not None and claim.scope.question is not None:
            # Who alone holds a grade on two questions leaves room for holders on either.
            token = concept_token(claim.scope.question, vocabulary, claim.document)
            yield Membership(claim.iri, "OnlyHolder", key_of("holders", token, grade.name, when))
        if grade is not None:
            yield Membership(claim.iri, "Gradings", key_of("gradings", subject))
    for key, alike in runs.items():
        yield from _widenings(key, alike)


def _widenings(key: str, claims: list[Claim]) -> Iterator[Membership]:
    """Claims that single out in the same words, each set of questions against those that hold it."""
    for asked in sorted({claim.questions for claim in claims}):
        block = f"{key}|{' '.join(asked)}"
        for claim in claims:
            if set(claim.questions) == set(asked):
                yield Membership(claim.iri, "Narrower", block, (key,))
            elif set(claim.questions) > set(asked):
                yield Membership(claim.iri, "Wider", block, (key,))
