"""Extended Date/Time Format: levels 0 and 1 as far as periods need them.

Written here and not taken from the `edtf` package, which takes milliseconds for a date, pads an
approximate month by a year and gives a blank end ten years. A test holds the two together where
they should agree.

References: https://www.loc.gov/standards/datetime/ (2019), ISO 8601-2:2019.
"""

from __future__ import annotations

import re
from datetime import date

from kgcheck.errors import MeaningError
from kgcheck.model.period import Period, Span
from kgcheck.semantics.calendars import month_span, months_span, shift_months, year_span

_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<mark>[?~%]?)"
)
_LONGEST = 40
_SEASONS = {21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3), 33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)}
_SEASONS |= {37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6)}
_SURE_SEASONS = range(33, 42)  # quarters, quadrimesters and semesters; seasons proper vary by place


def parse_edtf(text: str) -> Period:
    """The period that an EDTF string names, its own text as the stated words.

    "2018", "2018-04", "2018-04-05" and intervals of them are certain. "2018~", "2018?" and "2018%"
    have no core and a hull one unit of their own precision wider on each side (two for "%").
    "201X", "2018-XX" and seasons have a hull alone. An interval with an open end ("2018/..",
    "../2018", or blank) names no bounded period: it is unknown, with `not_after` where its end is
    given.

    Raises MeaningError for everything else, also for days that do not exist.
    """
    if len(text) > _LONGEST:
        raise MeaningError("not an EDTF date", remedy='write it as "2018-04", "2018~" or "2018-04/2018-06"')
    left, slash, right = text.partition("/")
    try:
        if not slash:
            core, hull = _read_date(left)
            return Period(core, hull, stated=text)
        return _read_interval(left, right, text)
    except ValueError as error:
        raise MeaningError(
            f"{text!r} is not an EDTF date: {error}",
            remedy='write it as "2018-04", "2018~" or "2018-04/2018-06"',
        ) from error


def _read_interval(left: str, right: str, text: str) -> Period:
    is_open = {"", ".."}
    if left in is_open and right in is_open:
        raise ValueError("both ends are open")
    if right in is_open:
        _read_date(left)
        return Period(stated=text)
    end_core, end = _read_date(right)
    if left in is_open:
        return Period(not_after=end.end, stated=text)
    start_core, start = _read_date(left)
    if start.start > end.end:
        raise ValueError("it ends before it starts")
    hull = Span(start.start, end.end)
    if start_core and end_core:
        return Period(Span(start_core.start, end_core.end), hull, stated=text)
    inner_start = start_core.start if start_core else start.end
    inner_end = end_core.end if end_core else end.start
    core = Span(inner_start, inner_end) if inner_start <= inner_end else None
    return Period(core, hull, stated=text)


def _read_date(text: str) -> tuple[Span | None, Span]:
    """Core and hull of one date."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no date of a supported form")
    year, month, day, mark = match.group("year", "month", "day", "mark")
    if "X" in year:
        if month or mark:
            raise ValueError("an unspecified year takes no month and no mark")
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        return None, Span(year_span(max(low, 1)).start, year_span(high).end)
    if month == "XX" or day == "XX":
        if month == "XX" and day not in (None, "XX"):
            raise ValueError("a day without its month")
        return None, year_span(int(year)) if month == "XX" else month_span(int(year), int(month))
    numbers = [int(part) for part in (month, day) if part is not None]
    span, unit = _exact(int(year), *numbers)
    if len(numbers) == 1 and numbers[0] > 12 and numbers[0] not in _SURE_SEASONS:
        return None, span
    if not mark:
        return span, span
    steps = 2 if mark == "%" else 1
    return None, _pad(span, unit, steps)


def _exact(year: int, month: int | None = None, day: int | None = None) -> tuple[Span, int]:
    """The days and the precision in months, 0 for a day."""
    if month is None:
        return year_span(year), 12
    if day is not None:
        exact = date(year, month, day)
        return Span(exact, exact), 0
    if month in _SEASONS:
        first, count = _SEASONS[month]
        return months_span(year, first, count), count
    return month_span(year, month), 1


def _pad(span: Span, unit: int, steps: int) -> Span:
    if unit == 0:
        return Span(
            date.fromordinal(span.start.toordinal() - steps), date.fromordinal(span.end.toordinal() + steps)
        )
    start = shift_months(span.start, -unit * steps)
    months = (span.end.year - start.year) * 12 + span.end.month - start.month + 1 + unit * steps
    return months_span(start.year, start.month, months)
