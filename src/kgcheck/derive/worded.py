"""The meaning of a claim's stated words, or of the position, number or proposition it states."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kgcheck.derive.properties import Properties
from kgcheck.model.claim import Kind
from kgcheck.model.interval import Interval
from kgcheck.model.meaning import Comparator, Meaning, UnitKind
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics import Policy, interpret, interpret_change


def meaning_of(
    kind: Kind, properties: Properties, proposition: str | None, vocabulary: Vocabulary, policy: Policy
) -> Meaning | None:
    """What a claim of this kind states as a number, or None if it states none.

    Raises MeaningError for words that have no meaning, ValueError for numbers out of range.
    """
    measure = properties.one("kgc:measure")
    stated = properties.one("kgc:statedValue")
    if kind is Kind.RANK:
        rank = Decimal(properties.one("kgc:rank") or "1")
        at_most = properties.one("kgc:rankBound") == "at-most"
        first = Decimal(1) if at_most else rank
        return _whole(stated or str(rank), Interval(first, rank), rank, at_most=at_most)
    if kind is Kind.UNIQUENESS:
        holders = Decimal(properties.one("kgc:holders") or "1")
        return _whole(stated or str(holders), Interval.point(holders), holders)
    if kind is Kind.PROPOSITION:
        known = vocabulary.propositions.get(proposition or "")
        affirmed = properties.one("kgc:asserts") is not None
        if known is None or known.interval is None or not affirmed:
            return None
        behaviour = vocabulary.measures.get(known.measure or "")
        value = known.interval
        unit = behaviour.kind if behaviour else UnitKind.RATIO
        return Meaning(vocabulary.label(proposition), unit, value.lower, value, value, value, Decimal(0))
    if stated is None:
        return None
    if kind is Kind.TREND:
        meaning = interpret_change(stated, direction=properties.one("kgc:direction"), policy=policy)
    elif kind is Kind.STATISTICAL:
        behaviour = vocabulary.measures.get(measure or "")
        meaning = interpret(
            stated,
            kind=behaviour.kind if behaviour else None,
            policy=policy,
            natural=behaviour.natural if behaviour else None,
            uncertainty=properties.one("kgc:statedUncertainty"),
        )
    else:
        return None
    return _exact(meaning) if properties.flag("kgc:inTable") else meaning


def _exact(meaning: Meaning) -> Meaning:
    """A count in a cell of a table is printed to the last digit, however round it looks."""
    if meaning.kind is not UnitKind.COUNT or meaning.hedged or meaning.point % 1:
        return meaning
    point = Interval.point(meaning.point)
    return replace(meaning, inner=point, outer=point, reporting=point, granule=Decimal(1))


def _whole(words: str, interval: Interval, point: Decimal, *, at_most: bool = False) -> Meaning:
    """Positions and numbers of holders are whole and exact."""
    comparator = Comparator.AT_MOST if at_most else Comparator.EQUAL
    return Meaning(words, UnitKind.COUNT, point, interval, interval, interval, Decimal(1), comparator)
