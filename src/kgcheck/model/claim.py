"""A claim: one assertion by one speaker in one document."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kgcheck.model.meaning import Meaning
from kgcheck.model.period import Period


class Kind(StrEnum):
    """The kinds of claim; each value is the local name of its class in the ontology."""

    STATISTICAL = "StatisticalClaim"
    GRADE = "GradeClaim"
    RANK = "RankClaim"
    UNIQUENESS = "UniquenessClaim"
    TREND = "TrendClaim"
    RUN = "RunClaim"
    ROLE = "RoleClaim"
    PROPOSITION = "PropositionClaim"


class Mode(StrEnum):
    """With what force a claim is put forward; only asserted claims can contradict."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    FORECAST = "forecast"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class Document:
    """A source text. `issued` spans every day on which it may have come out; None is unknown."""

    iri: str
    identifier: str
    title: str | None = None
    publisher: str | None = None
    issued: Period = field(default_factory=Period)
    date_basis: str | None = None  # stated | inferred | unknown
    address: str | None = None
    sha256: str | None = None
    sources: tuple[str, ...] = ()

    @property
    def latest(self) -> date | None:
        """The last day on which it can have been written."""
        return self.issued.hull.end if self.issued.hull else self.issued.not_after


@dataclass(frozen=True, slots=True)
class Evidence:
    """The quoted fragment and its place in the text (Unicode code points, end exclusive)."""

    quote: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """About exactly what a claim speaks. Every field is a concept or agent IRI, None if not stated.

    `subject` is what the claim is about: the area of a statistic or the body that is graded.
    """

    measure: str | None = None
    subject: str | None = None
    topic: str | None = None
    period: Period = field(default_factory=Period)
    population: str | None = None
    method: str | None = None
    vintage: str | None = None
    question: str | None = None
    inspection: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as its document makes it, with stated words already given their meaning.

    Fields that do not belong to its kind are None. IRIs are plain strings.
    """

    iri: str
    kind: Kind
    document: str
    evidence: Evidence
    scope: Scope
    speaker: str | None = None
    sources: tuple[str, ...] = ()
    stated: str | None = None
    meaning: Meaning | None = None
    mode: Mode = Mode.ASSERTED
    reviewed: bool = True
    inferred: frozenset[str] = frozenset()  # scope dimensions that a machine filled in, unreviewed
    restates: tuple[str, ...] = ()
    headline: bool = False
    reading_of: str | None = None
    reading: str | None = None
    authoritative: bool = False
    # GradeClaim, RunClaim, UniquenessClaim
    grade: str | None = None
    run_length: int | None = None
    run_unit: str | None = None  # round | year | month | quarter
    # RankClaim, UniquenessClaim
    rank_from: str | None = None  # top | bottom
    population_size: int | None = None
    questions: tuple[str, ...] = ()
    # TrendClaim
    direction: str | None = None  # up | down | flat
    compared_to: Period | None = None
    # RoleClaim
    person: str | None = None
    post: str | None = None
    tense: str | None = None  # current | former | future
    # PropositionClaim
    proposition: str | None = None
    affirmed: bool = True
    topics: tuple[str, ...] = ()
