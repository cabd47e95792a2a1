"""The graph in a real browser: drawn offline, found by words, harmless, usable at 5,000 nodes."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from kgcheck.export import html
from kgcheck.export.html import page as pages
from kgcheck.export.links import source_links
from kgcheck.export.network import network

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[..., "Page"]
LAPTOP = {"viewport": {"width": 1366, "height": 900}}
HARM = (
    "</script><img src=x onerror=alert(1)>",
    "\x1b[31m\u202e=HYPERLINK()",
    "<!--<script>",
    "x" * 1_000_000,
)


@pytest.fixture
def graph(corpus: Any) -> nx.MultiDiGraph[str]:
    return network(corpus.report, source_links(corpus.store), with_findings=True)


def saved(graph: nx.MultiDiGraph[str], folder: Path) -> Path:
    place = folder / "graph.html"
    place.write_bytes(html.render(graph))
    return place


def data(content: bytes) -> dict[str, Any]:
    (text,) = re.findall(r'id="data">(.*?)</script>', content.decode(), re.DOTALL)
    found: dict[str, Any] = json.loads(text)
    return found


def test_page_reads_back(graph: nx.MultiDiGraph[str]) -> None:
    record = data(html.render(graph))
    assert {node[0] for node in record["nodes"]} == set(graph)
    assert len(record["edges"]) == graph.number_of_edges()
    assert not record["cut"]


def test_licences_are_with_the_libraries() -> None:
    vendor = files("kgcheck.export.html") / "vendor"
    names = {entry.name for entry in vendor.iterdir()}
    assert {"graphology-LICENSE.txt", "sigma-LICENSE.txt"} <= names
    assert b"sourceMappingURL" not in html.render(nx.MultiDiGraph())


def test_opens_searches_and_shows_evidence(visit: Visit, graph: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    opened = visit(saved(graph, tmp_path), **LAPTOP)
    opened.wait_for_selector("html[data-ready=yes]")
    assert opened.evaluate("document.documentElement.dataset.trouble") is None
    opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "search"
    opened.keyboard.type("19%")
    opened.locator("#results button").first.wait_for()
    opened.keyboard.press("Enter")
    assert "19%" in opened.locator("#detail").inner_text()
    assert opened.evaluate("document.activeElement.id") == "detail"
    opened.locator("#detail .near button").first.click()
    assert opened.url.count("#") == 1


def test_deep_link(visit: Visit, graph: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    from urllib.parse import quote

    claim = next(name for name, kind in graph.nodes(data="kind") if kind == "claim")
    opened = visit(saved(graph, tmp_path), f"#{quote(claim, safe='')}", **LAPTOP)
    assert opened.locator("#detail .kind").inner_text().endswith("claim")


def test_harm_does_none(visit: Visit, graph: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    for number, name in enumerate(sorted(graph)):
        for key in ("label", "quote", "message", "title", "speaker", "kind"):
            if key in graph.nodes[name] and (key != "kind" or number == 0):
                graph.nodes[name][key] = HARM[number % len(HARM)]
        graph.nodes[name]["address"] = "javascript:alert(2)"
    opened = visit(saved(graph, tmp_path), **LAPTOP)
    opened.locator("#search").fill("img")
    opened.locator("#results button").first.click()
    assert opened.locator("img, iframe, [onerror], [href^=javascript]").count() == 0
    assert "<img src=x onerror=alert(1)>" in opened.locator("#panel").inner_text()


@pytest.mark.slow  # it holds a time, which other work on the machine lengthens
def test_five_thousand_nodes(visit: Visit, tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for document in range(60):
        graph.add_node(f"d{document}", kind="document", label=f"document {document}")
        for claim in range(100):
            graph.add_node(f"d{document}#{claim}", kind="claim", label=f"claim {claim}", quote=f"{claim}%")
            graph.add_edge(f"d{document}#{claim}", f"d{document}", relation="inDocument")
    place = saved(graph, tmp_path)
    assert len(data(place.read_bytes())["nodes"]) == pages.MOST
    start = time.perf_counter()
    opened = visit(place, **LAPTOP)
    opened.wait_for_selector("html[data-ready=yes]")
    opened.locator("#search").fill("claim 77")
    opened.locator("#results button").first.click()
    assert time.perf_counter() - start < 10  # five seconds, doubled for machines that do other work
    opened.locator("#search").fill("")
    assert "gexf" in opened.locator("#says").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Visit, graph: nx.MultiDiGraph[str], scheme: str, tmp_path: Path) -> None:
    pytest.importorskip("axe_playwright_python", reason="the test group has axe-playwright-python")
    opened = visit(saved(graph, tmp_path), color_scheme=scheme, **LAPTOP)
    opened.locator("#search").fill("12%")
    opened.locator("#results button").first.click()
    opened.locator("#kinds summary").click()
    opened.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    result = opened.evaluate("axe.run()")
    assert len(result["passes"]) > 15
    assert [(found["id"], found["nodes"][0]["html"]) for found in result["violations"]] == []
