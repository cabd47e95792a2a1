"""About exactly what a claim speaks, with labels."""

from __future__ import annotations

from kgcheck.model.claim import Claim
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.report.figures import period
from kgcheck.report.plain import plain

CONCEPTS = ("measure", "subject", "topic", "population", "method", "vintage", "question", "inspection")
"""The scope dimensions that hold a concept or an agent; `period` is the ninth."""


def concepts(claim: Claim) -> dict[str, str]:
    """Dimension → IRI (a vintage may be mere words), without those that are not stated."""
    found = {name: getattr(claim.scope, name) for name in CONCEPTS}
    if not found["question"] and len(claim.questions) == 1:
        found["question"] = claim.questions[0]
    return {name: iri for name, iri in found.items() if iri}


def dimensions(claim: Claim, vocabulary: Vocabulary) -> dict[str, str]:
    """Dimension → what is stated of it, in words, in the order in which a reader asks for them."""
    found = {
        name: plain(vocabulary.label(iri) if ":" in iri else iri) for name, iri in concepts(claim).items()
    }
    if len(claim.questions) > 1:
        found["question"] = " and ".join(plain(vocabulary.label(iri)) for iri in claim.questions)
    if claim.scope.period.hull or claim.scope.period.stated:
        found["period"] = period(claim.scope.period)
    order = (
        "measure",
        "question",
        "subject",
        "topic",
        "period",
        "population",
        "inspection",
        "method",
        "vintage",
    )
    return {name: found[name] for name in order if name in found}


def _ordinal(words: str) -> str:
    if not words.isdecimal():
        return plain(words)
    ending = "th" if words[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(words[-1], "th")
    return f"{words}{ending}"


def stated(claim: Claim, vocabulary: Vocabulary) -> str | None:
    """The claim's value in as few words as it has: a figure, a grade, a direction, a post."""
    if claim.stated:
        return plain(claim.stated)
    if claim.grade:
        grade = vocabulary.grades.get(claim.grade)
        name = plain(grade.name if grade else vocabulary.label(claim.grade))
        if claim.run_length:
            unit = claim.run_unit or "round"
            return f"{name}, {claim.run_length} {unit}{'s' if claim.run_length > 1 else ''} running"
        return name
    if claim.rank_from and claim.meaning:
        return f"{_ordinal(claim.meaning.words)} from the {claim.rank_from}"
    if claim.direction:
        return claim.direction
    if claim.post:
        return " ".join(plain(vocabulary.label(iri)) for iri in (claim.post, claim.person) if iri)
    if claim.proposition:
        return f"{'asserts' if claim.affirmed else 'denies'}: {plain(vocabulary.label(claim.proposition))}"
    return None
