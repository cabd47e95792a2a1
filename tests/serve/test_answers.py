"""Every form of every kind of answer says the same."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kgcheck.engines.local import load
from kgcheck.serve.forms import GRAPH, ROWS

ROWS_QUERY = """
SELECT ?claim ?words ?nothing WHERE { ?claim kgc:statedValue ?words OPTIONAL { ?claim kgc:none ?nothing } }
ORDER BY ?claim ?words LIMIT 20
"""
GRAPH_QUERY = """
CONSTRUCT { ?claim kgc:statedValue ?words ; kgc:inDocument ?document }
WHERE { ?claim kgc:statedValue ?words ; kgc:inDocument ?document }
"""


@pytest.fixture(scope="module")
def rows(kent: Any) -> list[tuple[str, str]]:
    found = json.loads(kent.ask(ROWS_QUERY).body)["results"]["bindings"]
    assert len(found) == 20
    return [(row["claim"]["value"], row["words"]["value"]) for row in found]


@pytest.mark.parametrize("form", ["xml", "csv", "tsv"])
def test_rows(form: str, kent: Any, rows: list[tuple[str, str]]) -> None:
    reply = kent.ask(ROWS_QUERY, ROWS[form][0])
    assert reply.status == 200
    assert reply.media_type == ROWS[form][0]
    if form == "csv":
        head, *found = csv.reader(io.StringIO(reply.text))
        assert head == ["claim", "words", "nothing"]
        assert [(row[0], row[1]) for row in found] == rows
    else:
        solutions = ox.parse_query_results(
            reply.body, {"xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}[form]
        )
        assert isinstance(solutions, ox.QuerySolutions)
        assert [(row["claim"].value, row["words"].value) for row in solutions] == rows


@pytest.mark.parametrize("form", ROWS)
def test_truth(form: str, kent: Any) -> None:
    reply = kent.ask("ASK { ?claim kgc:statedValue ?words }", ROWS[form][0])
    assert reply.status == 200
    if form == "json":
        assert json.loads(reply.body) == {"head": {}, "boolean": True}
    elif form == "xml":
        root = ElementTree.fromstring(reply.text)  # noqa: S314 - an answer of our own
        assert [e.text for e in root.iter("{http://www.w3.org/2005/sparql-results#}boolean")] == ["true"]
    else:
        assert reply.text.strip() == "true"


@pytest.mark.parametrize("form", GRAPH)
def test_graph(form: str, kent: Any) -> None:
    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "rdfxml": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
        "nquads": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
        "n3": ox.RdfFormat.N3,
    }
    expected = set(ox.parse(kent.ask(GRAPH_QUERY, "application/n-triples").body, ox.RdfFormat.N_TRIPLES))
    assert len(expected) > 100
    reply = kent.ask(GRAPH_QUERY, GRAPH[form][0])
    assert reply.status == 200
    assert reply.media_type == GRAPH[form][0]
    assert set(ox.parse(reply.body, formats[form])) == expected


def test_describe(kent: Any) -> None:
    agent = "https://w3id.org/kgcheck/data/kent/agents#hmic"
    reply = kent.ask(f"DESCRIBE <{agent}>", "application/n-triples")
    found = list(ox.parse(reply.body, ox.RdfFormat.N_TRIPLES))
    assert found
    assert ox.NamedNode(agent) in {quad.subject for quad in found}


@pytest.mark.parametrize("of", ["kgc:evidence ?words", "a kgc:Document", "skos:broader ?wider", "?p ?o"])
def test_counts_are_those_of_kgcheck_query(of: str, kent: Any) -> None:
    """The default graph is that of `kgcheck query`, and what the checks found."""
    query = (
        f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s {of} MINUS {{ GRAPH <urn:kgcheck:findings> {{ ?s ?p ?o }} }} }}"
    )
    (row,) = load(None).store.select(query)
    (found,) = json.loads(kent.ask(query).body)["results"]["bindings"]
    assert int(row["n"].value) > 10
    assert found["n"]["value"] == row["n"].value


def test_what_xml_cannot_hold_is_not_sent_as_xml(kent: Any) -> None:
    """XML 1.0 has no way to write most control characters."""
    query = 'SELECT ("\\u0001\\u001B[31m" AS ?words) {}'
    reply = kent.ask(query, "application/sparql-results+xml")
    assert reply.status == 406
    assert "JSON" in reply.text
    found = json.loads(kent.ask(query).body)["results"]["bindings"]
    assert found[0]["words"]["value"] == "\x01\x1b[31m"


@pytest.mark.parametrize("form", GRAPH)
def test_service_description(form: str, kent: Any) -> None:
    reply = kent.request("GET", "/sparql", headers={"Accept": GRAPH[form][0]})
    assert reply.status == 200
    assert reply.media_type == GRAPH[form][0]
    known = ox.RdfFormat.from_media_type(GRAPH[form][0])
    assert known is not None
    store = ox.Store()
    for quad in ox.parse(reply.body, known):
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    (row,) = store.query("""
        PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        PREFIX void: <http://rdfs.org/ns/void#>
        SELECT (COUNT(DISTINCT ?form) AS ?forms) (COUNT(DISTINCT ?name) AS ?names) (SAMPLE(?e) AS ?endpoint) {
          ?service a sd:Service ; sd:supportedLanguage sd:SPARQL11Query ; sd:endpoint ?e ;
            sd:resultFormat ?form ; sd:defaultDataset/sd:namedGraph ?named .
          ?named sd:name ?name ; sd:graph/void:triples ?n
          FILTER(?n > 0)
        }""")
    assert int(row["forms"].value) == len(ROWS) + len(GRAPH)
    assert int(row["names"].value) >= 12
    assert row["endpoint"].value == f"{kent.address}sparql"
