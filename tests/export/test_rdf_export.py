"""RDF exports, read back by rdflib and by Oxigraph."""

from __future__ import annotations

import json
import random
import re
import warnings
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from kgcheck.export import export
from kgcheck.export.sanitise import UNSAFE
from kgcheck.findings.rdf import finding_iri, finding_quads
from kgcheck.namespaces import DERIVED, kgc

NAMED = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}
RDFLIB = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}


def written(corpus: Any, name: str, *, with_findings: bool = False) -> bytes:
    content = export(corpus.report, corpus.store, None, name, with_findings=with_findings)
    assert content is not None
    return content


def quads(content: bytes, name: str) -> set[ox.Quad]:
    return set(ox.parse(content, format=NAMED[name]))


def dataset(content: bytes, name: str) -> rdflib.Dataset:
    found = rdflib.Dataset()
    with warnings.catch_warnings():  # rdflib 7.6 calls its own deprecated names while it parses
        warnings.simplefilter("ignore", DeprecationWarning)
        found.parse(data=content, format=RDFLIB[name])
    return found


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("with_findings", [False, True])
def test_two_readers_find_every_statement(corpus: Any, name: str, with_findings: bool) -> None:
    content = written(corpus, name, with_findings=with_findings)
    findings = set(finding_quads(corpus.report.findings, "urn:kgcheck:findings")) if with_findings else set()
    expected = corpus.told + corpus.used + len(findings)
    found = quads(content, name)
    assert len(found) == expected
    assert findings <= found
    assert len(list(dataset(content, name).quads())) == expected


@pytest.mark.parametrize("with_findings", [False, True])
def test_turtle_holds_all_graphs_as_one(corpus: Any, with_findings: bool) -> None:
    content = written(corpus, "turtle", with_findings=with_findings)
    graph = rdflib.Graph().parse(data=content, format="turtle")
    findings = finding_quads(corpus.report.findings) if with_findings else []
    assert len(graph) == corpus.told + corpus.used + len(findings)
    assert len(set(ox.parse(content, format=ox.RdfFormat.TURTLE))) == len(graph)


def test_all_named_graph_formats_say_the_same(corpus: Any) -> None:
    one, *others = (quads(written(corpus, name, with_findings=True), name) for name in NAMED)
    assert all(other == one for other in others)


def test_what_was_derived_and_what_is_not_used_stay_out(corpus: Any) -> None:
    for name in NAMED:
        text = written(corpus, name).decode()
        assert DERIVED not in text
        assert "0.115" not in text
        assert "never spoken of" not in text
        assert "punctuality" in text


@pytest.mark.parametrize("name", ["turtle", "trig", "jsonld"])
def test_prefixes_are_those_in_use(corpus: Any, name: str) -> None:
    text = written(corpus, name).decode()
    assert "wait:late-share" in text
    assert "kgc:StatisticalClaim" in text
    assert "qudt" not in text


@pytest.mark.parametrize("name", ["turtle", "trig"])
def test_prefixes_stand_first_and_sorted(corpus: Any, name: str) -> None:
    lines = written(corpus, name).decode().splitlines()
    declared = [line for line in lines if line.startswith("@prefix")]
    assert len(declared) > 4
    assert lines[: len(declared)] == sorted(declared)


def test_jsonld_is_compact(corpus: Any) -> None:
    document = json.loads(written(corpus, "jsonld", with_findings=True))
    assert set(document) == {"@context", "@graph"}
    assert document["@context"]["kgc:inDocument"] == {"@id": kgc("inDocument"), "@type": "@id"}
    nodes = {node["@id"]: node for graph in document["@graph"] for node in graph["@graph"]}
    base = "https://example.org/data/"
    assert nodes[f"{base}d1#c1"] == {
        "@id": f"{base}d1#c1",
        "@type": "kgc:StatisticalClaim",
        "kgc:inDocument": f"{base}d1",
        "kgc:measure": "wait:late-share",
        "kgc:statedValue": "12%",
        "prov:hadPrimarySource": f"{base}release",
        "prov:wasAttributedTo": f"{base}trust",
    }
    assert nodes[f"{base}d2"]["dct:title"] == {"@value": "Temps d’attente", "@language": "fr"}


def test_a_prefix_that_is_a_scheme_is_not_used(corpus: Any) -> None:
    """An ontology called "urn" must not capture the IRIs of findings."""
    ontology = ox.NamedNode("https://example.org/urn")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    owl = ox.NamedNode("http://www.w3.org/2002/07/owl#Ontology")
    thing = ox.NamedNode("https://example.org/urn#thing")
    graph = ox.NamedNode("https://example.org/data/d1")
    corpus.store.raw.extend([ox.Quad(ontology, kind, owl, graph), ox.Quad(thing, kind, owl, graph)])
    same = quads(written(corpus, "nquads", with_findings=True), "nquads")
    assert quads(written(corpus, "jsonld", with_findings=True), "jsonld") == same


@pytest.mark.parametrize("name", RDFLIB)
def test_equal_stores_give_equal_bytes(corpus: Any, name: str) -> None:
    before = written(corpus, name, with_findings=True)
    every = list(corpus.store.raw)
    random.Random(7).shuffle(every)
    corpus.store.raw.clear()
    corpus.store.raw.extend(every)
    assert written(corpus, name, with_findings=True) == before


@pytest.mark.parametrize("name", RDFLIB)
def test_hostile_literals_come_back_unchanged_and_never_raw(corpus: Any, name: str, hostile: str) -> None:
    hostile = re.sub("[\ud800-\udfff]", "", hostile)  # RDF has no halves of surrogate pairs
    claim = ox.NamedNode("https://example.org/data/d1#c1")
    remark = ox.NamedNode("https://example.org/remark")
    corpus.store.raw.add(
        ox.Quad(claim, remark, ox.Literal(hostile), ox.NamedNode("https://example.org/data/d1"))
    )
    content = written(corpus, name)
    assert not UNSAFE.search(content.decode())
    format_ = NAMED.get(name, ox.RdfFormat.TURTLE)
    [found] = [row.object.value for row in ox.parse(content, format=format_) if row.predicate == remark]
    assert found == hostile


def test_a_finding_in_rdf(corpus: Any) -> None:
    finding = corpus.report.findings[0]
    told = finding_quads([finding])
    subject = ox.NamedNode(finding_iri("f1"))
    own = {
        quad.predicate.value.removeprefix(kgc("")): quad.object for quad in told if quad.subject == subject
    }
    assert own["verdict"].value == "contradiction"
    assert own["check"].value == "value-conflict"
    assert own["settle"].value == "The table behind the release."
    assert own["rootCount"].value == "2"
    parties = sorted(quad.object.value for quad in told if quad.predicate.value == kgc("party"))
    assert parties == [f"urn:kgcheck:finding:f1:party:{n}" for n in (1, 2, 3)]
    sides = [quad.object.value for quad in told if quad.predicate.value == kgc("side")]
    assert sides == ["1", "1", "2"]
    notes = [quad.object.value for quad in told if quad.predicate.value == kgc("note")]
    assert notes == ["no common value"]


def test_the_name_of_a_finding_is_an_iri_whatever_its_id() -> None:
    assert finding_iri("a b/c>") == "urn:kgcheck:finding:a%20b%2Fc%3E"
