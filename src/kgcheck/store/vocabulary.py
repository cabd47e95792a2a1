"""The vocabularies of a store as frozen tables, closures and all.

How concepts behave and hang together is read from the graph of the ontology alone. Names, types,
identities, inspections, posts and the sizes of populations may stand in any graph, since data files
bring their own agents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kgcheck.errors import MeaningError
from kgcheck.model.interval import LIMIT, Interval
from kgcheck.model.meaning import UnitKind
from kgcheck.model.period import Period
from kgcheck.model.vocabulary import Grade, Inspection, Measure, Post, Proposition, Vocabulary
from kgcheck.namespaces import DERIVED, KGC, SKOLEM, expand
from kgcheck.semantics.edtf import parse_edtf
from kgcheck.semantics.intervals import default_natural
from kgcheck.store.closures import ancestors, representatives
from kgcheck.store.placing import ONTOLOGY
from kgcheck.store.store import Store

_NAMES = ("skos:prefLabel", "rdfs:label", "foaf:name", "schema:name", "dct:title")
"""Where a label comes from, the best first."""

_OTHER_NAMES = ("skos:altLabel", "skos:hiddenLabel", "schema:alternateName", "foaf:nick")

_UNTYPED = frozenset(KGC + name for name in ("Computation", "Statement"))
"""Classes of things that are no concepts; those of claims are told by their ending."""

_Links = Mapping[str, frozenset[str]]


def read_vocabulary(store: Store) -> Vocabulary:
    """All concepts of `store`, renamed bodies and merged identities included.

    What the shapes refuse (an unknown unit kind, a size that is no number) is passed over here, so
    that the rest can still be checked.
    """
    ontology = _Statements(store, ONTOLOGY)
    everywhere = _Statements(store, None)
    labels, alternatives = _labels(everywhere)
    measures = _measures(ontology)
    return Vocabulary(
        labels=labels,
        alternatives=alternatives,
        types=_types(everywhere),
        part_of=ancestors(ontology.links("kgc:partOf")),
        broader=ancestors(
            _merge(ontology.links("skos:broader"), ontology.links("skos:narrower", inverse=True))
        ),
        canonical=representatives(everywhere.links("owl:sameAs"), everywhere.links("dct:isReplacedBy")),
        measures=measures,
        grades=_grades(ontology, labels),
        schemes=_one_each(ontology, ontology.instances("kgc:GradingScheme"), "kgc:programme"),
        versions=_one_each(ontology, ontology.instances("kgc:GradingScheme"), "owl:versionInfo"),
        questions={
            iri: ontology.one(iri, "kgc:programme") for iri in sorted(ontology.instances("kgc:Question"))
        },
        propositions=_propositions(ontology, measures),
        inspections=_inspections(everywhere),
        posts=_posts(everywhere),
        sizes=_sizes(everywhere),
        serves=_one_each(everywhere, everywhere.links("schema:areaServed"), "schema:areaServed"),
    )


class _Statements:
    """The statements of one graph, or of all but the derived one, one table for each property."""

    def __init__(self, store: Store, graph: str | None) -> None:
        self._raw = store.raw
        self._graph = ox.NamedNode(graph) if graph else None
        self._tables: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}

    def table(self, curie: str) -> Mapping[str, list[ox.NamedNode | ox.Literal]]:
        """Subject → values of a property, in an order that does not depend on the store."""
        if curie not in self._tables:
            table: dict[str, set[ox.NamedNode | ox.Literal]] = defaultdict(set)
            pattern = self._raw.quads_for_pattern(None, ox.NamedNode(expand(curie)), None, self._graph)
            for subject, _, value, graph in pattern:
                if (
                    isinstance(subject, ox.NamedNode)
                    and isinstance(value, ox.NamedNode | ox.Literal)
                    and graph != _DERIVED
                ):
                    table[subject.value].add(value)
            self._tables[curie] = {
                iri: sorted(values, key=lambda term: (term.value, str(term)))
                for iri, values in sorted(table.items())
            }
        return self._tables[curie]

    def links(self, curie: str, *, inverse: bool = False) -> _Links:
        """Subject → the IRIs that a property leads to, or the other way round."""
        found: dict[str, set[str]] = defaultdict(set)
        for iri, values in self.table(curie).items():
            for value in values:
                if isinstance(value, ox.NamedNode):
                    source, target = (value.value, iri) if inverse else (iri, value.value)
                    found[source].add(target)
        return {iri: frozenset(targets) for iri, targets in found.items()}

    def instances(self, curie: str) -> frozenset[str]:
        """The IRIs of a class."""
        return frozenset(
            subject.value
            for subject, _, _, graph in self._raw.quads_for_pattern(
                None, _TYPE, ox.NamedNode(expand(curie)), self._graph
            )
            if isinstance(subject, ox.NamedNode) and graph != _DERIVED
        )

    def types(self, iri: ox.NamedNode) -> frozenset[str]:
        """The classes of one thing."""
        return frozenset(
            kind.value
            for _, _, kind, graph in self._raw.quads_for_pattern(iri, _TYPE, None, self._graph)
            if isinstance(kind, ox.NamedNode) and graph != _DERIVED
        )

    def typed(self) -> Iterator[ox.NamedNode]:
        """What has a class that is neither one of claims nor nameless; a thing may come several times.

        Oxigraph picks them: Python would take seconds for the claims of an archive and their evidence.
        """
        kinds = self._raw.query(f"SELECT DISTINCT ?kind WHERE {{ GRAPH ?g {{ ?s {_TYPE} ?kind }} }}")
        assert isinstance(kinds, ox.QuerySolutions)
        for kind in [row["kind"] for row in kinds]:
            if isinstance(kind, ox.NamedNode) and not _is_claims(kind.value):
                found = self._raw.query(_TYPED, substitutions={ox.Variable("kind"): kind})
                assert isinstance(found, ox.QuerySolutions)
                yield from (row["s"] for row in found if isinstance(row["s"], ox.NamedNode))

    def all(self, iri: str, curie: str) -> tuple[str, ...]:
        """The values of a property as texts."""
        return tuple(value.value for value in self.table(curie).get(iri, ()))

    def one(self, iri: str, curie: str) -> str | None:
        """The value of a property; the first in order where there are several."""
        return next(iter(self.all(iri, curie)), None)

    def number(self, iri: str, curie: str) -> Decimal | None:
        """The value of a property as a number within LIMIT, None where it is none."""
        try:
            value = Decimal(self.one(iri, curie) or "")
        except InvalidOperation:
            return None
        return value if value.is_finite() and abs(value) <= LIMIT else None

    def flag(self, iri: str, curie: str) -> bool:
        """Whether a property is true."""
        return self.one(iri, curie) in ("true", "1")


_DERIVED = ox.NamedNode(DERIVED)
_TYPE = ox.NamedNode(expand("rdf:type"))
_TYPED = f"""
SELECT ?s ?kind WHERE {{
  GRAPH ?g {{ ?s {_TYPE} ?kind }}
  FILTER(?g != {_DERIVED} && !STRSTARTS(STR(?s), "{SKOLEM}"))
}}
"""


def _is_claims(kind: str) -> bool:
    """Whether a class is one of claims or other statements, by far the most things that have a class."""
    return kind in _UNTYPED or (kind.startswith(KGC) and kind.endswith("Claim"))


def _labels(statements: _Statements) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    labels: dict[str, str] = {}
    others: dict[str, list[str]] = defaultdict(list)
    for curie in (*_NAMES, *_OTHER_NAMES):
        for iri, values in statements.table(curie).items():
            for value in sorted(values, key=_foreign):
                if iri not in labels and curie in _NAMES:
                    labels[iri] = value.value
                elif value.value != labels.get(iri):
                    others[iri].append(value.value)
    return labels, {iri: tuple(dict.fromkeys(names)) for iri, names in others.items()}


def _foreign(value: ox.NamedNode | ox.Literal) -> bool:
    """Sorts English and plain labels before others."""
    return isinstance(value, ox.Literal) and (value.language or "en").partition("-")[0].lower() != "en"


def _types(statements: _Statements) -> _Links:
    types = {
        thing.value: statements.types(thing)
        for thing in sorted(set(statements.typed()), key=lambda thing: thing.value)
    }
    return {iri: kinds for iri, kinds in types.items() if not any(map(_is_claims, kinds))}


def _measures(ontology: _Statements) -> dict[str, Measure]:
    complements = _merge(ontology.links("kgc:complementOf"), ontology.links("kgc:complementOf", inverse=True))
    families = ontology.instances("kgc:MeasureFamily")
    bounds = ontology.links("kgc:boundedBy", inverse=True)
    related = _merge(ontology.links("skos:related"), ontology.links("skos:related", inverse=True))
    return {
        iri: Measure(
            iri=iri,
            kind=(kind := _unit_kind(ontology.one(iri, "kgc:unitKind"))),
            natural=_between(
                ontology.number(iri, "kgc:naturalMinimum"),
                ontology.number(iri, "kgc:naturalMaximum"),
                default_natural(kind),
            ),
            unit=ontology.one(iri, "kgc:unit"),
            requires=_dimensions(ontology.all(iri, "kgc:requires")),
            additive_over=_dimensions(ontology.all(iri, "kgc:additiveOver")),
            bounded_by=frozenset(ontology.all(iri, "kgc:boundedBy")),
            bounds=bounds.get(iri, frozenset()),
            complement=min(complements.get(iri, ()), default=None),
            count=ontology.one(iri, "kgc:rateOf"),
            family=next((above for above in ontology.all(iri, "skos:broader") if above in families), None),
            related=related.get(iri, frozenset()),
            higher_is=ontology.one(iri, "kgc:higherIs"),
            shortfall=ontology.flag(iri, "kgc:isShortfall"),
            coverage_of=ontology.one(iri, "kgc:coverageOf"),
            size_of_population=ontology.flag(iri, "kgc:sizeOfPopulation"),
        )
        for iri in sorted(ontology.instances("kgc:Measure"))
    }


def _unit_kind(name: str | None) -> UnitKind:
    return UnitKind(name) if name in set(UnitKind) else UnitKind.QUANTITY


def _dimensions(iris: Iterable[str]) -> frozenset[str]:
    return frozenset(iri.removeprefix(KGC) for iri in iris)


def _between(lowest: Decimal | None, highest: Decimal | None, natural: Interval) -> Interval:
    """The range from one number to the other, `natural` standing in for what is missing or inverted."""
    lower = natural.lower if lowest is None else lowest
    upper = natural.upper if highest is None else highest
    return Interval(lower, upper) if lower <= upper else natural


def _grades(ontology: _Statements, labels: Mapping[str, str]) -> dict[str, Grade]:
    grades: dict[str, Grade] = {}
    for iri in sorted(ontology.instances("kgc:Grade")):
        scheme = ontology.one(iri, "skos:inScheme")
        ordinal = ontology.number(iri, "kgc:ordinal")
        if scheme is not None and ordinal is not None:
            name = ontology.one(iri, "kgc:gradeName") or labels.get(iri, iri).lower()
            grades[iri] = Grade(iri, scheme, name, int(ordinal), ontology.one(iri, "kgc:valence"))
    return grades


def _propositions(ontology: _Statements, measures: Mapping[str, Measure]) -> dict[str, Proposition]:
    incompatible = _merge(
        ontology.links("kgc:incompatibleWith"), ontology.links("kgc:incompatibleWith", inverse=True)
    )
    strained = _merge(ontology.links("kgc:strainedWith"), ontology.links("kgc:strainedWith", inverse=True))
    return {
        iri: Proposition(
            iri=iri,
            incompatible_with=incompatible.get(iri, frozenset()),
            strained_with=strained.get(iri, frozenset()),
            measure=(measure := ontology.one(iri, "kgc:measure")),
            interval=_claimed(ontology, iri, measures.get(measure or "")),
            valence=ontology.one(iri, "kgc:valence"),
        )
        for iri in sorted(ontology.instances("kgc:Proposition"))
    }


def _claimed(ontology: _Statements, iri: str, measure: Measure | None) -> Interval | None:
    """What a proposition says of its measure; None where it gives no number."""
    lowest, highest = ontology.number(iri, "kgc:lowest"), ontology.number(iri, "kgc:highest")
    if measure is None or (lowest is None and highest is None):
        return None
    return _between(lowest, highest, measure.natural)


def _inspections(statements: _Statements) -> dict[str, Inspection]:
    return {
        iri: Inspection(
            iri=iri,
            inspected=statements.one(iri, "kgc:inspected"),
            programme=statements.one(iri, "kgc:programme"),
            published=_published(statements.one(iri, "dct:issued") or statements.one(iri, "kgc:issuedEdtf")),
            round=statements.one(iri, "kgc:round"),
        )
        for iri in sorted(statements.instances("kgc:Inspection"))
    }


def _published(text: str | None) -> Period:
    """A full, shortened or uncertain date; an unknown period where there is none or it is none."""
    try:
        return parse_edtf(text) if text else Period()
    except MeaningError:
        return Period()


def _posts(statements: _Statements) -> dict[str, Post]:
    """A post says whether it has a single holder, and where it does not, its role does."""
    return {
        iri: Post(
            iri=iri,
            organisation=statements.one(iri, "org:postIn"),
            single_holder=statements.flag(
                iri if statements.one(iri, "kgc:singleHolder") else statements.one(iri, "org:role") or iri,
                "kgc:singleHolder",
            ),
        )
        for iri in sorted(statements.instances("org:Post"))
    }


def _sizes(statements: _Statements) -> dict[str, Decimal]:
    sizes = ((iri, statements.number(iri, "kgc:size")) for iri in sorted(statements.table("kgc:size")))
    return {iri: size for iri, size in sizes if size is not None}


def _one_each(statements: _Statements, iris: Iterable[str], curie: str) -> dict[str, str]:
    pairs = ((iri, statements.one(iri, curie)) for iri in sorted(iris))
    return {iri: value for iri, value in pairs if value is not None}


def _merge(*tables: _Links) -> _Links:
    """Several tables of links as one."""
    return {iri: frozenset().union(*(table.get(iri, ()) for table in tables)) for iri in _keys(tables)}


def _keys(tables: Iterable[_Links]) -> Iterator[str]:
    yield from {iri: None for table in tables for iri in table}
