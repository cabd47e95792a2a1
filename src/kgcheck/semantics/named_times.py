"""Days, months, years and parts of years that words name by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

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
from kgcheck.semantics.readings import Anchor, Reading, loose, sure
from kgcheck.semantics.tables import read_table

_TABLE = read_table("periods.toml")
MONTHS: dict[str, int] = _TABLE["months"]
_PARTS: dict[str, list[int]] = _TABLE["parts"]
_FRACTIONS: dict[str, list[int]] = _TABLE["fractions"]
_SEASONS: dict[str, dict[str, list[int]]] = _TABLE["seasons"]
_RELATIVE_YEARS: dict[str, int] = _TABLE["relative_years"]
_COUNTS = {word: number for word, number in read_table("numbers.toml")["cardinals"].items() if number}


@dataclass(frozen=True, slots=True)
class _NamedYear:
    month: int
    day: int
    offset: int


_NAMED_YEARS: dict[str, tuple[_NamedYear, ...]] = {
    words: tuple(_NamedYear(**reading) for reading in row["readings"])
    for row in _TABLE["year"]
    for words in row["words"]
}


def any_of(words: Any) -> str:
    """A pattern for any of the words, longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word) + ")"


MONTH = any_of(MONTHS)
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = f"(?:{any_of(_TABLE['weekdays']['words'])} )?"
COUNT = f"({any_of(_COUNTS)}|[0-9]{{1,3}})"
YEAR = rf"([0-9]{{4}}|{any_of(_RELATIVE_YEARS)})"
_NAMED = any_of(_NAMED_YEARS)


def read_named_time(text: str, anchor: Anchor) -> tuple[Reading, ...]:
    """The readings of a day, month, year or part of a year in clean words; empty if it is none.

    Raises ValueError for days that do not exist and Unanchored where the year is relative to an
    unknown day.
    """
    for pattern, reader in _readers():
        if match := pattern.fullmatch(text):
            return reader(match, anchor)
    return ()


def count_of(word: str) -> int:
    """The number that COUNT matched."""
    return _COUNTS.get(word) or int(word)


def _year(text: str, anchor: Anchor) -> int:
    return anchor.day.year + _RELATIVE_YEARS[text] if text in _RELATIVE_YEARS else int(text)


def _one_day(year: int, month: int, day: int) -> tuple[Reading, ...]:
    exact = date(year, month, day)
    return sure(Span(exact, exact))


def _day_first(match: re.Match[str], anchor: Anchor) -> tuple[Reading, ...]:
    day, month, year = match.groups()
    return _one_day(_year(year, anchor), MONTHS[month], int(day))


def _month_first(match: re.Match[str], anchor: Anchor) -> tuple[Reading, ...]:
    month, day, year = match.groups()
    return _one_day(_year(year, anchor), MONTHS[month], int(day))


def _year_first(match: re.Match[str], _: Anchor) -> tuple[Reading, ...]:
    return _one_day(*(int(group) for group in match.groups()))


def _digits(match: re.Match[str], _: Anchor) -> tuple[Reading, ...]:
    """31/03/2020; where day and month can be told apart in two ways, both are readings."""
    first, second, year = (int(group) for group in match.groups())
    days = [(first, second)] if first == second else [(first, second), (second, first)]
    return sure(*(Span(date(year, m, d), date(year, m, d)) for d, m in days if 1 <= m <= 12))


def _month(match: re.Match[str], anchor: Anchor) -> tuple[Reading, ...]:
    month, year = match.groups()
    return sure(month_span(_year(year, anchor), MONTHS[month]))


def _plain_year(match: re.Match[str], anchor: Anchor) -> tuple[Reading, ...]:
    """A year; one that is not over yet may be meant whole or as far as it has gone."""
    text = match.group(1)
    if _RELATIVE_YEARS.get(text) == 0:
        return sure(year_span(anchor.day.year), Span(date(anchor.day.year, 1, 1), anchor.day))
    return sure(year_span(_year(text, anchor)))


