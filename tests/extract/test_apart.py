"""Names that a machine has made, within one document."""

from __future__ import annotations

from kgcheck.extract import SourceText, extract
from kgcheck.extract.apart import Row, tell_apart
from kgcheck.extract.drafting import draft_rows


def rows(text: str) -> dict[str, Row]:
    return {row["quote"]: row for row in draft_rows(extract(SourceText("story", text)))}


def test_two_values_of_one_made_up_name_are_two_things() -> None:
    found = rows("A college\n\nIt had 4,120 learners, of whom around 1,300 were adults.\n")
    first, second = found["4,120 learners"], found["around 1,300"]
    assert first["measure"] == "learners"
    assert second["measure"] != first["measure"]


def test_two_times_of_one_thing_share_its_name() -> None:
    found = rows("Attendance\n\nIn 2021 attendance was 91%. In 2022 attendance was 88%.\n")
    assert {row["measure"] for row in found.values()} == {"attendance"}
    assert [row["period"] for row in found.values()] == ["2021", "2022"]


def test_made_up_names_are_a_guess_of_a_machine() -> None:
    (row,) = rows("Attendance\n\nIn 2021 attendance was 91%.\n").values()
    assert row["inferred"] == "measure"


def test_known_names_and_headlines_stay() -> None:
    known = {"kind": "statistic", "measure": "https://example.org/rate", "stated": "5%", "quote": "5%"}
    other = {**known, "stated": "7%", "quote": "7%"}
    headline = {**known, "measure": "rate", "headline": "yes", "stated": "9%", "quote": "9%"}
    body = {**known, "measure": "rate"}
    assert tell_apart([known, other, body, headline]) == [known, other, body, headline]


def test_a_figure_without_a_name_is_like_no_other() -> None:
    nameless = {"kind": "statistic", "measure": "figure without a name", "stated": "5%", "quote": "5%"}
    assert tell_apart([nameless])[0]["measure"] == "figure without a name: “5%”"
