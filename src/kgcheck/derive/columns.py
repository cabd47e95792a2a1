"""The flat columns of the derived graph: everything a check may read of a claim.

Numbers are xsd:decimal, days zone-less xsd:date, so that every engine compares them alike. Missing
columns mean "does not apply"; an open end is a flag, never a number. Values are written as they stand in
Turtle: millions of them are read by Oxigraph far sooner than they could be handed over one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox

from kgcheck.derive.gradings import round_token
from kgcheck.derive.sources import figure
from kgcheck.derive.values import EXCEPT, Value
from kgcheck.model.claim import Claim, Document, Kind
from kgcheck.model.interval import Interval
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import KGC, expand
from kgcheck.semantics.comparable import canonical_measure, criterion

_SHARED = 20_000
"""Terms that are kept for the next claim that has them: most have the dates and concepts of others."""

HEAD = f"@prefix : <{KGC}> .\n@prefix xsd: <{expand('xsd:')}> .\n"
"""What stands before statements that are written with `Column`."""

Column = tuple[str, str]
"""The local name of a property of kgcheck's own, and a value as Turtle has it after `HEAD`."""


def claim_columns(
    claim: Claim, documents: Mapping[str, Document], vocabulary: Vocabulary
) -> Iterator[Column]:
    """Columns that a claim has by its kind, document and scope."""
    yield "kind", _node(KGC + claim.kind.value)
    yield "ofDocument", _node(claim.document)
    if claim.speaker:
        yield "ofSpeaker", _node(vocabulary.same(claim.speaker) or claim.speaker)
    yield "ofMode", _words(claim.mode.value)
    for name, flag in (("headlineFlag", claim.headline), ("recordFlag", claim.authoritative)):
        yield name, _boolean(flag)
    document = documents.get(claim.document)
    if document and document.issued.hull:
        yield "documentEarliest", _day(document.issued.hull.start)
        yield "documentLatest", _day(document.issued.hull.end)
    if claim.scope.subject:
        yield "ofSubject", _node(vocabulary.same(claim.scope.subject) or claim.scope.subject)
    if claim.kind is Kind.UNIQUENESS and claim.meaning is not None:
        # Two bodies cannot both be the only one; of a few holders only the number can conflict.
        holders = f"{claim.meaning.point:f}"
        subject = vocabulary.same(claim.scope.subject)
        yield "uniqueKey", _words(f"{holders} {subject}" if holders == "1" else holders)
    period = claim.scope.period
    if period.hull:
        yield "hullStart", _day(period.hull.start)
        yield "hullEnd", _day(period.hull.end)
    if period.core:
        yield "coreStart", _day(period.core.start)
        yield "coreEnd", _day(period.core.end)
    if claim.scope.vintage:
        yield "vintageToken", _words(claim.scope.vintage)
    if claim.scope.measure:
        yield "statedMeasure", _node(claim.scope.measure)
    if claim.direction:
        yield "directionWord", _words(_direction(claim, vocabulary))
    if claim.kind is Kind.RANK and claim.meaning is not None and claim.meaning.point == 1:
        yield "placeEnd", _words(_end(claim, vocabulary))
    yield from _graded(claim, vocabulary)
    yield from _placed(claim, vocabulary)
    if claim.proposition:
        yield "propositionToken", _node(claim.proposition)
        yield "polarity", _words("affirmed" if claim.affirmed else "denied")
    if claim.reading_of and claim.reading:
        yield "readingGroup", _node(claim.reading_of)
        yield "readingName", _words(claim.reading)
    size = claim.population_size or vocabulary.sizes.get(claim.scope.population or "")
    if size is not None:
        yield "knownSize", _decimal(Decimal(size))


def _direction(claim: Claim, vocabulary: Vocabulary) -> str:
    """Which way the canonical measure goes: where a share rises, the rest falls."""
    stated = claim.direction or ""
    return {"up": "down", "down": "up"}.get(stated, stated) if _turned(claim, vocabulary) else stated


def _end(claim: Claim, vocabulary: Vocabulary) -> str:
    """Which figure of the canonical measure a first or last place goes with."""
    highest = (claim.rank_from == "top") != _turned(claim, vocabulary)
    return "greatest" if highest else "least"


def _turned(claim: Claim, vocabulary: Vocabulary) -> bool:
    """Whether the claim speaks of the complement of its canonical measure."""
    measure = claim.scope.measure
    return measure is not None and canonical_measure(measure, vocabulary) != measure