def _iso_month_or_years(match: re.Match[str], _: Anchor) -> tuple[Reading, ...]:
    """2018-04 is a month, 2018-19 a year from spring to spring, 2011-12 either, 2015-18 four years."""
    year, second = int(match.group(1)), int(match.group(2))
    spans: list[Span] = []
    if second == (year + 1) % 100:
        spans.extend(reading.hull for reading in _named_years("", year))
    elif second > year % 100 and second > 12:
        spans.append(Span(date(year, 1, 1), date(year - year % 100 + second, 12, 31)))
    if 1 <= second <= 12:
        spans.append(month_span(year, second))
    return sure(*spans)


def _two_years(match: re.Match[str], _: Anchor) -> tuple[Reading, ...]:
    """2015-2018 is four years; 2015-2016 may be two or one from spring to spring."""
    name, first, mark, second = match.groups()
    start = int(first) if len(first) == 4 else 2000 + int(first)
    end = int(second) if len(second) == 4 else start - start % 100 + int(second)
    if len(second) == 2 and end < start:
        end += 100
    name = (name or "").strip()
    if end == start + 1:
        readings = _named_years(name, start)
        if not name and mark == "-" and len(second) == 4:
            readings += sure(Span(date(start, 1, 1), date(end, 12, 31)))
        return readings
    if end <= start:
        return ()
    if name:
        last = _named_years(name, end - 1)
        return tuple(
            reading
            for early, late in zip(_named_years(name, start), last, strict=True)
            for reading in sure(Span(early.hull.start, late.hull.end))
        )
    return sure(Span(date(start, 1, 1), date(end, 12, 31))) if mark == "-" else ()


def _named_years(name: str, start: int) -> tuple[Reading, ...]:
    """The years that begin in `start`, one for each beginning that the name may have."""
    starts = dict.fromkeys(date(start, reading.month, reading.day) for reading in _NAMED_YEARS[name])
    return sure(*(Span(first, previous_day(shift_months(first, 12))) for first in starts))


def _single_named_year(match: re.Match[str], _: Anchor) -> tuple[Reading, ...]:
    """ "FY2020": the readings differ in where the year begins and in what it is named for."""
    name, text = match.groups()
    year = int(text) if len(text) == 4 else 2000 + int(text)
    spans = []
    for reading in _NAMED_YEARS[name.strip()]:
        first = date(year - reading.offset, reading.month, reading.day)
        spans.append(Span(first, previous_day(shift_months(first, 12))))
    return sure(*spans)


def _fraction(match: re.Match[str], anchor: Anchor) -> tuple[Reading, ...]:
    groups = match.groupdict()
    name = groups["fraction"]
    first, count = _FRACTIONS[name.replace(" ", "") if name[0] in "hq" else name]
    if groups.get("second"):
        start = int(groups["year"])
        if int(groups["second"][-2:]) != (start + 1) % 100:
            return ()
        begins = _named_years("", start)[0].hull.start
        return sure(months_span(begins.year, begins.month + first - 1, count))
    return sure(months_span(_year(groups["year"], anchor), first, count))


def _months_of_year(match: re.Match[str], anchor: Anchor) -> tuple[Reading, ...]:
    """ "first three months of 2020", "last six months of 2019"."""
    end, count, unit, year_text = match.groups()
    year, number = _year(year_text, anchor), count_of(count)
    whole = year_span(year)
    if unit.startswith("month") and number <= 12:
        return sure(months_span(year, 1, number) if end == "first" else months_to(whole.end, number))
    if unit.startswith("week") and number <= 52:
        if end == "first":
            return sure(Span(whole.start, whole.start + timedelta(days=7 * number - 1)))
        return sure(days_to(whole.end, 7 * number))
    return ()


def _season(match: re.Match[str], anchor: Anchor) -> tuple[Reading, ...]:
    name, year_text, second = match.groups()
    year = _year(year_text, anchor)
    if name != "winter":
        return () if second else _season_from(name, year, year)
    if second:
        return _season_from(name, year, year + 1) if int(second[-2:]) == (year + 1) % 100 else ()
    return _season_from(name, year, year + 1) + _season_from(name, year - 1, year)


def _season_from(name: str, start_year: int, end_year: int) -> tuple[Reading, ...]:
    def span(bounds: list[int]) -> Span:
        return Span(date(start_year, bounds[0], bounds[1]), date(end_year, bounds[2], bounds[3]))

    return loose(span(_SEASONS[name]["hull"]), span(_SEASONS[name]["core"]))


