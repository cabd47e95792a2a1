"""Texts that try to break a reader: bounded time, no crash, and every quote at its offsets."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest

from kgcheck.extract import SourceText, extract

ABC = "abcdefghijklmnopqrstuvwxyz"


def repeated(piece: str) -> Callable[[int], str]:
    """A text of that many characters, one piece over and over."""
    return lambda size: piece * (size // len(piece))


def counted(piece: Callable[[int], str]) -> Callable[[int], str]:
    """A text of about that many characters, whose pieces differ."""
    return lambda size: "".join(piece(number) for number in range(size // len(piece(1000))))


TEXTS: Mapping[str, Callable[[int], str]] = {
    "one line": repeated("In 2020 the trust treated 78.4% of patients within four hours. "),
    "one line of names": counted(
        lambda i: (
            f"The Trust of Town{i % 97} treated {i % 100}.{i % 10}% of patients, up from {i % 50}% in "
            f"March, said Ann L{ABC[i % 26]}{ABC[i // 26 % 26]}e, chief executive of Body{i % 31}. "
        )
    ),
    "no stops": repeated("the trust treated 78 of patients "),
    "no spaces": repeated("a1b2"),
    "one word": repeated("a"),
    "digits": repeated("1"),
    "commas": repeated("1,"),
    "right to left": repeated("\u202eשלום 45% 😀👍🏽 "),
    "joined letters": repeated("e\u0301"),
    "null bytes": repeated("\x00 rate of 5% \x00\x00"),
    "one in": repeated("one in "),
    "hundred": repeated("two hundred and "),
    "million": repeated("million "),
    "hedges": repeated("more than about "),
    "quotation marks": repeated('"'),
    "opened quotations": repeated("“a said "),
    "quotations": repeated('"The rate was 5%," she said. '),
    "marks within marks": repeated('“‘a’ "5%" '),
    "capitals": repeated("Aa Bb "),
    "posts": repeated("chief executive "),
    "people": counted(
        lambda i: (
            f"Ann L{ABC[i % 26]}{ABC[i // 26 % 26]}ee, chief executive of the Body Trust, said 5% was good. "
        )
    ),
    "letters": repeated("Dear Sir\n\nThe rate was 5%.\n\n"),
    "the only": repeated("It is the only school rated good in the town. "),
    "superlatives": repeated("the best of the "),
    "grades": repeated("rated good for "),
    "years": repeated("from 2019 to "),
    "months": repeated("between March and "),
    "abbreviations": repeated("U.S. "),
    "dots": repeated("."),
    "dashes": repeated("-"),
    "brackets": repeated("("),
    "blanks": lambda size: " " * size + "x",
    "empty lines": lambda size: "\n" * size + "x",
    "addresses": repeated("a@"),
    "lines": repeated("The rate was 5%\n"),
    "scripts": repeated("<script>if (a<5) { b = '99%'; }</script><p>It was 5%.</p>\n"),
    "a table": lambda size: "| A | B |\n|---|---|\n" + counted(lambda i: f"| row {i} | {i} |\n")(size),
    "totals": lambda size: "| A | B |\n" + counted(lambda i: f"| Total {i} | {i} |\n")(size),
    "bars": repeated("|\n"),
    "cells over lines": lambda size: "Name |\n" + counted(lambda i: f"row {ABC[i % 26]} |\n{i} |\n")(size),
    "gaps": repeated("a  5  7\n"),
    "wide gaps": lambda size: "a    b    " + "c    " * 300 + "\n" + repeated("x    5    7\n")(size),
    "tails": counted(lambda i: f"Row name {ABC[i % 26]} {i} {i * 3} {i % 7}.5%\n"),
}


def read(text: str) -> float:
    """The seconds of processor time for a text that keeps the law of offsets."""
    begun = time.process_time()
    extraction = extract(SourceText("x", text))
    taken = time.process_time() - begun
    for claim in extraction.proposals:
        assert text[claim.start : claim.end] == claim.quote
    return taken


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_texts_end(name: str) -> None:
    """Thirty thousand characters take a second or so; the limit leaves room for other work."""
    assert read(TEXTS[name](30_000)) < 20


@pytest.mark.slow  # it compares times
@pytest.mark.parametrize("name", TEXTS)
def test_time_grows_as_the_text_does(name: str) -> None:
    """Four times the text takes six times the time at most, the best of two runs each."""
    small, large = TEXTS[name](40_000), TEXTS[name](160_000)
    once = min(read(small), read(small))
    assert min(read(large), read(large)) <= 6 * max(once, 0.05)


@pytest.mark.slow  # minutes
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("one line", 10_000_000),
        ("one line of names", 10_000_000),
        ("one in", 7_000_000),
        ("no spaces", 10_000_000),
    ],
)
def test_texts_of_ten_million_characters(name: str, size: int) -> None:
    """They end, and every quote stands where it is said to."""
    assert read(TEXTS[name](size)) < 600


def test_a_table_of_ten_thousand_rows() -> None:
    """Every cell is a claim."""
    text = "| Town | Cases |\n|---|---|\n" + "".join(f"| Town {i} | {i + 1000} |\n" for i in range(10_000))
    claims = extract(SourceText("x", text)).proposals
    assert len(claims) == 10_000
    assert all(text[claim.start : claim.end] == claim.quote for claim in claims)
