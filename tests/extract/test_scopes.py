"""What claims are about, when, and whose words they are: cases in files."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kgcheck import assets
from kgcheck.extract import Proposal, SourceText, extract
from kgcheck.extract.gazetteer import Gazetteer
from kgcheck.store import Store
from kgcheck.store.vocabulary import read_vocabulary

HERE = Path(__file__).parent / "scopes"


def cases(name: str) -> list[Any]:
    found = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["case"]
    assert len(found) >= 10
    return [pytest.param(case, id=case["name"]) for case in found]


@cache
def gazetteer() -> Gazetteer:
    """The names of the packaged vocabularies, people and bodies."""
    store = Store()
    store.load_ontology()
    store.load([assets.folder("data")])
    return Gazetteer(read_vocabulary(store))


def claims(text: str, known: Gazetteer | None = None) -> dict[str, Proposal]:
    return {claim.quote: claim for claim in extract(SourceText("story", text), (), known).proposals}


def find(found: dict[str, Proposal], quote: str) -> Proposal:
    """The claim whose quote has the words in it, or is in them."""
    alike = [
        claim for words, claim in found.items() if claim.kind != "role" and (quote in words or words in quote)
    ]
    assert alike, f"{quote!r} is none of {sorted(found)}"
    return max(alike, key=lambda claim: (claim.quote == quote, len(claim.quote)))


@pytest.mark.parametrize("case", cases("links"))
def test_links(case: dict[str, Any]) -> None:
    found = claims(case["text"], gazetteer())
    for quote, wanted in case["claims"].items():
        claim = find(found, quote)
        links = claim.notes.get("links", {})
        for dimension, name in wanted.get("links", {}).items():
            assert links.get(dimension, "").rpartition("#")[2] == name, dimension
        if "name" in wanted:
            assert claim.measure == wanted["name"]
        if "area" in wanted:
            assert claim.area == wanted["area"]
        if "subject" in wanted:
            assert claim.notes.get("subject") == wanted["subject"]
        if "inferred" in wanted:
            assert set(wanted["inferred"]) <= set(claim.notes.get("inferred", ()))


@pytest.mark.parametrize("case", cases("periods"))
def test_periods(case: dict[str, Any]) -> None:
    found = claims(f"A story of the day\n\nPublished: 12 January 2023\n\n{case['text']}\n")
    for quote, days in case["days"].items():
        claim = find(found, quote)
        issued = "2023-01-12"
        if days == "issued":
            assert (claim.period_iso, "period" in claim.notes.get("inferred", ())) == (issued, True)
        else:
            assert (claim.period_iso or "") == days


@pytest.mark.parametrize("case", cases("speakers"))
def test_speakers(case: dict[str, Any]) -> None:
    found = claims(f"A story of the day\n\n{case['text']}\n")
    for quote, speaker in case["says"].items():
        assert find(found, quote).speaker == speaker