def _part(match: re.Match[str], anchor: Anchor) -> tuple[Reading, ...]:
    """ "early 2020": some days of a part of the year; of a month, some days of it."""
    part, month, year_text = match.groups()
    year = _year(year_text, anchor)
    if month:
        return loose(month_span(year, MONTHS[month]))
    first, count = _PARTS[part]
    return loose(months_span(year, first, count))


def _end_of_month(match: re.Match[str], anchor: Anchor) -> tuple[Reading, ...]:
    """ "the end of March 2020": its last day when a count is taken, its last days otherwise."""
    month, year = match.groups()
    last = month_span(_year(year, anchor), MONTHS[month]).end
    return sure(Span(last, last)) + loose(days_to(last, 10))


def _decade(match: re.Match[str], _: Anchor) -> tuple[Reading, ...]:
    part, first = match.group(1), int(match.group(2))
    whole = Span(date(first, 1, 1), date(first + 9, 12, 31))
    return loose(whole) if part else sure(whole)


def _week_of(match: re.Match[str], anchor: Anchor) -> tuple[Reading, ...]:
    """ "week ending 5 June 2020", "week commencing 1 June 2020"."""
    which, day_text = match.groups()
    days = read_named_time(day_text, anchor)
    if len(days) != 1 or days[0].core is None or days[0].core.start != days[0].core.end:
        return ()
    day = days[0].core.start
    if which in {"commencing", "beginning", "starting", "from"}:
        return sure(Span(day, day + timedelta(days=6)))
    return sure(days_to(day, 7))


@cache
def _readers() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Anchor], tuple[Reading, ...]]], ...]:
    fraction = f"(?P<fraction>{any_of(_FRACTIONS)}|[hq] [1-4])"
    season = any_of(_SEASONS)
    of = "(?: of)?(?: the)? "
    which = "(ending|ended|to|commencing|beginning|starting|from)"
    rows: list[tuple[str, Callable[[re.Match[str], Anchor], tuple[Reading, ...]]]] = [
        (rf"{_WEEKDAY}(?:the )?{_DAY}(?: of)? ({MONTH}) {YEAR}", _day_first),
        (rf"{_WEEKDAY}({MONTH}) (?:the )?{_DAY} {YEAR}", _month_first),
        (r"([0-9]{4})-([0-9]{2})-([0-9]{2})", _year_first),
        (r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", _digits),
        (rf"({MONTH})(?: of)? {YEAR}", _month),
        (r"([0-9]{4})-([0-9]{2})", _iso_month_or_years),
        (rf"({_NAMED} )?([0-9]{{4}}|(?<=fy )[0-9]{{2}})(/|-)([0-9]{{4}}|[0-9]{{2}})", _two_years),
        (rf"({_NAMED}) ([0-9]{{4}}|(?<=fy )[0-9]{{2}})", _single_named_year),
        (rf"(?:the )?{fraction}{of}(?P<year>[0-9]{{4}})[/-](?P<second>[0-9]{{2,4}})", _fraction),
        (rf"(?:the )?{fraction}{of}(?P<year>[0-9]{{4}}|{any_of(_RELATIVE_YEARS)})", _fraction),
        (r"(?P<year>[0-9]{4})[ -]?(?P<fraction>[hq] ?[1-4])", _fraction),
        (rf"(?:the )?(first|last|final) {COUNT} (months|weeks){of}{YEAR}", _months_of_year),
        (rf"(?:the )?({season})(?: of)? {YEAR}(?:[/-]([0-9]{{4}}|[0-9]{{2}}))?", _season),
        (rf"(?:at )?(?:the )?end of ({MONTH}) {YEAR}", _end_of_month),
        (rf"({any_of(_PARTS)})[ -](?:({MONTH}) )?{YEAR}", _part),
        (r"(?:the )?(early |mid[ -]|late )?([0-9]{3}0)s", _decade),
        (rf"(?:the )?(?:week|seven days|7 days) {which}(?: on)? (.{{6,40}})", _week_of),
        (YEAR, _plain_year),
    ]
    return tuple((re.compile(pattern), reader) for pattern, reader in rows)
