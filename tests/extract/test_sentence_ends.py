"""Where sentences end: abbreviations, initials, hours, quotations, ellipses, British and American."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kgcheck.extract.sentences import LONGEST, read_sentences

CASES = tomllib.loads((Path(__file__).parent / "sentence_ends.toml").read_text("utf-8"))["case"]


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in read_sentences(text, 0, len(text))]


def test_enough_cases() -> None:
    assert len(CASES) >= 23


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:30])
def test_sentences_end_where_they_should(case: dict[str, object]) -> None:
    text = case["text"]
    assert isinstance(text, str)
    assert cut(text) == case["sentences"]


def test_what_is_too_long_is_cut_at_a_safe_place() -> None:
    """After a semicolon, else a comma, else a word; letters without end are cut where they are."""
    words = "the trust said, " * 200
    assert all(len(piece) <= LONGEST and piece.endswith(",") for piece in cut(words)[:-1])
    listed = "the first of the items; the second, or third; " * 60
    assert all(piece.endswith(";") for piece in cut(listed)[:-1])
    assert [len(piece) for piece in cut("a" * (2 * LONGEST + 10))] == [LONGEST, LONGEST, 10]
