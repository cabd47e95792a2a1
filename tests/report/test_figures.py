"""Numbers, days and readings in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kgcheck.model.interval import Interval
from kgcheck.model.meaning import Meaning, UnitKind
from kgcheck.model.period import Period, Span
from kgcheck.report.figures import issued, number, period, reading, span


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("24300", "24,300"),
        ("0.50", "0.5"),
        ("100", "100"),
        ("1E+3", "1,000"),
        ("-7.80", "-7.8"),
        ("0", "0"),
        ("66.6666666666", "66.67"),
        ("0.00012345", "0.00012"),
        ("2.7255", "2.7255"),
    ],
)
def test_number(value: str, words: str) -> None:
    assert number(Decimal(value)) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ((2016, 2, 18), (2016, 2, 18), "18 February 2016"),
        ((2019, 1, 1), (2019, 12, 31), "2019"),
        ((2018, 1, 1), (2019, 12, 31), "2018 to 2019"),
        ((2020, 2, 1), (2020, 2, 29), "February 2020"),
        ((2019, 4, 1), (2020, 3, 31), "April 2019 to March 2020"),
        ((2019, 4, 2), (2020, 3, 31), "2 April 2019 to 31 March 2020"),
    ],
)
def test_span(start: tuple[int, int, int], end: tuple[int, int, int], words: str) -> None:
    assert span(Span(date(*start), date(*end))) == words


def test_period_keeps_the_stated_words() -> None:
    year = Span(date(2019, 4, 1), date(2020, 3, 31))
    assert period(Period(year, year, stated="2019/20")) == "2019/20 (April 2019 to March 2020)"
    assert period(Period(None, year, stated="last year")) == "last year (within April 2019 to March 2020)"
    assert period(Period(not_after=date(2020, 5, 4))) == "no later than 4 May 2020"
    assert period(Period()) == "not stated"


def test_issued_says_what_is_inferred() -> None:
    year = Span(date(2020, 1, 1), date(2020, 12, 31))
    assert issued(Period(year, year), "stated") == "2020"
    assert issued(Period(None, year), "inferred") == "about 2020 (inferred)"
    assert issued(Period(), None) == "undated"


@pytest.mark.parametrize(
    ("kind", "inner", "outer", "unit", "words"),
    [
        (
            UnitKind.RATIO,
            ("0.0275", "0.0285"),
            ("0.027", "0.029"),
            None,
            "2.75 to 2.85%; at the loosest 2.7 to 2.9%",
        ),
        (UnitKind.COUNT, ("593", "593"), ("593", "593"), None, "exactly 593"),
        (UnitKind.POINTS, ("0.0175", "0.0185"), ("0.0175", "0.0185"), None, "1.75 to 1.85 points"),
        (UnitKind.TIMES, ("13.5", "14.5"), ("13.5", "14.5"), None, "13.5 to 14.5 times"),
        (UnitKind.MONEY, ("950", "1050"), ("950", "1050"), "GBP", "950 to 1,050 GBP"),
    ],
)
def test_reading(
    kind: UnitKind, inner: tuple[str, str], outer: tuple[str, str], unit: str | None, words: str
) -> None:
    careful, loose = (Interval(Decimal(low), Decimal(high)) for low, high in (inner, outer))
    meaning = Meaning("…", kind, careful.lower, careful, loose, careful, Decimal(1), unit=unit)
    assert reading(meaning) == words


def test_reading_names_open_ends_and_sampling() -> None:
    half = Interval(Decimal("0.02"), Decimal("0.03"), upper_open=True)
    sampled = Interval(Decimal("0.8175"), Decimal("0.8545"))
    meaning = Meaning("…", UnitKind.RATIO, half.upper, half, half, half, Decimal(1), uncertainty=sampled)
    assert reading(meaning) == "2 to below 3%; sampling 81.75 to 85.45%"
