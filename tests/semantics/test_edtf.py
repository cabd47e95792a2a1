"""EDTF: what is read, what is refused, and agreement with the `edtf` package on plain dates."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgcheck.errors import MeaningError
from kgcheck.model.period import Period, Span
from kgcheck.semantics import parse_edtf


def span(text: str) -> Span:
    start, end = text.split("/")
    return Span(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2018", "2018-01-01/2018-12-31"),
        ("2018-04", "2018-04-01/2018-04-30"),
        ("2020-02", "2020-02-01/2020-02-29"),
        ("2018-04-05", "2018-04-05/2018-04-05"),
        ("2018/2019", "2018-01-01/2019-12-31"),
        ("2018-04/2018-06", "2018-04-01/2018-06-30"),
        ("2016-06-01/2016-11-30", "2016-06-01/2016-11-30"),
        ("2019-04/2020", "2019-04-01/2020-12-31"),
        ("2018-35", "2018-07-01/2018-09-30"),
        ("2018-40", "2018-01-01/2018-06-30"),
        ("0001", "0001-01-01/0001-12-31"),
        ("9999-12", "9999-12-01/9999-12-31"),
    ],
)
def test_certain_dates_have_a_core_equal_to_their_hull(text: str, days: str) -> None:
    assert parse_edtf(text) == Period(span(days), span(days), stated=text)


@pytest.mark.parametrize(
    ("text", "hull"),
    [
        ("2018~", "2017-01-01/2019-12-31"),
        ("2018?", "2017-01-01/2019-12-31"),
        ("2018%", "2016-01-01/2020-12-31"),
        ("2018-04~", "2018-03-01/2018-05-31"),
        ("2018-04-05?", "2018-04-04/2018-04-06"),
        ("201X", "2010-01-01/2019-12-31"),
        ("19XX", "1900-01-01/1999-12-31"),
        ("2018-XX", "2018-01-01/2018-12-31"),
        ("2018-XX-XX", "2018-01-01/2018-12-31"),
        ("2018-06-XX", "2018-06-01/2018-06-30"),
        ("2018-22", "2018-06-01/2018-08-31"),
        ("2018~/2019~", "2017-01-01/2020-12-31"),
    ],
)
def test_uncertain_dates_have_a_hull_alone(text: str, hull: str) -> None:
    assert parse_edtf(text) == Period(None, span(hull), stated=text)


@pytest.mark.parametrize(
    ("text", "not_after"),
    [("../2018", date(2018, 12, 31)), ("/2018-06", date(2018, 6, 30)), ("2018/..", None)],
)
def test_open_intervals_are_unknown_up_to_their_end(text: str, not_after: date | None) -> None:
    assert parse_edtf(text) == Period(not_after=not_after, stated=text)


def test_an_uncertain_start_leaves_the_days_after_it_certain() -> None:
    period = parse_edtf("2018-01~/2018-06")
    assert period.hull == span("2017-12-01/2018-06-30")
    assert period.core == span("2018-02-28/2018-06-30")


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "junk", "18", "2018-13", "2018-00", "2018-02-30", "2018-04-00", "2018-4", "2019/2018",
        "../..", "/", "2018/2019/2020", "0000", "-0100", "y12018", "2018-04-05T10:00:00", "2018~~", "20X8",
        "201X-04", "2018-XX-05", "2018 ", "２０１８", "2018" * 30,
    ],
)  # fmt: skip
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(MeaningError) as caught:
        parse_edtf(text)
    assert caught.value.remedy


@given(st.text(max_size=45))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    try:
        period = parse_edtf(text)
    except MeaningError:
        return
    assert period.stated == text


def struct(value: time.struct_time) -> date:
    return date(*value[:3])


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)), st.sampled_from([4, 7, 10]), st.integers(0, 4000))
def test_plain_dates_and_intervals_agree_with_the_edtf_package(day: date, length: int, later: int) -> None:
    edtf = pytest.importorskip("edtf")
    end = date.fromordinal(min(day.toordinal() + later, date(9999, 12, 31).toordinal()))
    for text in (day.isoformat()[:length], f"{day.isoformat()[:length]}/{end.isoformat()[:length]}"):
        theirs = edtf.parse_edtf(text)
        ours = parse_edtf(text)
        assert ours.hull == Span(struct(theirs.lower_strict()), struct(theirs.upper_strict()))
        assert ours.certain
