"""Sides by every strategy but intervals, whose laws stand with the checks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kgcheck.findings.rows import Row
from kgcheck.findings.sides import candidates
from kgcheck.model.interval import Interval

Rows = list[Row]


def sided(rows: Rows, strategy: str, *roles: str, apart: str = "") -> list[tuple[str, list[str]]]:
    """(block and part, sides as letters) of every candidate; a claim named `a41` has the value 41."""
    intervals = {row.claim: Interval.point(Decimal(row.claim[1:])) for row in rows if row.claim[1:].isdigit()}

    def differ(a: str, b: str) -> bool:
        return a[0] in apart or b[0] in apart

    return [
        (f"{c.block}{c.part}", [" ".join(row.claim for row in side) for side in c.sides])
        for c in candidates(rows, strategy, roles, intervals, differ)
    ]


def row(claim: str, **more: str) -> Row:
    return Row("B", claim, **more)


def test_column() -> None:
    rows = [row("a", side="1"), row("b", side="2"), row("c", side="1"), row("d", side="3")]
    assert sided(rows, "column") == [("B", ["a c", "b", "d"])]


def test_one_side_is_no_candidate() -> None:
    assert sided([row("a", side="1"), row("b", side="1")], "column") == []
    assert sided([row("a", role="part"), row("b", role="part")], "roles", "part", "whole") == []


def test_roles_stand_in_the_order_of_the_header() -> None:
    rows = [row("a", role="whole"), row("b", role="part"), row("c", role="whole")]
    assert sided(rows, "roles", "part", "whole") == [("B", ["b", "a c"])]


def test_blocks_and_parts_are_apart() -> None:
    rows = [row("a", side="1", part="x"), row("b", side="2", part="y"), Row("C", "c", side="2")]
    assert sided(rows, "column") == []


def test_none_keeps_claims_together_once_each() -> None:
    rows = [row("a", role="x"), row("a", role="y"), row("b41"), row("c57")]
    assert sided(rows, "none") == [("B", ["b41 c57 a"])]


def test_one_puts_together_what_agrees() -> None:
    rows = [row("a41"), row("b41"), row("c57"), row("d"), row("e")]
    assert sided(rows, "one") == [("B", ["d e"]), ("B#1", ["a41 b41"])]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row("a41", side="?@gazette"), row("b57", side="2020")], ["a41", "b57"]),
        ([row("a41", side="~2020@gazette"), row("b57", side="2020")], ["a41", "b57"]),
        ([row("a41", side="-"), row("b57", side="girls")], ["a41", "b57"]),
        ([row("a41", side="2019"), row("b57", side="2020")], None),
        ([row("a41", side="?@gazette"), row("b57", side="2020"), row("c41", side="2019")], None),
        (
            [row("a41", side="?@gazette"), row("b57", side="2020"), row("c73", side="2019")],
            ["a41", "b57", "c73"],
        ),
    ],
    ids=["unstated", "uncertain", "absent", "both stated", "another agrees", "none of them agrees"],
)
def test_unknown(rows: Rows, expected: list[str] | None) -> None:
    found = [sides for _, sides in sided(rows, "unknown")]
    assert found == ([expected] if expected else [])


def test_what_certainly_differs_says_nothing_about_the_unstated() -> None:
    rows = [row("a41", side="?@gazette"), row("b57", side="2020"), row("c41", side="2019")]
    assert sided(rows, "unknown", apart="c") == [("B[41, 41]", ["a41", "b57"])]


@pytest.mark.parametrize("strategy", ["column", "roles", "none", "one", "unknown"])
def test_order_of_rows_changes_nothing(strategy: str) -> None:
    rows = [row("a41", side="?", role="x"), row("b57", side="2", role="y"), row("c57", side="1", role="x")]
    assert sided(rows, strategy, "x", "y") == sided(rows[::-1], strategy, "x", "y")
