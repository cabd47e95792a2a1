"""The tables that the importer reads its columns by, and the page that people read them on."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

from kgcheck.interchange.columns import columns, columns_table, folded, is_note
from kgcheck.interchange.kinds import forms
from kgcheck.model.claim import Kind

PAGE = Path(__file__).parents[2] / "docs" / "claim-sheets.md"


def table(name: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("kgcheck.interchange").joinpath(name).read_text("utf-8"))


def test_no_header_means_two_columns() -> None:
    counted = Counter(folded(header) for header in columns().headers())
    counted.update(list(columns().ambiguous))
    assert [header for header, number in counted.items() if number > 1] == []
    assert not any(is_note(header) for header in columns().headers())


def test_vague_headers_name_columns() -> None:
    names = {column.name for column in columns().all}
    assert all(set(meanings) <= names for meanings in columns().ambiguous.values())


def test_every_column_belongs_to_a_kind_and_every_kind_to_the_model() -> None:
    taken = {column for form in forms() for column in form.takes}
    assert taken == {column.name for column in columns().all}
    assert {form.kind for form in forms()} == set(Kind)
    for form in forms():
        assert {column for group in form.needs for column in group} <= form.takes
        assert set(form.signs) <= form.takes


def test_no_choice_has_two_meanings() -> None:
    for name, choices in table("words.toml").items():
        if name == "unit_pattern":
            continue
        words = Counter(word.casefold() for listed in choices.values() for word in listed)
        assert [word for word, number in words.items() if number > 1] == [], name


def test_units_with_a_pattern_are_units() -> None:
    words = table("words.toml")
    assert set(words["unit_pattern"]) <= {word for listed in words["unit"].values() for word in listed}


def test_headers_are_compared_without_case_and_spacing() -> None:
    found = columns().named(" Time-Period: ")
    assert found is not None
    assert found.name == "period"
    assert columns().named("colour") is None


def test_the_page_shows_the_columns() -> None:
    page = PAGE.read_text("utf-8")
    shown = page.split("<!-- columns: begin -->\n")[1].split("<!-- columns: end -->")[0]
    assert shown == columns_table()


def test_the_error_on_the_page_is_the_real_one() -> None:
    bad = Path(__file__).parent / "bad" / "inverted-period.txt"
    assert bad.read_text("utf-8") in PAGE.read_text("utf-8")
