"""The query page: every example works, and shows the rows that the command line gives."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kgcheck.serve.explorer.examples import Example, examples
from kgcheck.serve.explorer.explorer import Explorer

if TYPE_CHECKING:
    from playwright.sync_api import Page

Browse = Callable[..., "Page"]
LAPTOP = {"viewport": {"width": 1366, "height": 900}}
OF_THE_SERVER = ("Lower", "kgc:block", "kgc:Finding", "kgc:party", "kgc:verdict")
"""Words of queries about what was derived and found, which the files that the command reads do not hold."""


def test_there_are_enough() -> None:
    assert len(examples()) >= 8
    assert len({example.title for example in examples()}) == len(examples())


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_an_example_gives_rows(kent: Any, explorer: Explorer, example: Example) -> None:
    assert example.title
    assert example.says.endswith(".")
    answer = kent.ask(example.query, "application/sparql-results+json, text/turtle;q=0.9")
    assert answer.status == 200
    if answer.media_type == "text/turtle":
        told = {quad.triple for quad in ox.parse(answer.text, format=ox.RdfFormat.TURTLE)}
        assert told == set(explorer.store.construct(example.query))
        return
    rows = json.loads(answer.text)["results"]["bindings"]
    names = json.loads(answer.text)["head"]["vars"]
    assert len(rows) == len(explorer.store.select(example.query)) > 3
    for name in names:
        assert any(name in row for row in rows), f"?{name} is never bound"


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_the_page_shows_the_rows(
    kent: Any, browse: Browse, explorer: Explorer, example: Example, tmp_path: Path
) -> None:
    page = browse(kent.address, "/query", **LAPTOP)
    page.wait_for_selector("html[data-editor=ready]")
    assert not page.locator("#plain").is_visible()
    page.get_by_role("link", name=example.title).click()
    assert page.url.endswith(f"/query?example={example.name}")
    page.locator(".yasr_response_chip").filter(has_text="results in").wait_for()
    assert page.locator(".yasqe .parseErrorIcon").count() == 0
    if "CONSTRUCT" in example.query:
        return
    expected = rows_of(example, explorer, tmp_path)
    page.locator("select.tableSizer").select_option("-1")
    page.locator(".yasr table tbody tr").nth(len(expected) - 1).wait_for()
    assert page.locator(".yasr table tbody tr").count() == len(expected)
    shown = page.locator(".yasr table tbody tr").first.inner_text()
    assert any(value in shown for value in expected[0] if value)


def rows_of(example: Example, explorer: Explorer, folder: Path) -> list[list[str]]:
    """What `kgcheck query` says; where the query is about what only the server holds, what its store says."""
    if any(word in example.query for word in OF_THE_SERVER):
        found = explorer.store.select(example.query)
        return [[term.value for term in row.values()] for row in found]  # type: ignore[union-attr]
    place = folder / "query.rq"
    place.write_text(example.query, encoding="utf-8")
    command = [sys.executable, "-m", "kgcheck", "query", "-f", str(place), "--format", "csv"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, cwd=folder)
    return list(csv.reader(io.StringIO(said.stdout)))[1:]


def test_a_result_leads_into_the_explorer(kent: Any, browse: Browse) -> None:
    page = browse(kent.address, "/query?example=documents", **LAPTOP)
    link = page.locator(".yasr table tbody a.iri").first
    link.wait_for()
    link.click()
    page.wait_for_url("**/documents/*")
    assert page.locator(".kicker").inner_text() == "Document"


def test_a_query_of_ones_own(kent: Any, browse: Browse) -> None:
    page = browse(kent.address, "/query", **LAPTOP)
    page.wait_for_selector("html[data-editor=ready]")
    page.locator(".CodeMirror").first.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(
        "SELECT (COUNT(*) AS ?n) WHERE { ?d a <https://w3id.org/kgcheck/ontology#Document> }"
    )
    page.keyboard.press("Control+Enter")
    page.locator(".yasr table tbody tr").first.wait_for()
    assert "12" in page.locator(".yasr table tbody tr").inner_text()


def test_what_cannot_be_answered_is_told(kent: Any, browse: Browse) -> None:
    query = "SELECT * WHERE { SERVICE <https://example.org/sparql> { ?a ?b ?c } }"
    page = browse(kent.address, f"/query?query={quote(query)}", status=400, **LAPTOP)
    page.locator(".yasr .errorResult").wait_for()
    assert "SERVICE is refused" in page.locator(".yasr .errorResult").inner_text()
