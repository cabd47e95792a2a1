"""Pictures that are drawn here: places, the part that is shown, SVG and PNG."""

from __future__ import annotations

import math
import sys
import time
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from kgcheck.errors import UsageError
from kgcheck.export import png, svg
from kgcheck.export.drawing import drawing
from kgcheck.export.layout import places
from kgcheck.export.links import source_links
from kgcheck.export.network import network
from kgcheck.export.view import around_findings

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def graph(corpus: Any) -> nx.MultiDiGraph[str]:
    return network(corpus.report, source_links(corpus.store), with_findings=True)


def crowd(documents: int, each: int) -> nx.MultiDiGraph[str]:
    """Documents with claims, every tenth of which stands in a finding with its neighbour's."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for document in range(documents):
        graph.add_node(f"d{document}", kind="document", label=f"document {document}")
        for claim in range(each):
            name = f"d{document}#c{claim}"
            graph.add_node(name, kind="claim", label=f"claim {claim}")
            graph.add_edge(name, f"d{document}", relation="inDocument")
            if claim % 10 == 0 and document:
                finding = f"f{document}-{claim}"
                graph.add_node(finding, kind="finding", label="tension: value-conflict", verdict="tension")
                graph.add_edge(finding, name, relation="party", verdict="tension", side=1)
                graph.add_edge(
                    finding, f"d{document - 1}#c{claim}", relation="party", verdict="tension", side=2
                )
                graph.add_edge(name, f"d{document - 1}#c{claim}", relation="tension", verdict="tension")
    return graph


def test_places_are_apart_and_the_same_each_time(graph: nx.MultiDiGraph[str]) -> None:
    found = places(graph)
    assert set(found) == set(graph)
    assert found == places(graph.copy())
    every = list(found.values())
    nearest = min(math.dist(a, b) for number, a in enumerate(every) for b in every[:number])
    assert nearest > 0.5


def test_claims_stand_by_their_document() -> None:
    graph = crowd(12, 20)
    found = places(graph)
    for name in graph:
        document = name.partition("#")[0]
        if "#" in name:
            nearest = min(
                (f"d{n}" for n in range(12)), key=lambda other: math.dist(found[name], found[other])
            )
            assert nearest == document


def test_thousands_are_placed_in_seconds() -> None:
    graph = crowd(50, 95)
    assert len(graph) > 4800
    start = time.process_time()
    places(graph)
    assert time.process_time() - start < 30


def test_what_is_cut_is_told() -> None:
    graph = crowd(10, 30)
    view = around_findings(graph, 100)
    assert len(view.graph) == 100
    assert view.cut
    assert "100 of" in view.says
    assert "gexf" in view.says
    findings = [name for name, data in graph.nodes(data=True) if data["kind"] == "finding"]
    assert set(findings) <= set(view.graph)


def test_without_findings_everything_is_in_the_foreground() -> None:
    graph = crowd(1, 5)
    view = around_findings(graph, 100)
    assert view.foreground == frozenset(graph)
    assert not view.cut


def test_svg_holds_shapes_and_words_only(graph: nx.MultiDiGraph[str]) -> None:
    for number, harm in enumerate(("</text><script>alert(1)</script>", "\x1b[31m\u202e", "x" * 1_000_000)):
        graph.nodes[sorted(graph)[number]]["label"] = harm
    root = ET.fromstring(svg.render(graph))  # noqa: S314 - just written here
    assert {part.tag.removeprefix(SVG) for part in root.iter()} <= {
        "svg", "title", "rect", "line", "circle", "polygon", "text"
    }  # fmt: skip
    names = {name for part in root.iter() for name in part.attrib}
    assert not any(name.startswith("on") or "href" in name for name in names)
    assert max(len(part.text or "") for part in root.iter()) < 300


def test_conflicts_are_told_without_colour(graph: nx.MultiDiGraph[str]) -> None:
    found = drawing(graph)
    loud = [stroke for stroke in found.strokes if stroke.width > 1]
    assert loud
    assert {dot.shape for dot in found.dots} >= {"diamond", "circle", "square"}


def test_png_is_a_picture(graph: nx.MultiDiGraph[str]) -> None:
    pytest.importorskip("matplotlib")
    content = png.render(graph)
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    assert png.render(graph) == content


def test_png_says_what_it_needs(graph: nx.MultiDiGraph[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(UsageError, match="matplotlib"):
        png.render(graph)
