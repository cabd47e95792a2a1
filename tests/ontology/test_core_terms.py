"""The core ontology: every term explained, aligned and known."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kgcheck import assets
from kgcheck.namespaces import KGC, expand

_KGC = Namespace(KGC)
_HEADER = URIRef("https://w3id.org/kgcheck/ontology")
_FLOOR = 110

ALIGNMENTS = [
    # PROV-O
    ("kgc:Claim", "rdfs:subClassOf", "prov:Entity"),
    ("kgc:Document", "rdfs:subClassOf", "prov:Entity"),
    ("kgc:Source", "rdfs:subClassOf", "prov:Entity"),
    ("kgc:Inspection", "rdfs:subClassOf", "prov:Activity"),
    ("kgc:restates", "rdfs:subPropertyOf", "prov:wasDerivedFrom"),
    ("kgc:inspector", "rdfs:subPropertyOf", "prov:wasAssociatedWith"),
    # schema.org
    ("kgc:Claim", "rdfs:subClassOf", "schema:Claim"),
    ("kgc:Document", "rdfs:subClassOf", "schema:CreativeWork"),
    ("kgc:about", "rdfs:subPropertyOf", "schema:about"),
    # ORG
    ("kgc:post", "rdfs:range", "org:Post"),
    ("kgc:RoleClaim", "rdfs:seeAlso", "org:Membership"),
    # RDF Data Cube and SDMX
    ("kgc:area", "rdfs:subPropertyOf", "sdmx-dimension:refArea"),
    ("kgc:period", "rdfs:subPropertyOf", "sdmx-dimension:refPeriod"),
    ("kgc:statedValue", "rdf:type", "qb:MeasureProperty"),
    ("kgc:StatisticalClaim", "rdfs:seeAlso", "qb:Observation"),
    # SKOS
    ("kgc:Measure", "rdfs:subClassOf", "skos:Concept"),
    ("kgc:Proposition", "rdfs:subClassOf", "skos:Concept"),
    ("kgc:Grade", "rdfs:subClassOf", "skos:Concept"),
    ("kgc:GradingScheme", "rdfs:subClassOf", "skos:ConceptScheme"),
    # Web Annotation
    ("kgc:evidence", "rdfs:range", "oa:SpecificResource"),
    ("kgc:evidence", "rdfs:seeAlso", "oa:TextQuoteSelector"),
    ("kgc:evidence", "rdfs:seeAlso", "oa:TextPositionSelector"),
    # OWL-Time
    ("kgc:period", "rdfs:range", "time:TemporalEntity"),
    ("kgc:periodStart", "rdfs:seeAlso", "time:hasBeginning"),
    ("kgc:periodEnd", "rdfs:seeAlso", "time:hasEnd"),
    # QUDT
    ("kgc:unit", "rdfs:subPropertyOf", "qudt:unit"),
    ("kgc:unit", "rdfs:range", "qudt:Unit"),
]

SCOPE = ["measure", "topic", "area", "subject", "period", "population", "method", "vintage"]


def terms(graph: Graph) -> set[URIRef]:
    """Every IRI of the core namespace that the graph says something about."""
    return {s for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(KGC)}


def in_english(graph: Graph, term: Node, predicate: URIRef) -> list[str]:
    return [str(o) for o in graph.objects(term, predicate) if isinstance(o, Literal) and o.language == "en"]


def test_every_term_is_labelled_commented_and_placed(core: Graph) -> None:
    found = terms(core)
    assert len(found) >= _FLOOR
    bare = [
        (term, predicate)
        for term in sorted(found)
        for predicate in (RDFS.label, RDFS.comment)
        if len(in_english(core, term, predicate)) != 1
    ]
    assert bare == []
    assert [t for t in sorted(found) if (t, RDFS.isDefinedBy, _HEADER) not in core] == []
    assert [t for t in sorted(found) if (t, RDF.type, None) not in core] == []


def test_comments_are_sentences_of_their_own(core: Graph) -> None:
    comments = [str(core.value(term, RDFS.comment)) for term in terms(core)]
    assert [c for c in comments if not c.endswith(".") or len(c) < 15] == []
    assert len(set(comments)) == len(comments)


def test_the_header_has_version_licence_and_creator(core: Graph) -> None:
    assert (_HEADER, RDF.type, OWL.Ontology) in core
    for predicate in ("owl:versionInfo", "dct:license", "dct:creator", "rdfs:label", "rdfs:comment"):
        assert (_HEADER, URIRef(expand(predicate)), None) in core, predicate


@pytest.mark.parametrize(("term", "relation", "other"), ALIGNMENTS)
def test_terms_are_aligned(core: Graph, term: str, relation: str, other: str) -> None:
    assert (URIRef(expand(term)), URIRef(expand(relation)), URIRef(expand(other))) in core


@pytest.mark.parametrize("dimension", SCOPE)
def test_scope_properties_are_dimensions(core: Graph, dimension: str) -> None:
    assert (_KGC[dimension], RDF.type, URIRef(expand("qb:DimensionProperty"))) in core


def test_domains_ranges_and_superterms_exist(core: Graph) -> None:
    known = terms(core)
    links = (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso)
    used = {o for p in links for o in core.objects(None, p) if isinstance(o, URIRef) and o.startswith(KGC)}
    assert used - known == set()


@pytest.mark.parametrize("folder", ["ontology", "shapes", "data"])
def test_files_use_no_term_that_is_not_defined(core: Graph, folder: str) -> None:
    known = terms(core)
    paths = sorted(assets.folder(folder).rglob("*.ttl"))  # type: ignore[arg-type]
    assert paths
    unknown = set()
    for path in paths:
        for triple in Graph().parse(path):
            for node in triple:
                iri = node.datatype if isinstance(node, Literal) else node
                if isinstance(iri, URIRef) and iri.startswith(KGC) and iri not in known:
                    unknown.add((path.name, str(iri)))
    assert sorted(unknown) == []
