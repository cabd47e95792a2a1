"""What holds for every text: quotes stand at their offsets, whatever the text is made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgcheck.extract import SourceText, extract
from kgcheck.extract.drafting import claim_id, draft_rows

PIECES = [
    "In 2022 ", "nearly ", "78.4% of patients", " rose by ", "£3.2m", "\n\n",
    "| a | 12% |\n|---|---|\n", "“", "”", '"', "said ", "Dr Ann Lee, chief executive, ", "one in ",
    "three ", "the lowest in England", " rated ‘good’", "\u202e", "😀", "e\u0301", "\x00", "\r\n", "\t",
    "12 |\n", "  ", "ten", "½", "1,000", "1.2.3", "—", "- ", "the only school", " doubled", "A+",
    "\u2028", "ﬁ", "İ", "ß 5%",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40).map("".join)


def check(text: str) -> None:
    """The law of offsets, and the limits of a quote."""
    extraction = extract(SourceText("x", text))
    for claim in extraction.proposals:
        assert text[claim.start : claim.end] == claim.quote
        assert claim.start < claim.end
        assert 0 <= claim.confidence <= 1
        assert claim.kind == "role" or len(claim.quote) <= 100
    for row in draft_rows(extraction):
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]


@given(texts)
def test_quotes_stand_at_their_offsets(text: str) -> None:
    """For every claim of every text, text[start:end] is the quote."""
    check(text)


@pytest.mark.parametrize(
    "file", sorted((Path(__file__).parent / "unseen").rglob("*.txt")), ids=lambda f: f.stem
)
def test_made_up_texts_keep_the_law(file: Path) -> None:
    """So it is in whole texts; the JSON form can be written, and says the same twice."""
    text = file.read_bytes().decode()
    check(text)
    first, second = (extract(SourceText("x", text)).as_json() for _ in range(2))
    assert first == second
    ids = [claim_id(claim) for claim in extract(SourceText("x", text)).proposals]
    assert len(ids) == len(set(ids))


def hostile() -> Iterator[tuple[str, str]]:
    """Texts that try to break a reader, each some hundred thousand characters long."""
    yield "one line", "In 2020 the trust treated 78.4% of patients within four hours. " * 3_000
    yield "no stops", "the trust treated 78 of patients " * 4_000
    yield "no spaces", "a1b2" * 100_000
    yield "digits", "1" * 300_000
    yield "right to left", "\u202eשלום 45% 😀👍🏽 " * 2_000
    yield "null bytes", "\x00 rate of 5% \x00\x00" * 2_000
    yield "one in", "one in " * 10_000
    yield "quotation marks", '"' * 100_000
    yield "opened quotations", "“a said " * 10_000
    yield "capitals", "Aa Bb " * 20_000
    yield "bars", "|\n" * 50_000
    yield "posts", "chief executive " * 8_000
    yield "blanks", " " * 500_000 + "x"
    yield "brackets", "(" * 100_000
    yield "addresses", "a@" * 50_000
    yield "superlatives", "the best of the " * 8_000
    yield "lines", "The rate was 5%\n" * 5_000
    yield "a table", "| A | B |\n|---|---|\n" + "".join(f"| row {i} | {i} |\n" for i in range(10_000))


@pytest.mark.parametrize(("name", "text"), [pytest.param(name, text, id=name) for name, text in hostile()])
def test_hostile_texts_end(name: str, text: str) -> None:
    """No text takes more than a few seconds for its hundred thousand characters."""
    import time

    begun = time.process_time()
    check(text)
    assert time.process_time() - begun < 30, name
