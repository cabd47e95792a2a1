"""Tables of many subjects and forms: every cell, its heads, and what it is computed from."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kgcheck.extract import Proposal, SourceText, extract

CASES = sorted((Path(__file__).parent / "tables").glob("*.toml"))


def told(claim: Proposal) -> list[Any]:
    """What a case says of a claim."""
    operation, operands = claim.notes.get("computed", ("", []))
    return [
        claim.quote,
        claim.kind,
        claim.value,
        claim.unit,
        claim.direction or "",
        claim.period_iso or "",
        claim.notes["row"],
        " ".join([operation, *(one.quote for one in operands)]),
    ]


def test_enough_tables() -> None:
    assert len(CASES) >= 9


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_tables(file: Path) -> None:
    """Each cell of the case is one claim, and there is no other."""
    case = tomllib.loads(file.read_text("utf-8"))
    extraction = extract(SourceText("x", case["text"]))
    assert [told(claim) for claim in extraction.proposals] == case["claims"]
    assert not extraction.dropped
    for claim in extraction.proposals:
        assert case["text"][claim.start : claim.end] == claim.quote
