"""A place among the years of one body is none among its peers."""

from __future__ import annotations

import pytest

from kgcheck.extract import SourceText, extract
from kgcheck.extract.drafting import draft_rows


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("The solved rate in Kent was the lowest of any force in 2022.", None),
        ("The solved rate in Kent was the third highest in the country.", None),
        ("The solved rate in Kent hit a record high in 2022.", "years on record"),
        ("The solved rate in Kent was the highest since records began.", "years on record"),
        ("Turnout of 61% was the best since 2015.", "years on record"),
        ("The rate fell to a ten-year low in 2022.", "years on record"),
        ("Revenue came to $61.2 million, the most in the city's history.", "years on record"),
    ],
)
def test_population_of_a_rank(text: str, population: str | None) -> None:
    rows = [row for row in draft_rows(extract(SourceText("x", text))) if row["kind"] == "rank"]
    assert [row.get("population") for row in rows] == [population]