def _graded(claim: Claim, vocabulary: Vocabulary) -> Iterator[Column]:
    if claim.grade:
        yield "gradeToken", _node(claim.grade)
        grade = vocabulary.grades.get(claim.grade)
        if grade is not None:
            yield "gradeName", _words(grade.name)
            yield "gradeOrdinal", str(grade.ordinal)
            yield "schemeToken", _node(grade.scheme)
        yield "roundToken", _words(round_token(claim, vocabulary))
    for question in claim.questions:
        yield "questionToken", _node(question)
    if claim.kind is Kind.UNIQUENESS:
        yield "criterionToken", _words(criterion(claim, vocabulary))


def _placed(claim: Claim, vocabulary: Vocabulary) -> Iterator[Column]:
    if claim.person:
        yield "personToken", _node(vocabulary.same(claim.person) or claim.person)
    if claim.post:
        yield "postToken", _node(vocabulary.same(claim.post) or claim.post)
        post = vocabulary.posts.get(claim.post)
        yield "singleHolderFlag", _boolean(post is not None and post.single_holder)
    if claim.tense:
        yield "tenseWord", _words(claim.tense)


def value_columns(value: Value) -> Iterator[Column]:
    """Columns of a claim that has a comparable number: its intervals and the tokens of its scope."""
    comparable = value.comparable
    for name, interval in (
        ("inner", comparable.inner),
        ("outer", comparable.outer),
        ("reporting", comparable.reporting),
    ):
        yield from _bounds(name, interval)
    if comparable.uncertainty is not None:
        yield from _bounds("uncertainty", comparable.uncertainty)
    meaning = value.claim.meaning
    if meaning is not None:
        point = 1 - meaning.point if comparable.turned and comparable.name == "level" else meaning.point
        yield "pointValue", _decimal(point)
        yield "valueKind", _words(meaning.kind.value)
        yield "hedgedFlag", _boolean(meaning.hedged)
        yield "comparatorSign", _words(meaning.comparator.value)
        # Arithmetic is done with what the words say, before a share is turned into the rest.
        yield "statedPoint", _decimal(meaning.point)
        yield from _bounds("stated", meaning.reporting)
        yield from _bounds("statedLoose", meaning.outer)
    yield "valueName", _words(comparable.name)
    yield "measureToken", _words(value.tokens["Measure"])
    yield "turnedFlag", _boolean(comparable.turned)
    for dimension in EXCEPT:
        yield f"{dimension.lower()}Token", _words(value.tokens[dimension])
    scope = value.claim.scope
    unstated = (
        ("Period", not scope.period.certain),
        ("Population", scope.population is None),
        ("Method", scope.method is None),
        ("Topic", scope.topic is None),
        ("Subject", scope.subject is None),
    )
    for dimension, missing in unstated:
        if missing:
            yield "unstated", _words(dimension)
    printed = figure(value)
    if printed is not None:
        yield "figure", _words(printed[0])
        yield "figureDigits", str(printed[1])
    if value.measure is not None:
        for related in sorted(value.measure.related):
            yield "relatedMeasure", _node(related)
        for dimension in sorted(value.measure.additive_over):
            yield "addsOver", _words(dimension)
        if value.measure.size_of_population:
            yield "sizeFlag", _boolean(True)


def _bounds(name: str, interval: Interval) -> Iterator[Column]:
    yield f"{name}Lower", _decimal(interval.lower)
    yield f"{name}Upper", _decimal(interval.upper)
    if interval.lower_open:
        yield f"{name}LowerOpen", _boolean(True)
    if interval.upper_open:
        yield f"{name}UpperOpen", _boolean(True)


@lru_cache(_SHARED)
def _node(iri: str) -> str:
    """A thing. Raises ValueError for what is no IRI."""
    return str(ox.NamedNode(iri))


@lru_cache(_SHARED)
def _words(text: str) -> str:
    """A plain string."""
    return str(ox.Literal(text))


def _decimal(number: Decimal) -> str:
    return f'"{number:f}"^^xsd:decimal'


@lru_cache(_SHARED)
def _day(day: date) -> str:
    return f'"{day.isoformat()}"^^xsd:date'


def _boolean(flag: bool) -> str:
    return "true" if flag else "false"
