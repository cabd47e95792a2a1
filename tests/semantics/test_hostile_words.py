"""Words that try to take long: refused or read in time that grows no faster than the words."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from kgcheck.errors import MeaningError
from kgcheck.semantics import interpret, interpret_change, parse_edtf, resolve_period
from kgcheck.semantics.text import LONGEST, tokenise

PIECES = [
    "one in ", "1 ", "1,000,", "about ", "up to ", "a million ", "one hundred and ", "per ", "one per ", "( ",
    "- ", "+/- ", "1/2 ", "£", "% ", "not ", "between ", "from 1 to ", "½", "year to ", "since ", "june to ",
    "2015-", "the ", "week ending ", "9" * 20, "95% ci ", "\u0301", "'a", "a'", "twenty-",
    "ten thousand ", "🙂",
]  # fmt: skip
SECONDS = 1.0
READERS: tuple[Callable[[str], object], ...] = (interpret, interpret_change, parse_edtf, resolve_period)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("length", [LONGEST, 2_000_000])
def test_repetition_takes_no_time(piece: str, length: int) -> None:
    words = (piece * (length // len(piece) + 1))[:length]
    start = time.process_time()
    for reader in READERS:
        with suppress(MeaningError):
            reader(words)
    assert time.process_time() - start < SECONDS


def test_longer_words_are_refused_with_a_remedy() -> None:
    with pytest.raises(MeaningError, match="301 characters"):
        tokenise("1" * (LONGEST + 1))


@pytest.mark.parametrize("words", [None, 5, 2.8, b"5", ["5"]])
def test_what_is_no_text_is_refused(words: object) -> None:
    for reader in (interpret, interpret_change, resolve_period):
        with pytest.raises(MeaningError, match="expected words"):
            reader(words)  # type: ignore[operator]
