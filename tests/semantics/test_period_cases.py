"""Every case of cases/periods: words and the document's days → core and hull.

`core = "same"` says that the period is certain, "none" that no day is named in every reading.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kgcheck.model.period import Period, Span
from kgcheck.semantics import resolve_period

CASES = Path(__file__).parent / "cases" / "periods"
FLOOR = 240
Case = dict[str, Any]


def collect_cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}-{number}-{case['words']}")
        for path in sorted(CASES.glob("*.toml"))
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1)
    ]


def read_span(text: str) -> Span:
    start, end = text.split("/")
    return Span(date.fromisoformat(start), date.fromisoformat(end))


def expect_period(case: Case, issued: Period) -> Period:
    if case.get("unknown"):
        return Period(not_after=issued.hull.end if issued.hull else None, stated=case["words"])
    hull = read_span(case["hull"])
    named: dict[str, Span | None] = {"same": hull, "none": None}
    core = named[case["core"]] if case["core"] in named else read_span(case["core"])
    return Period(core, hull, stated=case["words"])


@pytest.mark.parametrize("case", collect_cases())
def test_stated_periods_name_the_days_of_the_case(case: Case) -> None:
    days = read_span(case["issued"]) if "issued" in case else None
    issued = Period(days, days)
    assert resolve_period(case["words"], issued) == expect_period(case, issued)


def test_all_cases_are_collected() -> None:
    assert len(collect_cases()) >= FLOOR


def test_an_unknown_period_keeps_the_bound_of_a_document_without_a_first_day() -> None:
    issued = Period(not_after=date(2020, 12, 31))
    assert resolve_period("last year", issued) == Period(not_after=date(2020, 12, 31), stated="last year")
