"""What the ontology says of concepts, as frozen tables that derive, checks and the gate share.

Closures are computed once, when the tables are built, so that nobody downstream walks a hierarchy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kgcheck.model.interval import Interval
from kgcheck.model.meaning import UnitKind
from kgcheck.model.period import Period


@dataclass(frozen=True, slots=True)
class Measure:
    """How a measure behaves. Dimensions are local names: area, topic, period, population, method.

    `bounded_by` lists measures that are never smaller on the same scope, `bounds` those that are
    never greater. `complement` is the measure that is 1 minus this one. `count` is the measure that
    a rate is the rate of. `higher_is` is "better", "worse" or None. `natural` is the range of
    possible values.
    `shortfall` says that any amount of it is a shortcoming. `coverage_of` names the population of
    which it is the share examined so far, `size_of_population` says that it counts the members of one.
    """

    iri: str
    kind: UnitKind
    natural: Interval
    unit: str | None = None
    requires: frozenset[str] = frozenset()
    additive_over: frozenset[str] = frozenset()
    bounded_by: frozenset[str] = frozenset()
    bounds: frozenset[str] = frozenset()
    complement: str | None = None
    count: str | None = None
    family: str | None = None
    related: frozenset[str] = frozenset()
    higher_is: str | None = None
    shortfall: bool = False
    coverage_of: str | None = None
    size_of_population: bool = False


@dataclass(frozen=True, slots=True)
class Grade:
    """One step of a grading scheme; `ordinal` counts from 1, the worst. `name` is the bare word."""

    iri: str
    scheme: str
    name: str
    ordinal: int
    valence: str | None = None


@dataclass(frozen=True, slots=True)
class Proposition:
    """Something that can be asserted or denied.

    Where `measure` is set, asserting it says that the measure lies in `interval`. `strained_with`
    lists propositions that sit badly beside it without excluding it.
    """

    iri: str
    incompatible_with: frozenset[str] = frozenset()
    strained_with: frozenset[str] = frozenset()
    measure: str | None = None
    interval: Interval | None = None
    valence: str | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection of one body in one round of a programme, and when its result came out."""

    iri: str
    inspected: str | None = None
    programme: str | None = None
    published: Period = field(default_factory=Period)
    round: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post in an organisation; at most one person at a time holds a single-holder post."""

    iri: str
    organisation: str | None = None
    single_holder: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All concepts by IRI.

    `part_of` (for sums) and `broader` (for finding) map a concept to all its ancestors, itself
    excluded. `canonical` maps renamed bodies and merged identities to the IRI to compare by.
    `sizes` gives the known number of members of a population, `serves` the area of a body.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    types: Mapping[str, frozenset[str]] = field(default_factory=dict)
    part_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    broader: Mapping[str, frozenset[str]] = field(default_factory=dict)
    canonical: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    grades: Mapping[str, Grade] = field(default_factory=dict)
    schemes: Mapping[str, str] = field(default_factory=dict)  # grading scheme → programme
    versions: Mapping[str, str] = field(default_factory=dict)  # grading scheme → the year of its version
    questions: Mapping[str, str | None] = field(default_factory=dict)  # question → programme
    propositions: Mapping[str, Proposition] = field(default_factory=dict)
    inspections: Mapping[str, Inspection] = field(default_factory=dict)
    posts: Mapping[str, Post] = field(default_factory=dict)
    sizes: Mapping[str, Decimal] = field(default_factory=dict)
    serves: Mapping[str, str] = field(default_factory=dict)

    def label(self, iri: str | None) -> str:
        """The preferred label, or the last part of the IRI, or "not stated"."""
        if iri is None:
            return "not stated"
        return self.labels.get(iri) or iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]

    def same(self, iri: str | None) -> str | None:
        """The IRI to compare by."""
        return None if iri is None else self.canonical.get(iri, iri)

    def place(self, iri: str | None) -> str | None:
        """The subject to compare by: a body and the area it serves are one to a reader."""
        found = self.same(iri)
        return None if found is None else self.serves.get(found, found)
