"""The twelve documents: identity, dates, speakers, and nothing that belongs to the ontology."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kgcheck.namespaces import KGC, expand

_KGC = Namespace(KGC)
_BASE = "https://w3id.org/kgcheck/data/kent/"
_KINDS = {
    _KGC[name]
    for name in (
        "StatisticalClaim",
        "GradeClaim",
        "RankClaim",
        "UniquenessClaim",
        "TrendClaim",
        "RunClaim",
        "RoleClaim",
        "PropositionClaim",
    )
}
_ONTOLOGY_ONLY = [
    "kgc:partOf",
    "kgc:additiveOver",
    "kgc:boundedBy",
    "kgc:complementOf",
    "kgc:rateOf",
    "kgc:requires",
    "kgc:unitKind",
    "kgc:incompatibleWith",
    "kgc:strainedWith",
    "kgc:singleHolder",
    "skos:broader",
    "skos:narrower",
    "rdfs:subClassOf",
    "owl:sameAs",
]


def claims(graph: Graph) -> list[URIRef]:
    return sorted(s for k in _KINDS for s in graph.subjects(RDF.type, k) if isinstance(s, URIRef))


def computations(graph: Graph) -> list[URIRef]:
    return sorted(s for s in graph.subjects(RDF.type, _KGC.Computation) if isinstance(s, URIRef))


def test_there_are_twelve_documents_of_two_hundred_claims_and_more(files: dict[str, Graph]) -> None:
    assert len(files) == 12
    assert sum(len(claims(graph)) for graph in files.values()) >= 200
    assert [name for name, graph in files.items() if len(claims(graph)) < 8] == []


def test_a_file_holds_one_document_of_its_own_name(files: dict[str, Graph]) -> None:
    for name, graph in files.items():
        assert list(graph.subjects(RDF.type, _KGC.Document)) == [URIRef(_BASE + name)], name
        assert [str(o) for o in graph.objects(None, DCTERMS.identifier)] == [name]


def test_documents_say_what_is_known_of_them(files: dict[str, Graph]) -> None:
    for name, graph in files.items():
        document = URIRef(_BASE + name)
        for predicate in ("dct:title", "dct:publisher", "kgc:dateBasis", "kgc:textSha256", "kgc:textLength"):
            assert len(list(graph.objects(document, URIRef(expand(predicate))))) == 1, (name, predicate)
        day = graph.value(document, DCTERMS.issued)
        edtf = graph.value(document, _KGC.issuedEdtf)
        assert (day is None) != (edtf is None), name
        basis = str(graph.value(document, _KGC.dateBasis))
        assert basis == ("inferred" if day is None else "stated"), name


def test_days_have_no_zone_and_no_period_is_inverted(files: dict[str, Graph]) -> None:
    datatype = URIRef(expand("xsd:date"))
    for name, graph in files.items():
        days = [o for o in graph.objects() if isinstance(o, Literal) and o.datatype == datatype]
        assert [d for d in days if date.fromisoformat(str(d)).isoformat() != str(d)] == [], name
        for start, end in (("periodStart", "periodEnd"), ("comparedStart", "comparedEnd")):
            firsts = dict(graph.subject_objects(_KGC[start]))
            lasts = dict(graph.subject_objects(_KGC[end]))
            assert firsts.keys() == lasts.keys(), name
            assert [c for c in firsts if str(firsts[c]) > str(lasts[c])] == [], name


def test_claims_belong_to_the_document_of_their_file(files: dict[str, Graph]) -> None:
    for name, graph in files.items():
        document = URIRef(_BASE + name)
        for node in claims(graph) + computations(graph):
            assert node.startswith(f"{document}#"), node
            assert list(graph.objects(node, _KGC.inDocument)) == [document], node


def test_a_claim_has_one_kind_and_one_speaker(files: dict[str, Graph], agents: Graph) -> None:
    known = set(agents.subjects(RDF.type, None))
    for graph in files.values():
        for claim in claims(graph):
            assert len(set(graph.objects(claim, RDF.type)) & _KINDS) == 1, claim
            speakers = list(graph.objects(claim, PROV.wasAttributedTo))
            assert len(speakers) == 1, claim
            assert speakers[0] in known, claim


def test_a_claim_names_a_topic_once(files: dict[str, Graph]) -> None:
    """One topic for counting; whatever else a claim is about stands in kgc:about."""
    for graph in files.values():
        for claim in claims(graph):
            topics = list(graph.objects(claim, _KGC.topic))
            role = (claim, RDF.type, _KGC.RoleClaim) in graph
            assert len(topics) == (0 if role else 1), claim
            assert not set(topics) & set(graph.objects(claim, _KGC.about)), claim


def test_a_claim_has_an_area_or_a_subject_never_both(files: dict[str, Graph]) -> None:
    for graph in files.values():
        for claim in claims(graph):
            places = [*graph.objects(claim, _KGC.area), *graph.objects(claim, _KGC.subject)]
            role = (claim, RDF.type, _KGC.RoleClaim) in graph
            unnamed = (claim, _KGC.population, None) in graph
            assert len(places) <= 1, claim
            assert places or role or unnamed, claim


@pytest.mark.parametrize("predicate", _ONTOLOGY_ONLY)
def test_documents_do_not_say_how_concepts_hang_together(files: dict[str, Graph], predicate: str) -> None:
    iri = URIRef(expand(predicate))
    assert [name for name, graph in files.items() if (None, iri, None) in graph] == []


def test_every_reference_is_met_and_labelled(everything: Graph) -> None:
    own = "https://w3id.org/kgcheck/"
    subjects = set(everything.subjects())
    used: set[Node] = {o for o in everything.objects() if isinstance(o, URIRef) and o.startswith(own)}
    headers = {URIRef(own + "ontology"), URIRef(own + "policing")}
    assert sorted(map(str, used - subjects - headers)) == []
    unlabelled = [
        node
        for node in used - headers
        if not any((node, p, None) in everything for p in (RDFS.label, SKOS.prefLabel, DCTERMS.title))
        and (node, _KGC.inDocument, None) not in everything
    ]
    assert sorted(map(str, unlabelled)) == []


def test_nothing_in_the_agents_file_is_left_unused(everything: Graph, agents: Graph) -> None:
    objects = set(everything.objects())
    described = {s for s in agents.subjects(RDF.type, None) if isinstance(s, URIRef)}
    memberships = set(agents.subjects(RDF.type, URIRef(expand("org:Membership"))))
    assert sorted(map(str, described - memberships - objects)) == []


def test_restatements_stay_in_their_document(files: dict[str, Graph]) -> None:
    for graph in files.values():
        own = set(claims(graph))
        for one, other in graph.subject_objects(_KGC.restates):
            assert {one, other} <= own
            assert one != other
            assert (other, _KGC.restates, None) not in graph, "the original is no restatement itself"


def test_a_statement_with_readings_has_at_least_two(files: dict[str, Graph]) -> None:
    found = 0
    for graph in files.values():
        for statement in graph.subjects(RDF.type, _KGC.Statement):
            readings = {str(graph.value(c, _KGC.reading)) for c in graph.subjects(_KGC.readingOf, statement)}
            assert len(readings) >= 2, statement
            found += 1
    assert found >= 1


@pytest.mark.parametrize(
    ("operation", "operands"),
    [("difference", 2), ("percent-change", 2), ("ratio", 2), ("share", 2), ("sum", None)],
)
def test_computations_have_operands(files: dict[str, Graph], operation: str, operands: int | None) -> None:
    for graph in files.values():
        own = set(claims(graph))
        for node in graph.subjects(_KGC.operation, Literal(operation)):
            head = graph.value(node, _KGC.operands)
            assert head is not None, node
            members = list(Collection(graph, head))
            assert set(members) <= own, node
            assert len(members) == operands if operands else len(members) >= 2, node
            assert graph.value(node, _KGC.result) in own - set(members), node
            assert str(graph.value(node, _KGC.basis)) in {"stated", "implied"}, node


def test_both_tables_are_there_cell_by_cell(files: dict[str, Graph]) -> None:
    """Two tables of four rows and four columns, and the sums that they make."""
    graph = files["002_a37128db26953be7"]
    names = {str(c).rsplit("#", 1)[1] for c in claims(graph)}
    cells = {
        f"{table}-{row}-{column}"
        for table in ("rape", "so")
        for row in ("aug", "sep", "oct", "3")
        for column in ("now", "last", "pct", "diff")
    }
    assert cells - names == set()
    operations = Counter(str(graph.value(node, _KGC.operation)) for node in computations(graph))
    assert operations == {"difference": 8, "percent-change": 8, "sum": 6}
