"""Tables of all kinds: cells with heads, and what follows from what."""

from __future__ import annotations

from kgcheck.extract import SourceText, extract

BROKEN = """Offences
|
Recorded |
Last year |
% Change |
Number change |
August 2022 |
177 |
192 |
-7.8% |
-15 |
September 2022 |
213 |
206 |
3.4% |
7 |
2 Month total |
390 |
398 |
-2.0% |
-8 |
The rest of the report follows.
"""

MARKDOWN = """## Spending

| Service | 2023/24 (£m) | 2024/25 (£m) | Change |
|---|---:|---:|---|
| Adult care | 88.1 | 93.4 | 6.0% |
| Libraries | 4.5 | 3.6 | -20.0% |
| Total | 92.6 | 97.0 | 4.8% |
"""

COLUMNS = """Seats on the council

Party          Seats   Votes
Labour         21      14,302
Conservative   17      12,118
Green          4       3,990
"""


def told(text: str) -> dict[str, tuple[object, ...]]:
    """Quote → kind, value, unit, direction, period of every claim."""
    return {
        claim.quote: (claim.kind, claim.value, claim.unit, claim.direction, claim.period_iso)
        for claim in extract(SourceText("x", text)).proposals
    }


def test_cells_broken_over_lines_without_a_corner() -> None:
    found = told(BROKEN)
    assert found["177"] == ("statistic", 177, "count", None, "2022-08")
    assert found["192"] == ("statistic", 192, "count", None, "2021-08")
    assert found["-7.8%"] == ("trend", 7.8, "percent", "down", "2022-08")
    assert found["7"] == ("trend", 7, "count", "up", "2022-09")
    assert found["390"] == ("statistic", 390, "count", None, "2022-08-01/2022-09-30")
    assert len(found) == 12


def test_totals_differences_and_percentages_are_linked() -> None:
    claims = extract(SourceText("x", BROKEN)).proposals
    linked = {
        claim.quote: (claim.notes["computed"][0], [one.quote for one in claim.notes["computed"][1]])
        for claim in claims
        if "computed" in claim.notes
    }
    assert linked["390"] == ("sum", ["177", "213"])
    assert linked["-7.8%"] == ("percent-change", ["177", "192"])
    assert linked["-8"] == ("difference", ["390", "398"])


def test_a_markdown_table_with_units_in_its_heads() -> None:
    found = told(MARKDOWN)
    assert found["88.1"] == ("statistic", 88_100_000, "GBP", None, "2023-04-01/2024-03-31")
    assert found["-20.0%"] == ("trend", 20, "percent", "down", None)
    assert len(found) == 9


def test_columns_parted_by_blanks() -> None:
    found = told(COLUMNS)
    assert found["21"][:3] == ("statistic", 21, "count")
    assert found["14,302"][:3] == ("statistic", 14_302, "count")
    assert len(found) == 6


def test_prose_with_bars_is_no_table() -> None:
    assert told("Home | News | Sport\n\nThe rate was 5%.\n") == {
        "5%": ("proportion", 5, "percent", None, None)
    }


SHOUTED = """HOSPITAL TRUST WAITING TIMES REPORT

Northtown Infirmary saw 58.3% of patients within four hours in April 2023.

KEY FINDINGS FOR THE COUNTY COUNCIL

| MONTH | PATIENTS |
|---|---|
| MARCH 2023 | 1,204 |
| APRIL 2023 | 1,310 |
"""


def test_headings_in_capitals_name_nobody() -> None:
    extraction = extract(SourceText("x", SHOUTED))
    assert extraction.as_json()["organisations"] == ["Northtown Infirmary"]
    assert {claim.quote: claim.period_iso for claim in extraction.proposals} == {
        "58.3%": "2023-04",
        "1,204": "2023-03",
        "1,310": "2023-04",
    }
