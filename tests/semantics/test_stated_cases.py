"""Every case of cases/values and cases/changes: words → the whole Meaning, or the refusal.

A case states what differs from the defaults of Meaning; `reporting` is the inner interval unless it
is stated. "all" in an interval is the largest bound that is kept.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kgcheck.errors import MeaningError
from kgcheck.model.interval import LIMIT, Interval
from kgcheck.model.meaning import Comparator, Meaning, UnitKind
from kgcheck.semantics import interpret, interpret_change, load_policy

CASES = Path(__file__).parent / "cases"
FLOOR = 580
Case = dict[str, Any]


def collect_cases() -> list[Any]:
    return [
        pytest.param(path.parent.name, case, id=f"{path.parent.name}-{path.stem}-{number}-{case['words']}")
        for folder in ("values", "changes")
        for path in sorted((CASES / folder).glob("*.toml"))
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"], 1)
    ]


def read_interval(text: str) -> Interval:
    lower, upper = text[1:-1].replace("all", str(LIMIT)).split(", ")
    return Interval(Decimal(lower), Decimal(upper), text[0] == "(", text[-1] == ")")


def read_meaning(folder: str, case: Case) -> Meaning:
    options: dict[str, Any] = {}
    if "given_kind" in case:
        options["kind"] = UnitKind(case["given_kind"])
    if "policy" in case:
        options["policy"] = load_policy(case["policy"])
    if "natural" in case:
        options["natural"] = read_interval(case["natural"])
    for name in ("direction", "uncertainty"):
        if name in case:
            options[name] = case[name]
    return (interpret if folder == "values" else interpret_change)(case["words"], **options)


def expect_meaning(case: Case) -> Meaning:
    return Meaning(
        words=case["words"],
        kind=UnitKind(case["kind"]),
        point=Decimal(case["point"]),
        inner=read_interval(case["inner"]),
        outer=read_interval(case["outer"]),
        reporting=read_interval(case.get("reporting", case["inner"])),
        granule=Decimal(case["granule"]),
        comparator=Comparator(case.get("comparator", "=")),
        hedge=case.get("hedge"),
        unit=case.get("unit"),
        base=Decimal(case["base"]) if "base" in case else None,
        uncertainty=read_interval(case["sampling"]) if "sampling" in case else None,
        lower_unbounded=case.get("lower_unbounded", False),
        upper_unbounded=case.get("upper_unbounded", False),
    )


@pytest.mark.parametrize(("folder", "case"), collect_cases())
def test_stated_words_mean_what_the_case_says(folder: str, case: Case) -> None:
    if "error" in case:
        with pytest.raises(MeaningError) as caught:
            read_meaning(folder, case)
        assert caught.value.message == case["error"]
        assert caught.value.remedy
    else:
        assert read_meaning(folder, case) == expect_meaning(case)


def test_all_cases_are_collected() -> None:
    assert len(collect_cases()) >= FLOOR


def test_bounds_have_twelve_places_at_most_and_no_signed_zero() -> None:
    for parameter in collect_cases():
        folder, case = parameter.values
        if "error" in case:
            continue
        meaning = read_meaning(folder, case)
        for interval in (meaning.inner, meaning.outer, meaning.reporting):
            for bound in (interval.lower, interval.upper):
                assert -12 <= int(bound.as_tuple().exponent) <= 0
                assert str(bound) != "-0"
