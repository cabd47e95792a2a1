"""Every picture of the network is read back by another reader, and says what went in."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import warnings
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import networkx as nx
import pydot
import pytest
import rdflib

from kgcheck.export import cytoscape, dot, gexf, graphml, mermaid, tables
from kgcheck.export.links import source_links
from kgcheck.export.network import network
from kgcheck.export.sanitise import UNSAFE, clean, tame
from kgcheck.model.finding import Party

Nodes = dict[str, dict[str, Any]]
Edges = list[tuple[str, str, dict[str, Any]]]

CLAIM = "https://example.org/data/d1#c1"


def read_graphml(content: bytes) -> tuple[Nodes, Edges]:
    ET.fromstring(content)  # noqa: S314 (what was just written here)
    return _networkx(nx.read_graphml(BytesIO(content), force_multigraph=True))


def read_gexf(content: bytes) -> tuple[Nodes, Edges]:
    ET.fromstring(content)  # noqa: S314 (what was just written here)
    return _networkx(nx.read_gexf(BytesIO(content)))


def read_cytoscape(content: bytes) -> tuple[Nodes, Edges]:
    return _networkx(nx.cytoscape_graph(json.loads(content)))


def _networkx(graph: nx.MultiDiGraph[str]) -> tuple[Nodes, Edges]:
    return {node: dict(data) for node, data in graph.nodes(data=True)}, list(graph.edges(data=True))


def read_dot(content: bytes) -> tuple[Nodes, Edges]:
    with warnings.catch_warnings():  # pydot 4.0 calls deprecated names of its parser library
        warnings.simplefilter("ignore", DeprecationWarning)
        parsed = pydot.graph_from_dot_data(content.decode())
    assert parsed is not None
    [graph] = parsed
    nodes = {
        _unquoted(node.get_name()): _attributes(node)
        for node in graph.get_nodes()
        if node.get_name() not in ("node", "edge", "graph")
    }
    edges = [
        (_unquoted(edge.get_source()), _unquoted(edge.get_destination()), _attributes(edge))
        for edge in graph.get_edges()
    ]
    return nodes, edges


def _attributes(part: Any) -> dict[str, Any]:
    return {_unquoted(name): _unquoted(value) for name, value in part.get_attributes().items()}


def _unquoted(text: str) -> str:
    assert text.startswith('"'), text
    assert text.endswith('"'), text
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], text[1:-1])


csv.field_size_limit(10_000_000)


def read_csv(content: dict[str, bytes]) -> tuple[Nodes, Edges]:
    nodes, edges = (
        list(csv.DictReader(StringIO(content[name].decode(), newline=""), strict=True))
        for name in ("nodes.csv", "edges.csv")
    )
    return {row["id"]: row for row in nodes}, [(row["source"], row["target"], row) for row in edges]


FORMATS: dict[str, tuple[Any, Any]] = {
    "graphml": (graphml.render, read_graphml),
    "gexf": (gexf.render, read_gexf),
    "cytoscape": (cytoscape.render, read_cytoscape),
    "dot": (dot.render, read_dot),
    "csv": (tables.render, read_csv),
}


@pytest.fixture(params=FORMATS)
def writer(request: pytest.FixtureRequest) -> tuple[str, Any, Any]:
    return (request.param, *FORMATS[request.param])


def test_the_network_has_everything(corpus: Any) -> None:
    graph = network(corpus.report, source_links(corpus.store), with_findings=True)
    assert Counter(data["kind"] for _, data in graph.nodes(data=True)) == {
        "claim": 3,
        "document": 2,
        "organisation": 2,
        "person": 1,
        "source": 1,
        "measure": 1,
        "finding": 2,
    }
    assert Counter(data["relation"] for *_, data in graph.edges(data=True)) == {
        "inDocument": 3,
        "publisher": 2,
        "speaker": 2,
        "primarySource": 1,
        "attributedTo": 1,
        "restates": 1,
        "measure": 3,
        "subject": 3,
        "party": 5,
        "contradiction": 1,
    }


def test_without_findings_there_is_no_verdict(corpus: Any) -> None:
    graph = network(corpus.report, source_links(corpus.store))
    assert not [
        node for node, data in graph.nodes(data=True) if "verdict" in data or data["kind"] == "finding"
    ]
    assert len(graph) == 10
    assert graph.number_of_edges() == 16


def test_a_block_of_many_sides_draws_no_pairs(corpus: Any) -> None:
    claim = next(iter(corpus.report.claims.values()))
    many = {f"{claim.iri}-{n:03}": replace(claim, iri=f"{claim.iri}-{n:03}") for n in range(200)}
    finding = replace(
        corpus.report.findings[0], parties=tuple(Party(c, n) for n, c in enumerate(many.values(), 1))
    )
    graph = network(replace(corpus.report, claims=many, findings=(finding,)), with_findings=True)
    drawn = [data for *_, data in graph.edges(data=True) if data["relation"] == "contradiction"]
    assert len(drawn) == 199


def test_counts_labels_verdicts_and_provenance_survive(corpus: Any, writer: tuple[str, Any, Any]) -> None:
    name, render, read = writer
    graph = network(corpus.report, source_links(corpus.store), with_findings=True)
    nodes, edges = read(render(graph))
    assert len(nodes) == 12
    assert len(edges) == 22
    assert {node: data["label"] for node, data in nodes.items()} == {
        node: data["label"] for node, data in graph.nodes(data=True)
    }
    told = nodes[CLAIM]
    expected = {
        "kind": "claim",
        "speaker": "Zoë Müller",
        "quotedBy": "The Gazette",
        "document": "d1",
        "quote": "12%",
        "quoteStart": 10,
        "quoteEnd": 13,
        "stated": "12%",
        "status": "reviewed",
        "issuedStart": "2021-03-04",
        "periodEnd": "2020-12-31",
        "sources": "annual release",
        "inner": "[0.115, 0.125]",
        "verdict": "contradiction",
        "conflictGroup": 1,
    }
    kept = {key: told[key] for key in expected}
    if name in ("csv", "dot"):
        assert kept == {key: str(value) for key, value in expected.items()}
    else:
        assert kept == expected
    assert nodes["urn:kgcheck:finding:f1"]["settle"] == "The table behind the release."
    parties = [
        (end, str(data.get("side") or data.get("role")), data["verdict"])
        for _, end, data in edges
        if data["relation"] == "party"
    ]
    assert sorted(parties) == [
        (CLAIM, "1", "contradiction"),
        (CLAIM, "original", "repetition"),
        ("https://example.org/data/d1#c2", "1", "contradiction"),
        ("https://example.org/data/d1#c2", "copy", "repetition"),
        ("https://example.org/data/d2#c3", "2", "contradiction"),
    ]
    assert [
        (start, end, data["finding"]) for start, end, data in edges if data["relation"] == "contradiction"
    ] == [(CLAIM, "https://example.org/data/d2#c3", "urn:kgcheck:finding:f1")]


def test_hostile_text_is_kept_harmless(hostile: str, writer: tuple[str, Any, Any]) -> None:
    name, render, read = writer
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_node("n1", kind="claim", label=hostile, quote=hostile, nothing=None, many=[hostile, None, "x"])
    graph.add_node(
        rdflib.URIRef("urn:n2"), kind="claim", label=rdflib.Literal("plain"), iri=rdflib.URIRef("urn:x")
    )
    graph.add_edge("n1", rdflib.URIRef("urn:n2"), relation="party", role=hostile)
    content = render(graph)
    text = "".join(part.decode() for part in (content.values() if isinstance(content, dict) else [content]))
    assert not UNSAFE.search(text)
    nodes, edges = read(content)
    assert set(nodes) == {"n1", "urn:n2"}
    expected = clean(hostile)
    many = "; ".join([expected, "x"])
    if name == "csv":
        expected, many = _as_cell(expected), _as_cell(many)
    if name == "dot":
        expected, many = (
            t if len(t) <= dot.LONGEST else t[: dot.LONGEST - 1] + "…" for t in (expected, many)
        )
    assert nodes["n1"]["label"] == expected
    assert (nodes["n1"].get("quote") or "") == expected
    assert nodes["n1"]["many"] == many
    assert not nodes["n1"].get("nothing")
    assert nodes["urn:n2"]["iri"] == "urn:x"
    assert [(start, end, data.get("role") or "") for start, end, data in edges] == [
        ("n1", "urn:n2", expected)
    ]


def _as_cell(text: str) -> str:
    text = f"'{text}" if re.match(r"\s*[=+\-@]|[\t\n]", text) else text
    return text if len(text) <= 32_767 else text[:32_766] + "…"


def test_no_cell_begins_a_formula(hostile: str) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node(hostile, label=hostile, kind="claim", **{hostile or "x": hostile})
    for content in tables.render(graph).values():
        for row in csv.reader(StringIO(content.decode(), newline=""), strict=True):
            assert not [value for value in row if value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")]


def test_names_that_differ_only_in_what_is_unsafe_stay_apart(writer: tuple[str, Any, Any]) -> None:
    _, render, read = writer
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in ("urn:x", "urn:\u202ex", "urn:\ud800x", "urn:\x00x"):
        graph.add_node(name, label="same", kind="claim")
    assert len(read(render(graph))[0]) == 4


def test_numbers_keep_their_kind() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node(
        "n", kind="claim", label="x", whole=3, part=0.5, yes=True, huge=10**30, endless=float("inf")
    )
    for render, read in (FORMATS["graphml"], FORMATS["gexf"], FORMATS["cytoscape"]):
        data = read(render(graph))[0]["n"]
        assert (data["whole"], data["part"], data["yes"]) == (3, 0.5, True)
        assert (data["huge"], data["endless"]) == (str(10**30), "inf")


def test_order_of_arrival_does_not_show(corpus: Any) -> None:
    report = corpus.report
    turned = replace(
        report,
        claims=dict(reversed(report.claims.items())),
        documents=dict(reversed(report.documents.items())),
        findings=tuple(reversed(report.findings)),
    )
    links = source_links(corpus.store)
    one = network(report, links, with_findings=True)
    two = network(turned, reversed(links), with_findings=True)
    for render in (*(pair[0] for pair in FORMATS.values()), mermaid.render):
        assert render(one) == render(two)


def test_taming_twice_changes_nothing(corpus: Any) -> None:
    once = tame(network(corpus.report, with_findings=True))
    again = tame(once)
    assert list(once.nodes(data=True)) == list(again.nodes(data=True))
    assert list(once.edges(data=True, keys=True)) == list(again.edges(data=True, keys=True))


LINES = (
    r"flowchart LR",
    r"  %% .*",
    r'  left_out\["[\w ]+"\]',
    r'  n\d+\["[^"<>\[\]{}|]+"\](:::\w+)?',
    r'  n\d+ -->\|"[^"<>\[\]{}|]+"\| n\d+',
    r"  classDef \w+ [\w:#,-]+",
)


def mermaid_lines(graph: nx.MultiDiGraph[Any]) -> list[str]:
    lines = mermaid.render(graph).decode().split("\n")
    assert lines.pop() == ""
    assert not [line for line in lines if not any(re.fullmatch(form, line) for form in LINES)]
    return lines


def test_mermaid_draws_every_node_and_edge(corpus: Any) -> None:
    lines = mermaid_lines(network(corpus.report, source_links(corpus.store), with_findings=True))
    assert sum('["' in line for line in lines) == 12
    assert sum("-->" in line for line in lines) == 22
    assert sum('|"contradiction"|' in line for line in lines) == 1


def test_mermaid_keeps_hostile_text_inside_its_label(hostile: str) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", hostile or "b", relation=hostile)
    graph.nodes["a"]["label"] = hostile
    assert len(mermaid_lines(graph)) == 1 + 2 + 1 + 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "…"),
        (" \n ", "…"),
        ("1. first", "#49;#46; first"),
        ("- first", "#45; first"),
        ("-7.8%", "-7.8%"),
        ("12%% no comment", "12#37;#37; no comment"),
        ("a_b", "a#95;b"),
        ("x" * 100, "x" * 59 + "…"),
    ],
)
def test_mermaid_labels(text: str, expected: str) -> None:
    assert mermaid.label(text) == expected


def test_mermaid_says_what_it_left_out() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number in range(mermaid.MOST_EDGES + 50):
        graph.add_edge(f"claim-{number}", "document", relation="inDocument")
    graph.add_edge("finding", "claim-449", relation="party", verdict="contradiction")
    lines = mermaid_lines(graph)
    assert sum("-->" in line for line in lines) == mermaid.MOST_EDGES
    assert any("400 of 451 links" in line for line in lines)
    assert any('"party"' in line for line in lines)


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_reads_the_drawing(corpus: Any) -> None:
    content = dot.render(network(corpus.report, source_links(corpus.store), with_findings=True))
    done = subprocess.run(["dot", "-Tplain"], input=content, capture_output=True, check=True)
    drawn = Counter(line.split(b" ")[0] for line in done.stdout.splitlines())
    assert (drawn[b"node"], drawn[b"edge"]) == (12, 22)
