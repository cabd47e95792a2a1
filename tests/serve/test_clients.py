"""Programs that people use get what they ask for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kgcheck.engines.local import load, run_check
from kgcheck.namespaces import KGC, PREFIXES

SELECT = "SELECT ?claim ?words WHERE { ?claim kgc:statedValue ?words } ORDER BY ?claim ?words"
PREFIX = f"PREFIX kgc: <{KGC}>\n"
CONSTRUCT = "CONSTRUCT { ?claim a kgc:StatisticalClaim } WHERE { ?claim a kgc:StatisticalClaim }"


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, str]]:
    """What the server is to answer, asked of the store itself."""
    found = [(row["claim"].value, row["words"].value) for row in load(None).store.select(SELECT)]
    assert len(found) > 50
    return found


class TestCurl:
    @pytest.fixture(autouse=True)
    def _curl(self, kent: Any) -> None:
        if shutil.which("curl") is None:
            pytest.skip("there is no curl here")
        self.address = f"{kent.address}sparql"

    def curl(self, *options: str) -> str:
        done = subprocess.run(
            ["curl", "--silent", "--show-error", "--fail-with-body", *options, self.address],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    @pytest.mark.parametrize(
        "options",
        [
            ("--get", "--data-urlencode", f"query={SELECT}"),
            ("--data-urlencode", f"query={SELECT}"),
            ("--header", "Content-Type: application/sparql-query", "--data-binary", SELECT),
            ("--data-urlencode", f"query={SELECT}", "--header", "Expect: 100-continue"),
            ("--data-urlencode", f"query={SELECT}", "--http1.0"),
            ("--data-urlencode", f"query={SELECT}", "--compressed"),
        ],
        ids=lambda options: options[0] + options[-1][:12],
    )
    def test_ways_to_ask(self, options: tuple[str, ...], rows: list[tuple[str, str]]) -> None:
        found = json.loads(self.curl(*options))["results"]["bindings"]
        assert [(row["claim"]["value"], row["words"]["value"]) for row in found] == rows

    def test_error_is_told(self) -> None:
        with pytest.raises(subprocess.CalledProcessError) as failed:
            self.curl("--data-urlencode", "query=SELECT")
        assert "does not parse" in failed.value.stdout


class TestSparqlWrapper:
    @pytest.mark.parametrize("method", ["GET", POST, POSTDIRECTLY])
    def test_select(self, method: str, kent: Any, rows: list[tuple[str, str]]) -> None:
        client = SPARQLWrapper(f"{kent.address}sparql")
        if method == POSTDIRECTLY:
            client.setMethod(POST)
            client.setRequestMethod(POSTDIRECTLY)
        else:
            client.setMethod(method)
        client.setQuery(PREFIX + SELECT)
        client.setReturnFormat(JSON)
        found = client.queryAndConvert()["results"]["bindings"]
        assert [(row["claim"]["value"], row["words"]["value"]) for row in found] == rows

    def test_other_forms(self, kent: Any, rows: list[tuple[str, str]]) -> None:
        client = SPARQLWrapper(f"{kent.address}sparql")
        client.setQuery(PREFIX + SELECT)
        client.setReturnFormat(CSV)
        assert client.queryAndConvert().decode().count("\n") == len(rows) + 1
        client.setReturnFormat(XML)
        assert len(client.queryAndConvert().getElementsByTagName("result")) == len(rows)

    def test_graph_and_truth(self, kent: Any) -> None:
        client = SPARQLWrapper(
            f"{kent.address}sparql", defaultGraph="https://w3id.org/kgcheck/ontology#ontology"
        )
        client.setReturnFormat(JSON)
        client.setQuery(PREFIX + "ASK { kgc:StatisticalClaim ?p ?o }")
        assert client.queryAndConvert()["boolean"] is True
        client.setQuery(PREFIX + "ASK { ?claim a kgc:StatisticalClaim }")
        assert client.queryAndConvert()["boolean"] is False
        client.resetQuery()
        client.setQuery(PREFIX + CONSTRUCT)
        client.setReturnFormat(TURTLE)
        client.clearParameter("default-graph-uri")
        assert len(Graph().parse(data=client.queryAndConvert(), format="turtle")) > 50

    def test_error(self, kent: Any) -> None:
        client = SPARQLWrapper(f"{kent.address}sparql")
        client.setQuery("SELECT ?a WHERE { ?a }")
        with pytest.raises(QueryBadFormed, match="does not parse"):
            client.query()


class TestRdflib:
    @pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
    @pytest.mark.parametrize("form", ["json", "xml"])
    def test_select(self, method: str, form: str, kent: Any, rows: list[tuple[str, str]]) -> None:
        graph = Graph(SPARQLStore(f"{kent.address}sparql", method=method, returnFormat=form))
        found = [(str(row[0]), str(row[1])) for row in graph.query(PREFIX + SELECT)]  # type: ignore[index]
        assert found == rows

    def test_patterns(self, kent: Any, rows: list[tuple[str, str]]) -> None:
        """The store answers what rdflib asks of any graph."""
        graph = Graph(SPARQLStore(f"{kent.address}sparql"))
        value = URIRef(f"{KGC}statedValue")
        assert sorted((str(s), str(o)) for s, o in graph.subject_objects(value)) == sorted(rows)
        assert (URIRef(rows[0][0]), RDF.type, URIRef(f"{KGC}StatisticalClaim")) in graph
        assert len(list(graph.triples((URIRef(rows[0][0]), None, None)))) > 5

    def test_construct(self, kent: Any) -> None:
        graph = Graph(SPARQLStore(f"{kent.address}sparql", returnFormat="xml"))
        found = graph.query(PREFIX + CONSTRUCT).graph
        assert found is not None
        assert len(found) > 50


def test_kgcheck_itself(kent: Any) -> None:
    """`kgcheck check --endpoint` finds in the served graph the claims that are in the files."""
    options = ("--endpoint", f"{kent.address}sparql", "--format", "json", "--fail-on", "none")
    done = subprocess.run(
        [sys.executable, "-m", "kgcheck", "check", *options],
        capture_output=True,
        text=True,
        check=True,
    )
    found, here = json.loads(done.stdout), run_check(None)
    assert found["summary"]["claims"] == len(here.claims)
    assert {finding["id"] for finding in found["findings"]} == {finding.id for finding in here.findings}


COMUNICA = os.environ.get("KGCHECK_COMUNICA") or shutil.which("comunica-sparql")


@pytest.mark.skipif(
    COMUNICA is None,
    reason="no comunica-sparql here: npm install @comunica/query-sparql, and name it in KGCHECK_COMUNICA",
)
class TestComunica:
    def comunica(self, kent: Any, query: str, media_type: str) -> str:
        assert COMUNICA is not None
        source = f"sparql@{kent.address}sparql"
        done = subprocess.run(
            [COMUNICA, source, query, "-t", media_type],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def test_select(self, kent: Any, rows: list[tuple[str, str]]) -> None:
        text = self.comunica(kent, PREFIX + SELECT, "application/sparql-results+json")
        found = json.loads(text)["results"]["bindings"]
        assert [(row["claim"]["value"], row["words"]["value"]) for row in found] == rows

    def test_join(self, kent: Any) -> None:
        """Several patterns, which Comunica plans by asking for counts first."""
        query = f"""PREFIX kgc: <{KGC}> PREFIX dct: <{PREFIXES["dct"]}>
            SELECT DISTINCT ?title
            WHERE {{ ?claim a kgc:GradeClaim ; kgc:inDocument ?document . ?document dct:title ?title }}"""
        text = self.comunica(kent, query, "application/sparql-results+json")
        found = {row["title"]["value"] for row in json.loads(text)["results"]["bindings"]}
        assert found == {row["title"].value for row in load(None).store.select(query)}
        assert found

    def test_construct(self, kent: Any) -> None:
        text = self.comunica(kent, PREFIX + CONSTRUCT, "application/n-triples")
        assert len(Graph().parse(data=text, format="nt")) > 50
