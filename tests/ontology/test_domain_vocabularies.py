"""The concepts of every domain: labelled, placed, without circles, consistent in how they behave."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal

import networkx as nx
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kgcheck.namespaces import KGC

_KGC = Namespace(KGC)
_DIMENSIONS = {_KGC[name] for name in ("area", "topic", "period", "population", "method")}
_KINDS = {"ratio", "count", "change", "points", "times", "money", "duration", "quantity"}
_CLASSES = (
    "Measure",
    "MeasureFamily",
    "Topic",
    "Area",
    "Population",
    "Method",
    "Question",
    "Grade",
    "Proposition",
)
_FLOOR = 150


def concepts(graph: Graph, of: URIRef = SKOS.Concept) -> list[URIRef]:
    return sorted(s for s in graph.subjects(RDF.type, of) if isinstance(s, URIRef))


def edges(graph: Graph, relation: URIRef) -> nx.DiGraph[str]:
    """The relation as a directed graph of IRIs."""
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_edges_from((str(s), str(o)) for s, o in graph.subject_objects(relation))
    return found


def number(graph: Graph, subject: Node, predicate: URIRef) -> Decimal:
    value = graph.value(subject, predicate)
    assert isinstance(value, Literal), (subject, predicate)
    return Decimal(str(value))


def test_every_concept_has_one_label_and_a_definition(vocabularies: Graph) -> None:
    found = concepts(vocabularies) + concepts(vocabularies, SKOS.ConceptScheme)
    assert len(found) >= _FLOOR
    for predicate in (SKOS.prefLabel, SKOS.definition):
        lacking = []
        for concept in found:
            values = list(vocabularies.objects(concept, predicate))
            if len(values) != 1 or not isinstance(values[0], Literal) or values[0].language != "en":
                lacking.append(concept)
        assert lacking == [], predicate


def test_concepts_are_declared_as_skos_concepts_too(vocabularies: Graph) -> None:
    declared = set(concepts(vocabularies))
    special = {c for name in _CLASSES for c in concepts(vocabularies, _KGC[name])}
    assert special - declared == set()


def test_no_concept_is_an_orphan(vocabularies: Graph) -> None:
    schemes = set(concepts(vocabularies, SKOS.ConceptScheme))
    known = set(concepts(vocabularies))
    for concept in known:
        assert set(vocabularies.objects(concept, SKOS.inScheme)) & schemes, concept
        top = (concept, SKOS.topConceptOf, None) in vocabularies
        above = set(vocabularies.objects(concept, SKOS.broader))
        assert top != bool(above), f"{concept} is either a top concept or has a broader one"
        assert above <= known, concept


def test_every_scheme_is_used(vocabularies: Graph) -> None:
    used = set(vocabularies.objects(None, SKOS.inScheme))
    assert set(concepts(vocabularies, SKOS.ConceptScheme)) - used == set()


@pytest.mark.parametrize("relation", [_KGC.partOf, SKOS.broader], ids=["partOf", "broader"])
def test_hierarchies_have_no_circles(vocabularies: Graph, relation: URIRef) -> None:
    order = edges(vocabularies, relation)
    assert order.number_of_edges() > 20
    assert list(nx.simple_cycles(order)) == []


def test_what_is_part_of_something_is_found_under_it(vocabularies: Graph) -> None:
    finding = edges(vocabularies, SKOS.broader)
    astray = [
        (part, whole)
        for part, whole in vocabularies.subject_objects(_KGC.partOf)
        if not nx.has_path(finding, str(part), str(whole))
    ]
    assert astray == []


def test_a_label_means_one_concept_in_its_scheme(vocabularies: Graph) -> None:
    holders: dict[tuple[Node, str], set[Node]] = defaultdict(set)
    for concept, scheme in vocabularies.subject_objects(SKOS.inScheme):
        for predicate in (SKOS.prefLabel, SKOS.altLabel):
            for label in vocabularies.objects(concept, predicate):
                holders[scheme, str(label).casefold()].add(concept)
    assert {key: sorted(map(str, held)) for key, held in holders.items() if len(held) > 1} == {}


def test_measures_declare_a_kind_and_what_they_require(vocabularies: Graph) -> None:
    for measure in concepts(vocabularies, _KGC.Measure):
        kinds = [str(o) for o in vocabularies.objects(measure, _KGC.unitKind)]
        assert len(kinds) == 1, measure
        assert kinds[0] in _KINDS, measure
        assert set(vocabularies.objects(measure, _KGC.requires)), measure
        for predicate in (_KGC.requires, _KGC.additiveOver):
            assert set(vocabularies.objects(measure, predicate)) <= _DIMENSIONS, measure
        better = {str(o) for o in vocabularies.objects(measure, _KGC.higherIs)}
        assert better <= {"better", "worse"}, measure
        if kinds[0] == "ratio":
            assert number(vocabularies, measure, _KGC.naturalMinimum) == 0, measure
            assert number(vocabularies, measure, _KGC.naturalMaximum) == 1, measure
            assert (measure, _KGC.additiveOver, None) not in vocabularies, f"{measure}: shares do not add up"


def kind(graph: Graph, measure: Node) -> str:
    return str(graph.value(measure, _KGC.unitKind))


def test_measures_relate_to_measures_of_a_fitting_kind(vocabularies: Graph) -> None:
    for one, other in vocabularies.subject_objects(_KGC.complementOf):
        assert (other, _KGC.complementOf, one) in vocabularies
        assert kind(vocabularies, one) == kind(vocabularies, other) == "ratio"
    for one, other in vocabularies.subject_objects(_KGC.boundedBy):
        assert kind(vocabularies, one) == kind(vocabularies, other)
    for rate, count in vocabularies.subject_objects(_KGC.rateOf):
        assert (kind(vocabularies, rate), kind(vocabularies, count)) == ("ratio", "count")
    assert list(nx.simple_cycles(edges(vocabularies, _KGC.boundedBy))) == []


def test_units_are_of_qudt(vocabularies: Graph) -> None:
    units = {str(unit) for unit in vocabularies.objects(None, _KGC.unit)}
    assert units
    assert [unit for unit in units if not unit.startswith("http://qudt.org/vocab/unit/")] == []


def test_grading_schemes_have_one_version_and_a_full_order(vocabularies: Graph) -> None:
    schemes = concepts(vocabularies, _KGC.GradingScheme)
    versions = set()
    for scheme in schemes:
        programme = vocabularies.value(scheme, _KGC.programme)
        version = vocabularies.value(scheme, OWL.versionInfo)
        assert version is not None, scheme
        versions.add((programme, str(version)))
        grades = list(vocabularies.subjects(SKOS.inScheme, scheme))
        ordinals = sorted(int(number(vocabularies, grade, _KGC.ordinal)) for grade in grades)
        assert ordinals == list(range(1, len(grades) + 1)), scheme
        names = [str(vocabularies.value(grade, _KGC.gradeName)) for grade in grades]
        assert len(set(names)) == len(names), scheme
    assert len(versions) == len(schemes)
    in_schemes = {s for scheme in schemes for s in vocabularies.subjects(SKOS.inScheme, scheme)}
    assert set(concepts(vocabularies, _KGC.Grade)) == in_schemes


def test_valences_and_propositions(vocabularies: Graph) -> None:
    assert {str(o) for o in vocabularies.objects(None, _KGC.valence)} <= {"favourable", "unfavourable"}
    known = set(concepts(vocabularies, _KGC.Proposition))
    for relation in (_KGC.incompatibleWith, _KGC.strainedWith):
        for one, other in vocabularies.subject_objects(relation):
            assert {one, other} <= known
            assert (other, relation, one) in vocabularies, f"{one} and {other} name each other"
    for proposition in known:
        assert (proposition, _KGC.topic, None) in vocabularies, proposition
        bounded = [(proposition, p, None) in vocabularies for p in (_KGC.measure, _KGC.lowest, _KGC.highest)]
        assert all(bounded) or not any(bounded), proposition
        if any(bounded):
            lowest, highest = (number(vocabularies, proposition, p) for p in (_KGC.lowest, _KGC.highest))
            assert lowest <= highest


def test_area_codes_are_well_formed_and_used_once(vocabularies: Graph) -> None:
    codes = [
        (str(code), area)
        for area, code in vocabularies.subject_objects(SKOS.notation)
        if isinstance(code, Literal) and code.datatype == _KGC.gss
    ]
    assert len(codes) >= 10
    assert [code for code, _ in codes if not re.fullmatch(r"[EKNSW]\d{8}", code)] == []
    assert len({code for code, _ in codes}) == len(codes)
    forces = [code for code, area in codes if str(area).endswith("-police-area")]
    assert [code for code in forces if not code.startswith(("E23", "W15"))] == []


def test_every_reference_to_a_concept_is_met(vocabularies: Graph) -> None:
    known = set(vocabularies.subjects())
    own = {str(o).rsplit("#", 1)[0] for o in concepts(vocabularies)}
    dangling = {
        o
        for o in vocabularies.objects()
        if isinstance(o, URIRef) and str(o).rsplit("#", 1)[0] in own and o not in known
    }
    assert dangling == set()


def test_domain_files_have_a_header(vocabularies: Graph) -> None:
    for ontology in vocabularies.subjects(RDF.type, OWL.Ontology):
        for predicate in (RDFS.label, RDFS.comment, OWL.versionInfo):
            assert (ontology, predicate, None) in vocabularies, ontology
