"""Numbers and intervals as words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kgcheck.model.meaning import UnitKind
from kgcheck.semantics import describe_meaning, format_odds, format_value, interpret, interpret_change


@pytest.mark.parametrize(
    ("value", "kind", "unit", "words"),
    [
        ("0.0275", UnitKind.RATIO, None, "2.75%"),
        ("1", UnitKind.RATIO, None, "100%"),
        ("-0.078", UnitKind.CHANGE, None, "-7.8%"),
        ("0.018", UnitKind.POINTS, None, "1.8 percentage points"),
        ("1622", UnitKind.COUNT, None, "1,622"),
        ("1000000000000000", UnitKind.COUNT, None, "1,000,000,000,000,000"),
        ("50000", UnitKind.MONEY, "GBP", "£50,000"),
        ("-12.5", UnitKind.MONEY, "USD", "-$12.5"),
        ("12000000", UnitKind.MONEY, "AUD", "A$12,000,000"),
        ("50000", UnitKind.MONEY, None, "50,000"),
        ("2.25", UnitKind.DURATION, None, "2.25 years"),
        ("14", UnitKind.TIMES, "less", "14 times"),
        ("5", UnitKind.QUANTITY, "mile", "5 miles"),
        ("10.30", UnitKind.QUANTITY, None, "10.3"),
        ("0", UnitKind.RATIO, None, "0%"),
    ],
)
def test_values_are_printed_with_their_unit(value: str, kind: UnitKind, unit: str | None, words: str) -> None:
    assert format_value(Decimal(value), kind, unit) == words


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("2.8%", "between 2.75% and 2.85%, loosely between 2.7% and 2.9%"),
        ("593", "exactly 593"),
        ("over 900 officers", "more than 900 and at most 1,000, loosely more than 900"),
        ("less than three percent", "at least 2% and less than 3%, loosely less than 3%"),
        ("at least £5m", "between £5,000,000 and £6,000,000, loosely at least £5,000,000"),
        ("up to 12", "between 11 and 12, loosely at most 12"),
        ("between 3 and 5 miles", "between 3 miles and 5 miles"),
    ],
)
def test_meanings_are_printed_as_both_readings(words: str, printed: str) -> None:
    assert describe_meaning(interpret(words)) == printed


def test_falls_are_printed_below_zero() -> None:
    assert (
        describe_meaning(interpret_change("fell by more than 10%"))
        == "at least -20% and less than -10%, loosely less than -10%"
    )


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("0.1", "1 in 10"),
        ("0.333333333333", "1 in 3"),
        ("0.001", "1 in 1,000"),
        ("0.5", "1 in 2"),
        ("0.9", None),
        ("0", None),
    ],
)
def test_shares_are_printed_as_odds(share: str, words: str | None) -> None:
    assert format_odds(Decimal(share)) == words
