"""The one form in which two values may be compared.

A share and its complement, a rank from the top and one from the bottom, say the same thing in two
ways; here each claim with a value is turned to one way of saying it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kgcheck.model.claim import Claim, Kind
from kgcheck.model.interval import Interval
from kgcheck.model.meaning import Meaning
from kgcheck.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Comparable:
    """A value under the name by which it meets others.

    `name` tells apart what can never be compared (a level, a change of it, a rank in it);
    `measure` is the canonical measure. `turned` says that the words gave the complement.
    """

    name: str
    measure: str
    inner: Interval
    outer: Interval
    reporting: Interval
    uncertainty: Interval | None = None
    turned: bool = False


def comparable(claim: Claim, vocabulary: Vocabulary) -> Comparable | None:
    """The comparable form of a claim's value, or None where it has no number or no measure."""
    meaning = claim.meaning
    if meaning is None:
        return None
    if claim.kind is Kind.UNIQUENESS:
        return _plain("holders", criterion(claim, vocabulary), meaning)
    measure = claim.scope.measure
    if measure is None and claim.proposition is not None:
        known = vocabulary.propositions.get(claim.proposition)
        measure = known.measure if known else None
    if measure is None:
        return None
    if claim.kind is Kind.RANK:
        return _rank(claim, measure, meaning)
    if claim.kind is Kind.TREND:
        return _plain(f"change in {meaning.kind.value}", measure, meaning)
    canonical = canonical_measure(measure, vocabulary)
    if canonical != measure:
        return Comparable(
            "level",
            canonical,
            meaning.inner.complement(),
            meaning.outer.complement(),
            meaning.reporting.complement(),
            meaning.uncertainty.complement() if meaning.uncertainty else None,
            turned=True,
        )
    return _plain("level", measure, meaning)


def canonical_measure(measure: str, vocabulary: Vocabulary) -> str:
    """The measure to compare by: of a share and the rest, the one that bounds speak of, so that a
    bound holds for both; failing that, the first by IRI."""
    behaviour = vocabulary.measures.get(measure)
    if behaviour is None or behaviour.complement is None:
        return measure
    pair = sorted((measure, behaviour.complement))
    bounded = (
        iri
        for iri in pair
        if (known := vocabulary.measures.get(iri)) is not None and (known.bounds or known.bounded_by)
    )
    return next(bounded, pair[0])


def criterion(claim: Claim, vocabulary: Vocabulary) -> str:
    """What the holders of a uniqueness claim have in common, as one string to compare by."""
    grade = vocabulary.grades.get(claim.grade) if claim.grade else None
    run = f"{claim.run_length} {claim.run_unit}" if claim.run_length else ""
    parts = [
        ",".join(sorted(claim.questions)),
        grade.name if grade else claim.grade or "",
        run,
        claim.proposition or "",
    ]
    return "|".join(parts)


def _plain(name: str, measure: str, meaning: Meaning) -> Comparable:
    return Comparable(name, measure, meaning.inner, meaning.outer, meaning.reporting, meaning.uncertainty)


def _rank(claim: Claim, measure: str, meaning: Meaning) -> Comparable:
    """Ranks count from the top where the number of ranked members is known."""
    if claim.rank_from == "bottom" and claim.population_size is None:
        return _plain("bottom rank", measure, meaning)
    if claim.rank_from == "top":
        return _plain("rank", measure, meaning)
    last = Decimal(claim.population_size or 0) + 1

    def from_top(interval: Interval) -> Interval:
        return Interval(
            last - interval.upper, last - interval.lower, interval.upper_open, interval.lower_open
        )

    inner, outer, reporting = (from_top(i) for i in (meaning.inner, meaning.outer, meaning.reporting))
    return Comparable("rank", measure, inner, outer, reporting, turned=True)
