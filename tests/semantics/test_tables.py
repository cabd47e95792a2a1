"""The tables of words: no phrase means two things, and every unit that is printed is read."""

from __future__ import annotations

from collections import Counter

import pytest

from kgcheck.model.meaning import UnitKind
from kgcheck.semantics import format_value, interpret
from kgcheck.semantics.numbers import parse_ordinal
from kgcheck.semantics.tables import read_table

UNITS = read_table("units.toml")["unit"]
CHANGES = read_table("changes.toml")
NAMED = [row for row in UNITS if row["factor"] == "1" and row["kind"] in {"money", "quantity"}]


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_hedge_has_one_sense(side: str) -> None:
    phrases = Counter(words for row in read_table("hedges.toml")["hedge"] for words in row.get(side, ()))
    assert [words for words, count in phrases.items() if count > 1] == []


def test_emphasis_and_denial_are_no_hedges() -> None:
    table = read_table("hedges.toml")
    hedges = {words for row in table["hedge"] for words in row["before"]}
    assert not hedges & {*table["emphasis"]["words"], *table["denial"]["words"]}


def test_a_word_of_change_has_one_direction() -> None:
    assert not {*CHANGES["up"]["words"]} & {*CHANGES["down"]["words"]}


@pytest.mark.parametrize("key", ["words", "marks"])
def test_a_unit_word_has_one_unit(key: str) -> None:
    words = Counter(word.casefold() for row in UNITS for word in row.get(key, ()))
    assert [word for word, count in words.items() if count > 1] == []


@pytest.mark.parametrize("row", UNITS, ids=lambda row: row["words"][0])
def test_every_unit_word_is_read(row: dict[str, str]) -> None:
    for word in row["words"]:
        meaning = interpret(
            f"7{word}" if word in {"p", "x"} else f"7 {word.replace('×', 'x')}".replace(" x", "x")
        )
        assert meaning.kind is UnitKind(row["kind"]), word
        assert meaning.unit == row.get("name"), word


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row["name"])
def test_a_named_unit_is_printed_as_it_is_read(row: dict[str, str]) -> None:
    value = interpret("7.5", kind=UnitKind.QUANTITY).point
    printed = format_value(value, UnitKind(row["kind"]), row["name"])
    assert printed != "7.5"
    meaning = interpret(printed)
    assert (meaning.point, meaning.kind, meaning.unit) == (value, UnitKind(row["kind"]), row["name"])


@pytest.mark.parametrize(
    ("words", "rank"),
    [
        ("fourth from bottom", 4), ("4th", 4), ("the 21st century", 21), ("twenty-first", 21),
        ("ranked 43rd of 43", 43),
        ("thirtieth", 30), ("first", 1), ("four", None), ("", None),
    ],
)  # fmt: skip
def test_ordinals_are_ranks(words: str, rank: int | None) -> None:
    assert parse_ordinal(words) == rank
