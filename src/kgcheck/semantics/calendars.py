"""Arithmetic on days, months and years."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, timedelta

from kgcheck.model.period import Span

EARLIEST, LATEST = date(MINYEAR, 1, 1), date(MAXYEAR, 12, 31)


def month_span(year: int, month: int) -> Span:
    """The days of a month. Raises ValueError outside the years 1 to 9999."""
    return Span(date(year, month, 1), last_of_month(year, month))


def months_span(year: int, month: int, count: int) -> Span:
    """`count` months from the first day of `month`; the start may be in a later or earlier year."""
    start = shift_months(date(year, 1, 1), month - 1)
    return Span(start, previous_day(shift_months(start, count)))


def year_span(year: int) -> Span:
    """The days of a calendar year."""
    return Span(date(year, 1, 1), date(year, 12, 31))


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return LATEST if (year, month) == (MAXYEAR, 12) else previous_day(shift_months(date(year, month, 1), 1))


def shift_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a month that is too short for it."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(number, day.day))
        except ValueError:
            if not MINYEAR <= year <= MAXYEAR:
                raise
    raise AssertionError(f"no month is shorter than 28 days: {year}-{month}")


def previous_day(day: date) -> date:
    """The day before. Raises ValueError where the calendar begins."""
    try:
        return day - timedelta(days=1)
    except OverflowError as error:
        raise ValueError("the calendar begins here") from error


def next_day(day: date) -> date:
    """The day after. Raises ValueError where the calendar ends."""
    try:
        return day + timedelta(days=1)
    except OverflowError as error:
        raise ValueError("the calendar ends here") from error


def months_to(end: date, months: int) -> Span:
    """The `months` whole months that end on `end`."""
    return Span(shift_months(next_day(end), -months), end)


def days_to(end: date, days: int) -> Span:
    """The `days` days that end on `end`."""
    try:
        return Span(end - timedelta(days=days - 1), end)
    except OverflowError as error:
        raise ValueError("the period begins before the calendar") from error
