"""What single sentences claim, and what they do not: figures, changes, places, grades, and look-alikes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kgcheck.extract import SourceText, extract

FOLDER = Path(__file__).parent / "sentences"


def cases() -> Iterator[tuple[str, list[list[Any]]]]:
    """Each sentence with quote, kind, value, comparator, unit and direction of its claims."""
    for file in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(file.read_text("utf-8"))["case"]:
            yield case["text"], case["claims"]


def test_enough_sentences() -> None:
    assert sum(1 for _ in cases()) >= 65


@pytest.mark.parametrize(
    ("text", "claims"), [pytest.param(text, claims, id=text[:40]) for text, claims in cases()]
)
def test_sentences(text: str, claims: list[list[Any]]) -> None:
    """Statements without a figure and roles are left to other tests."""
    found = [
        [
            claim.quote,
            claim.kind,
            "" if claim.value is None else claim.value,
            claim.comparator,
            claim.unit,
            claim.direction or "",
        ]
        for claim in extract(SourceText("x", text)).proposals
        if claim.kind not in {"role", "quote"}
    ]
    assert found == claims
