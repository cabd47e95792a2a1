"""What holds for every text: quotes stand at their offsets, whatever the text is made of."""

from __future__ import annotations

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
SIGNS = (
    "0123456789.,%£$|-–—\"“”'‘’()[]/\\#*_:; \t\n\r\x00\x0b\x1c\x85\u2028\u202e\u200d\ufeff"
    "שא😀👍🏽é\u0301ßİıﬁ½aA oO"
)
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40).map("".join)
signs = st.text(st.sampled_from(SIGNS), max_size=300)
cells = st.sampled_from(
    ["", "a", "Total", "12", "1,204", "5%", "(4.1)", "n/a", "..", "2022", "Good", "£m", "%", "Change"]
)
grids = st.lists(st.lists(cells, min_size=1, max_size=6), min_size=1, max_size=8)


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


@given(signs)
def test_signs_alone_keep_the_law(text: str) -> None:
    """Digits, marks, blanks of all kinds, letters from right to left, and what joins or turns them."""
    check(text)


@given(grids, st.sampled_from([" | ", "\t", "   ", " ", " |\n"]), st.booleans())
def test_tables_of_any_shape_keep_the_law(rows: list[list[str]], gap: str, framed: bool) -> None:
    """Rows of different lengths, heads or none, in every form that tables have."""
    lines = [gap.join(row) for row in rows]
    check("\n".join(f"| {line} |" if framed else line for line in lines))


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
