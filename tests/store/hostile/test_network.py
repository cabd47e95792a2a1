"""Nothing that is read or run reaches the network or other files, and the canary hears nothing."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgcheck.errors import InputError, UsageError
from kgcheck.store import Store
from kgcheck.store.quarantine import ask_apart
from kgcheck.store.workers import Limits, Worker
from kgcheck.validation import validate

QUICK = Limits(seconds=30)
linux = pytest.mark.skipif(sys.platform != "linux", reason="the network is blocked on Linux alone")


def probe(name: str, *, network: bool = False, **arguments: Any) -> Any:
    with Worker(f"probes:{name}", arguments, QUICK, doing="the probe", network=network) as worker:
        worker.feed()
        return worker.result()


@pytest.fixture
def probes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parent)


@linux
@pytest.mark.usefixtures("probes")
def test_a_worker_has_no_way_out(silence: str) -> None:
    ways = probe("escape", port=int(silence.rpartition(":")[2]))
    assert ways.pop("given").startswith("OSError")
    assert ways == dict.fromkeys(ways, "refused")
    assert len(ways) == 6


@linux
@pytest.mark.usefixtures("probes")
def test_engines_reach_nothing_when_nobody_looked_at_the_query(silence: str) -> None:
    assert probe("remote_query", url=silence).startswith("failed: ")
    assert all(not said.startswith("done: [(") for said in probe("rdflib_queries", url=silence))


@pytest.mark.usefixtures("probes")
def test_the_canary_hears_well(canary: Any) -> None:
    """Were it deaf, its silence would prove nothing."""
    assert "heard" in probe("remote_query", url=canary.url, network=True)
    probe("rdflib_queries", url=canary.url, network=True)
    assert {"/service", "/from", "/load", "/context"} <= {path.partition("?")[0] for path in canary.heard}


FILES = {
    "context.jsonld": '{"@context": "URL/context.jsonld", "@id": "urn:a", "name": "x"}',
    "context-list.jsonld": '{"@context": [{"p": "urn:p"}, "URL/context.jsonld"], "@id": "urn:a", "p": "x"}',
    "context-within.jsonld": '{"@id": "urn:a", "urn:p": {"@context": "URL/context.jsonld", "name": "x"}}',
    "context-import.jsonld": '{"@context": {"@version": 1.1, "@import": "URL/c"}, "@id": "urn:a", "p": "x"}',
    "context-typed.jsonld": '{"@context": {"T": {"@id": "urn:T", "@context": "URL/c"}}, "@type": "T"}',
    "context-file.jsonld": '{"@context": "file://SECRET", "@id": "urn:a", "name": "x"}',
    "context-relative.jsonld": '{"@context": "secret.jsonld", "@id": "urn:a", "name": "x"}',
    "external-entity.rdf": '<!DOCTYPE r [<!ENTITY e SYSTEM "URL/entity">]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&e;</rdf:RDF>',
    "file-entity.rdf": '<!DOCTYPE r [<!ENTITY e SYSTEM "file://SECRET">]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&e;</rdf:RDF>',
    "external-subset.rdf": '<!DOCTYPE r SYSTEM "URL/r.dtd">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("apart", [True, False])
def test_files_that_ask_for_more_are_refused(name: str, apart: bool, silence: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.jsonld"
    secret.write_text('{"@context": {"name": "urn:leak"}}', "utf-8")
    path = tmp_path / name
    path.write_text(FILES[name].replace("URL", silence).replace("SECRET", str(secret)), "utf-8")
    store = Store()
    with pytest.raises(InputError) as caught:
        store.load([path], limits=QUICK if apart else None)
    assert caught.value.path == path
    assert len(store.raw) == 0


def test_imports_are_statements_like_any_other(silence: str, tmp_path: Path) -> None:
    path = tmp_path / "imports.ttl"
    path.write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . "
        f"<urn:o> a owl:Ontology ; owl:imports <{silence}/o> .",
        "utf-8",
    )
    store = Store()
    store.load_ontology()
    store.load_ontology([path], limits=QUICK)
    shapes = tmp_path / "shapes"
    shapes.mkdir()
    shutil.copy(path, shapes)
    validate(store)
    validate(store, shapes=shapes)


def test_shapes_that_ask_other_endpoints(silence: str, tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(
        f"""
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:shape> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:sparql [ sh:message "x" ; sh:select
          "SELECT $this ?value WHERE {{ SERVICE <{silence}/shape> {{ ?value ?p ?o }} }}" ] .
        """,
        "utf-8",
    )
    store = Store()
    store.load_ontology()
    with pytest.raises(Exception) as caught:  # noqa: PT011 - what matters is that it is not clean
        validate(store, shapes=tmp_path)
    assert "could not" in str(caught.value)


REFUSED = [
    "SELECT * WHERE { SERVICE <URL/> { ?s ?p ?o } }",
    "SELECT * WHERE { SERVICE SILENT <URL/> { ?s ?p ?o } }",
    "SELECT * WHERE { VALUES ?e { <URL/> } SERVICE ?e { ?s ?p ?o } }",
    "SELECT * WHERE { { SELECT * WHERE { OPTIONAL { SERVICE<URL/>{?s ?p ?o} } } } }",
    "SELECT * WHERE { FILTER EXISTS { SERVICE <URL/> { ?s ?p ?o } } }",
    "SELECT * WHERE { \\u0053ERVICE <URL/> { ?s ?p ?o } }",
    "LOAD <URL/>",
    "LOAD SILENT <URL/> INTO GRAPH <urn:g>",
    "LOAD <file:///etc/passwd>",
    "DROP ALL",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <URL/> { ?s ?p ?o } }",
    "ASK {} ; LOAD <URL/>",
    "SELECT * WHERE {} ; DROP ALL",
]


@pytest.mark.parametrize("query", REFUSED)
def test_queries_that_ask_for_more_are_refused(query: str, silence: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:p> 1 .", "utf-8")
    with pytest.raises(UsageError):
        ask_apart(query.replace("URL", silence), [path], [], QUICK)


@pytest.mark.parametrize("address", ["URL/graph.ttl", "file://PATH", "URL/", "ftp://127.0.0.1/x"])
@pytest.mark.parametrize("clause", ["FROM <{}>", "FROM NAMED <{}>", "FROM <urn:x> FROM <{}>"])
def test_from_names_a_graph_and_fetches_none(clause: str, address: str, silence: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:p> 1 .", "utf-8")
    place = clause.format(address.replace("URL", silence).replace("PATH", str(path)))
    for pattern in ("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"):
        assert not list(ask_apart(f"SELECT * {place} WHERE {{ {pattern} }}", [path], [], QUICK))  # type: ignore[arg-type]


def test_service_is_for_those_who_allow_it(canary: Any, program: Callable[..., Any]) -> None:
    query = f"SELECT ?x WHERE {{ SERVICE <{canary.url}/sparql> {{ ?s ?p ?x }} }}"
    refused = program("query", query)
    assert (refused.code, refused.out) == (2, "")
    assert "--allow-net" in refused.err
    assert canary.heard == []
    allowed = program("query", query, "--allow-net", "--format", "csv")
    assert (allowed.code, allowed.out) == (0, "x\nheard\n"), allowed.err
    assert [path.partition("?")[0] for path in canary.heard] == ["/sparql"]
    assert program("query", f"LOAD <{canary.url}/load>", "--allow-net").code == 2
    assert len(canary.heard) == 1


def test_bindings_are_values_and_never_text(tmp_path: Path) -> None:
    import pyoxigraph as ox

    store = Store()
    store.raw.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("x")))
    attack = ox.Literal('x" } ; DROP ALL ; SELECT * WHERE { ?s ?p "')
    assert store.select("SELECT ?s ?x WHERE { ?s <urn:p> ?x }", {"x": attack}) == []
    assert len(store.raw) == 1


def test_proxies_of_the_surroundings_do_not_matter(
    silence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "ALL_PROXY"):
        monkeypatch.setitem(os.environ, name, silence)
    path = tmp_path / "a.jsonld"
    path.write_text('{"@context": "https://schema.org/", "@id": "urn:a", "name": "x"}', "utf-8")
    with pytest.raises(InputError):
        Store().load([path], limits=QUICK)
