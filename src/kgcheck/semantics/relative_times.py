"""Times that words place against the day on which the document speaks."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kgcheck.model.period import Span
from kgcheck.semantics.calendars import (
    days_to,
    month_span,
    months_span,
    months_to,
    previous_day,
    shift_months,
    year_span,
)
from kgcheck.semantics.named_times import COUNT, MONTH, MONTHS, count_of
from kgcheck.semantics.readings import Anchor, Reading, sure

_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2}
_STEP = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1}
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
_UNIT = re.compile(r"(?:the )?(last|previous|this|current|next) (week|month|quarter)")
_ROLLING = re.compile(rf"(?:the )?(?:last|past|previous|preceding) {COUNT} (day|week|month|year)s?")
_ROLLING_ONE = re.compile(r"(?:the )?past (week|month|year)")
_TO_DATE = re.compile(
    r"(?:so far this year|this year so far|(?:the )?year to date|since the start of the year)"
)
_NAMED_MONTH = re.compile(rf"this ({MONTH})")


def read_relative_time(text: str, anchor: Anchor) -> tuple[Reading, ...]:
    """The readings of "yesterday", "last month", "the past three years"; empty if it is none.

    Raises Unanchored without a known day.
    """
    if text in _DAYS:
        day = anchor.day + timedelta(days=_DAYS[text])
        return sure(Span(day, day))
    if match := _UNIT.fullmatch(text):
        return _calendar_unit(match[2], _STEP[match[1]], anchor.day)
    if match := _ROLLING.fullmatch(text):
        return _rolling(count_of(match[1]), match[2], anchor.day)
    if match := _ROLLING_ONE.fullmatch(text):
        return _rolling(1, match[1], anchor.day)
    if _TO_DATE.fullmatch(text):
        return sure(Span(date(anchor.day.year, 1, 1), anchor.day))
    if match := _NAMED_MONTH.fullmatch(text):
        return sure(month_span(anchor.day.year, MONTHS[match[1]]))
    return ()


def read_month_before(text: str, anchor: Anchor) -> tuple[Reading, ...]:
    """The latest month of that name that was over by the day; empty if the text is no bare month.

    On a day within a month of that name the one of the year before is a second reading.
    """
    if text not in MONTHS:
        return ()
    month, day = MONTHS[text], anchor.day
    this_year = month_span(day.year, month)
    if this_year.end < day:
        return sure(this_year)
    before = month_span(day.year - 1, month)
    return sure(this_year, before) if this_year.start <= day else sure(before)


def _calendar_unit(unit: str, step: int, day: date) -> tuple[Reading, ...]:
    """The week, month or quarter; a current one may be meant whole or as far as it has gone."""
    if unit == "week":
        wholes = [_week(day + timedelta(days=7 * step), first) for first in (0, 6)]
    else:
        months = _MONTHS_IN[unit]
        first = shift_months(date(day.year, (day.month - 1) // months * months + 1, 1), months * step)
        wholes = [months_span(first.year, first.month, months)]
    so_far = [Span(whole.start, day) for whole in wholes] if step == 0 else []
    return sure(*wholes, *so_far)


def _week(day: date, first_weekday: int) -> Span:
    """The week around `day` that begins on that weekday (Monday is 0, Sunday 6)."""
    start = day - timedelta(days=(day.weekday() - first_weekday) % 7)
    return Span(start, start + timedelta(days=6))


def _rolling(count: int, unit: str, day: date) -> tuple[Reading, ...]:
    """Up to the day itself, or the latest whole units before it."""
    if unit in {"day", "week"}:
        days = count * (7 if unit == "week" else 1)
        return sure(days_to(day, days), days_to(previous_day(day), days))
    months = count * _MONTHS_IN[unit]
    rolling = months_to(day, months)
    whole_months = months_to(previous_day(day.replace(day=1)), months)
    if unit == "month":
        return sure(rolling, whole_months)
    whole_years = Span(date(day.year - count, 1, 1), year_span(day.year - 1).end)
    return sure(rolling, whole_months, whole_years)
