"""The gate: two claims, their verdict and the dimension that decides it.

A file of cases is a table: `about` names the conflict, the ceiling and what both claims say; each
`case` adds what `a` and `b` say. Concepts are those of the cases of the checks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kgcheck.findings.gate import Gate, Judgement
from kgcheck.model.claim import Claim
from kgcheck.model.interval import Interval
from kgcheck.model.verdict import Verdict
from kgcheck.model.vocabulary import Vocabulary

FILES = sorted((Path(__file__).parent / "gate").glob("*.toml"))
Table = Mapping[str, Any]
CASES = [
    pytest.param(table["about"], case, id=f"{file.stem}: {case['name']}")
    for file in FILES
    for table in [tomllib.loads(file.read_text(encoding="utf-8"))]
    for case in table["case"]
]


def test_every_case_is_collected() -> None:
    assert len(CASES) >= 60


def interval(ends: list[int] | None) -> Interval | None:
    return Interval(Decimal(ends[0]), Decimal(ends[1])) if ends else None


def judge(
    about: Table,
    case: Table,
    claimed: Callable[[str, Table], Claim],
    vocabulary: Vocabulary,
    *,
    swapped: bool = False,
    explain: bool = True,
) -> Judgement:
    a, b = (claimed(name, {**about.get("both", {}), **case[name]}) for name in "ab")
    if swapped:
        a, b = b, a
    readings = {name: frozenset(words) for name, words in case.get("readings", {}).items()}
    return Gate(vocabulary, readings, drafts_only=case.get("drafts_only", False)).judge(
        a,
        b,
        ceiling=Verdict(about["ceiling"]),
        conflict=about["conflict"],
        apart=frozenset(case.get("apart", about.get("apart", ()))),
        expected=interval(case.get("expected")),
        expected_loose=interval(case.get("loose")),
        explain=explain,
    )


@pytest.mark.parametrize(("about", "case"), CASES)
def test_case(
    about: Table, case: Table, claimed: Callable[[str, Table], Claim], vocabulary: Vocabulary
) -> None:
    judgement = judge(about, case, claimed, vocabulary)
    deciding = [reason.dimension for reason in judgement.reasons if reason.decides]
    assert (judgement.verdict.value, deciding) == (
        case["verdict"],
        [case["decides"]] if "decides" in case else [],
    )


@pytest.mark.parametrize(("about", "case"), CASES)
def test_order_and_explanation_change_no_verdict(
    about: Table, case: Table, claimed: Callable[[str, Table], Claim], vocabulary: Vocabulary
) -> None:
    verdict = Verdict(case["verdict"])
    assert judge(about, case, claimed, vocabulary, explain=False).verdict is verdict
    if about["conflict"] not in ("exceeds", "computed"):
        assert judge(about, case, claimed, vocabulary, swapped=True).verdict is verdict


@pytest.mark.parametrize("ceiling", [v for v in Verdict if v.rank <= Verdict.APPARENT.rank])
@pytest.mark.parametrize(("about", "case"), CASES)
def test_ceiling_is_never_exceeded(
    ceiling: Verdict,
    about: Table,
    case: Table,
    claimed: Callable[[str, Table], Claim],
    vocabulary: Vocabulary,
) -> None:
    found = judge({**about, "ceiling": ceiling.value}, case, claimed, vocabulary).verdict
    assert found.rank >= ceiling.rank
