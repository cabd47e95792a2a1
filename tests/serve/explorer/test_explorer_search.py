"""What is found, and what of it comes first."""

from __future__ import annotations

import time
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.finder import Entry, Finder

CASES = tomllib.loads((Path(__file__).parent / "cases" / "search.toml").read_text("utf-8"))["case"]
WITHIN = 5


def test_cases_were_collected() -> None:
    assert len(CASES) >= 19


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"])
def test_ranking(explorer: Explorer, case: dict[str, Any]) -> None:
    hits, instead = explorer.finder.find(case["words"])
    shown = [
        (hit.entry.says if hit.entry.kind == "agent" else hit.entry.kind, hit.entry.name) for hit in hits
    ]
    assert (shown == []) == case.get("none", False)
    assert instead == case.get("instead")
    if first := case.get("first"):
        assert shown[0] == tuple(first)
    if wanted := case.get("within"):
        assert any(kind == wanted[0] and name.startswith(wanted[1]) for kind, name in shown[:WITHIN])


def test_every_hit_has_a_page(explorer: Explorer) -> None:
    for words in ("kent", "rate", "the", "20"):
        hits, _ = explorer.finder.find(words)
        assert len(hits) > 10
        assert all(explorer.finder.address(hit.entry) for hit in hits)


def test_everything_is_found_by_its_own_name(explorer: Explorer) -> None:
    for entry in explorer.finder.entries[::7]:
        hits, _ = explorer.finder.find(entry.name)
        assert entry.iri in [hit.entry.iri for hit in hits], entry


def test_kinds(explorer: Explorer) -> None:
    hits, _ = explorer.finder.find("kent", "document")
    assert {hit.entry.kind for hit in hits} == {"document"}


def test_long_and_odd_words_are_no_trouble(explorer: Explorer) -> None:
    for words in ("a" * 100_000, "[](*+?", "\\", "%" * 50, "\x00", "\ud800"):
        explorer.finder.find(words)


@pytest.mark.slow  # it holds a time, which other work on the machine lengthens
def test_a_million_entries_are_searched_in_a_breath(explorer: Explorer) -> None:
    def entry(number: int) -> Entry:
        name = f"{number} of {number % 977} cases were solved in area {number % 43}"
        return replace(explorer.finder.entries[0], name=name, name_key=name, text_key=name)

    finder = Finder([entry(number) for number in range(1_000_000)], explorer.places)
    start = time.process_time()
    hits, _ = finder.find("12345 cases")
    assert hits
    assert time.process_time() - start < 5
