"""Which form an Accept header asks for."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kgcheck.serve.forms import GRAPH, ROWS, choose, wants_page
from kgcheck.serve.workers import asking

CASES = tomllib.loads((Path(__file__).parent / "cases" / "negotiation.toml").read_text(encoding="utf-8"))


def test_enough_cases() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("name", CASES)
def test_choice(name: str) -> None:
    case: dict[str, Any] = CASES[name]
    rows, graph = choose(case["accept"] or None, ROWS), choose(case["accept"] or None, GRAPH)
    assert (rows.media_type if rows else "") == case["rows"]
    assert (graph.media_type if graph else "") == case["graph"]


def test_every_form_can_be_written() -> None:
    assert set(ROWS) == set(asking.ROWS)
    assert set(GRAPH) == set(asking.GRAPHS)


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("text/html", True),
        ("*/*", False),
        (None, False),
        ("text/turtle, text/html;q=0.9", False),
        ("text/turtle;q=0.5, text/html", True),
        ("image/png", False),
    ],
)
def test_page_for_people(accept: str | None, page: bool) -> None:
    assert wants_page(accept) is page
