"""Periods in short words: what is stated, and the days only where they add something."""

from __future__ import annotations

import pytest

from kgcheck.semantics.edtf import parse_edtf
from kgcheck.semantics.periods import resolve_period
from kgcheck.semantics.wording import period


@pytest.mark.parametrize(
    "words",
    [
        "1 June 2016 to 30 November 2016",
        "1 June to 30 November 2016",
        "between 1 June 2016 and 30 November 2016",
        "1 June 2016 – 30 November 2016",
        "June 2016 to November 2016",
        "April to June 2018",
        "5 May 2017 to 30 November 2017",
        "June 2016",
        "2018",
        "3 March 2020",
    ],
)
def test_dates_written_out_are_not_said_twice(words: str) -> None:
    assert period(resolve_period(words)) == words


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("year ending March 2020", "year ending March 2020 (April 2019 to March 2020)"),
        ("2017-06-15", "15 June 2017"),
        ("2017-06", "June 2017"),
        ("2019/20", "2019/20 (April 2019 to March 2020)"),
        ("the first quarter of 2019", "the first quarter of 2019 (January 2019 to March 2019)"),
    ],
)
def test_days_as_people_write_them_and_words_that_need_their_days(words: str, shown: str) -> None:
    assert period(parse_edtf(words) if words[:5] == "2017-" else resolve_period(words)) == shown


def test_a_long_run_of_spaces_takes_no_time() -> None:
    from dataclasses import replace

    known = resolve_period("2018")
    words = "x" + " " * 200_000 + "x"
    assert period(replace(known, stated=words)).endswith("(2018)")
