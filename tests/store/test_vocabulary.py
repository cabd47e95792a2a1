"""Vocabularies are read from the graphs that may speak, and hold what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from kgcheck.model.interval import LIMIT, Interval
from kgcheck.model.meaning import UnitKind
from kgcheck.model.period import Period
from kgcheck.model.vocabulary import Grade, Inspection, Measure, Post, Proposition, Vocabulary
from kgcheck.store import Store
from kgcheck.store.closures import ancestors, representatives
from kgcheck.store.vocabulary import read_vocabulary

Loader = Callable[..., Store]

EX = "https://example.org/"
SHARE = Interval(Decimal(0), Decimal(1))


@pytest.fixture
def read(load: Loader) -> Callable[..., Vocabulary]:
    def read(ontology: str, data: str | None = None) -> Vocabulary:
        store = load(ontology, ontology=True)
        return read_vocabulary(load(data, store=store) if data else store)

    return read


def test_measure(read: Callable[..., Vocabulary]) -> None:
    vocabulary = read("""
        ex:rates a kgc:MeasureFamily .
        ex:solved a kgc:Measure ; kgc:unitKind "ratio" ; kgc:unit ex:percent ;
            skos:broader ex:other, ex:rates ;
            kgc:requires kgc:area, kgc:period ; kgc:additiveOver kgc:topic ; kgc:boundedBy ex:closed ;
            kgc:rateOf ex:count ; skos:related ex:charged ; kgc:higherIs "better" .
        ex:unsolved a kgc:Measure ; kgc:unitKind "ratio" ; kgc:complementOf ex:solved ; kgc:isShortfall true .
    """)
    assert vocabulary.measures == {
        EX + "solved": Measure(
            EX + "solved",
            UnitKind.RATIO,
            SHARE,
            unit=EX + "percent",
            requires=frozenset({"area", "period"}),
            additive_over=frozenset({"topic"}),
            bounded_by=frozenset({EX + "closed"}),
            complement=EX + "unsolved",
            count=EX + "count",
            family=EX + "rates",
            related=frozenset({EX + "charged"}),
            higher_is="better",
        ),
        EX + "unsolved": Measure(
            EX + "unsolved", UnitKind.RATIO, SHARE, complement=EX + "solved", shortfall=True
        ),
    }


@pytest.mark.parametrize(
    ("statements", "natural"),
    [
        ('kgc:unitKind "count"', (0, LIMIT)),
        ('kgc:unitKind "change"', (-1, LIMIT)),
        ('kgc:unitKind "ratio" ; kgc:naturalMaximum 2.5', (0, Decimal("2.5"))),
        ('kgc:unitKind "count" ; kgc:naturalMinimum 10 ; kgc:naturalMaximum 20', (10, 20)),
        ('kgc:unitKind "count" ; kgc:naturalMinimum 20 ; kgc:naturalMaximum 10', (0, LIMIT)),
        ('kgc:unitKind "ratio" ; kgc:naturalMaximum "many"', (0, 1)),
        ('kgc:unitKind "colour"', (-LIMIT, LIMIT)),
        ("kgc:higherIs 'better'", (-LIMIT, LIMIT)),
    ],
)
def test_natural_range(statements: str, natural: tuple[int, int], read: Callable[..., Vocabulary]) -> None:
    measure = read(f"ex:m a kgc:Measure ; {statements} .").measures[EX + "m"]
    assert measure.natural == Interval(Decimal(natural[0]), Decimal(natural[1]))


def test_hierarchies_come_from_the_ontology_alone(read: Callable[..., Vocabulary]) -> None:
    vocabulary = read(
        "ex:a kgc:partOf ex:b . ex:b kgc:partOf ex:c ; skos:broader ex:d . ex:e skos:narrower ex:d .",
        "ex:c kgc:partOf ex:z ; skos:broader ex:z . ex:m a kgc:Document, kgc:Measure .",
    )
    assert vocabulary.part_of == {
        EX + "a": frozenset({EX + "b", EX + "c"}),
        EX + "b": frozenset({EX + "c"}),
    }
    assert vocabulary.broader == {
        EX + "b": frozenset({EX + "d", EX + "e"}),
        EX + "d": frozenset({EX + "e"}),
    }
    assert vocabulary.measures == {}


def test_names_come_from_everywhere_the_best_first(read: Callable[..., Vocabulary]) -> None:
    vocabulary = read(
        'ex:a skos:prefLabel "colour"@en, "Farbe"@de ; rdfs:label "hue" ; skos:altLabel "shade" .',
        'ex:b rdfs:label "Somebody" ; skos:altLabel "S. Body", "Body" . ex:c skos:prefLabel "Nom"@fr .',
    )
    assert vocabulary.labels == {EX + "a": "colour", EX + "b": "Somebody", EX + "c": "Nom"}
    assert vocabulary.alternatives == {
        EX + "a": ("Farbe", "hue", "shade"),
        EX + "b": ("Body", "S. Body"),
    }


def test_identities(read: Callable[..., Vocabulary]) -> None:
    vocabulary = read(
        "ex:m a kgc:Measure .",
        "ex:old dct:isReplacedBy ex:mid . ex:mid dct:isReplacedBy ex:new . ex:alias owl:sameAs ex:old .",
    )
    assert vocabulary.canonical == {EX + name: EX + "new" for name in ("old", "mid", "alias")}
    assert vocabulary.same(EX + "alias") == EX + "new"
    assert vocabulary.same(EX + "new") == EX + "new"


def test_gradings(read: Callable[..., Vocabulary]) -> None:
    vocabulary = read("""
        ex:s a kgc:GradingScheme ; kgc:programme ex:p . ex:loose a kgc:GradingScheme .
        ex:good a kgc:Grade ; skos:inScheme ex:s ; kgc:ordinal 2 ;
            kgc:gradeName "good" ; kgc:valence "favourable" .
        ex:bad a kgc:Grade ; skos:inScheme ex:s ; kgc:ordinal 1 ; skos:prefLabel "Poor" .
        ex:none a kgc:Grade ; skos:inScheme ex:s .
        ex:q a kgc:Question ; kgc:programme ex:p . ex:r a kgc:Question .
    """)
    assert vocabulary.grades == {
        EX + "good": Grade(EX + "good", EX + "s", "good", 2, "favourable"),
        EX + "bad": Grade(EX + "bad", EX + "s", "poor", 1),
    }
    assert vocabulary.schemes == {EX + "s": EX + "p"}
    assert vocabulary.questions == {EX + "q": EX + "p", EX + "r": None}


def test_propositions(read: Callable[..., Vocabulary]) -> None:
    vocabulary = read("""
        ex:m a kgc:Measure ; kgc:unitKind "ratio" .
        ex:all a kgc:Proposition ; kgc:measure ex:m ; kgc:lowest 0.99 ; kgc:valence "favourable" ;
            kgc:incompatibleWith ex:few .
        ex:few a kgc:Proposition ; kgc:measure ex:m ; kgc:lowest 0 ; kgc:highest 0.1 ;
            kgc:strainedWith ex:all .
        ex:mood a kgc:Proposition .
    """)
    assert vocabulary.propositions == {
        EX + "all": Proposition(
            EX + "all",
            incompatible_with=frozenset({EX + "few"}),
            strained_with=frozenset({EX + "few"}),
            measure=EX + "m",
            interval=Interval(Decimal("0.99"), Decimal(1)),
            valence="favourable",
        ),
        EX + "few": Proposition(
            EX + "few",
            incompatible_with=frozenset({EX + "all"}),
            strained_with=frozenset({EX + "all"}),
            measure=EX + "m",
            interval=Interval(Decimal(0), Decimal("0.1")),
        ),
        EX + "mood": Proposition(EX + "mood"),
    }


def test_inspections_posts_sizes_and_areas_may_stand_in_data(read: Callable[..., Vocabulary]) -> None:
    vocabulary = read(
        "ex:minister a org:Role ; kgc:singleHolder true .",
        """
        ex:i a kgc:Inspection ; kgc:inspected ex:b ; kgc:programme ex:p ; kgc:round "2017" ;
            dct:issued "2017-06-15"^^xsd:date .
        ex:j a kgc:Inspection ; kgc:issuedEdtf "../2016-02-17" .
        ex:k a kgc:Inspection ; kgc:issuedEdtf "one fine day" .
        ex:chief a org:Post ; org:postIn ex:b ; kgc:singleHolder true .
        ex:member a org:Post ; org:role ex:minister ; kgc:singleHolder false .
        ex:home a org:Post ; org:role ex:minister .
        ex:forces kgc:size 43 . ex:crowd kgc:size "many" .
        ex:b schema:areaServed ex:town .
        """,
    )
    (first, second, third) = vocabulary.inspections.values()
    assert (first.inspected, first.programme, first.round) == (EX + "b", EX + "p", "2017")
    assert first.published.certain
    assert first.published.hull is not None
    assert first.published.hull.start == date(2017, 6, 15)
    assert second.published.not_after == date(2016, 2, 17)
    assert third == Inspection(EX + "k", published=Period())
    assert vocabulary.posts == {
        EX + "chief": Post(EX + "chief", EX + "b", single_holder=True),
        EX + "member": Post(EX + "member", single_holder=False),
        EX + "home": Post(EX + "home", single_holder=True),
    }
    assert vocabulary.sizes == {EX + "forces": Decimal(43)}
    assert vocabulary.serves == {EX + "b": EX + "town"}


def test_types_leave_claims_out(read: Callable[..., Vocabulary]) -> None:
    vocabulary = read(
        "ex:t a kgc:Topic, skos:Concept .", "ex:c a kgc:StatisticalClaim . ex:b a org:Organization ."
    )
    assert set(vocabulary.types) == {EX + "t", EX + "b"}
    assert len(vocabulary.types[EX + "t"]) == 2


def test_packaged_vocabulary() -> None:
    store = Store()
    store.load_ontology()
    vocabulary = read_vocabulary(store)
    assert len(vocabulary.measures) >= 20
    assert len(vocabulary.grades) >= 10
    assert all(grade.ordinal >= 1 for grade in vocabulary.grades.values())
    assert all(iri in vocabulary.labels for iri in vocabulary.measures)


def test_circles_in_a_hierarchy_end() -> None:
    links = {"a": frozenset("b"), "b": frozenset("a"), "c": frozenset("c")}
    assert ancestors(links) == {"a": frozenset("b"), "b": frozenset("a"), "c": frozenset()}


def test_representative_of_a_circle_is_the_first() -> None:
    assert representatives({}, {"b": {"a"}, "a": {"b"}}) == {"b": "a"}
    assert representatives({"b": {"c"}, "c": {"a"}}, {}) == {"b": "a", "c": "a"}
    assert representatives({"a": {"a"}}, {}) == {}
