"""Numbers, intervals and periods in short words for people, rounded where the digits say nothing.

`formatting` is the exact counterpart, which reads back.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import lru_cache

from kgcheck.model.interval import Interval
from kgcheck.model.meaning import Meaning, UnitKind
from kgcheck.model.period import Period, Span

_HUNDREDTHS = {UnitKind.RATIO: "%", UnitKind.CHANGE: "%", UnitKind.POINTS: " points"}
_SUFFIXES = {UnitKind.TIMES: " times", UnitKind.DURATION: " years"}

_KEPT = 10_000
"""Periods that are kept in words: most are those of many claims."""

_DECIMALS = 4
"""More of them come from division, not from anybody's words, and are cut to two."""


def number(value: Decimal) -> str:
    """The digits with thousands separators, without an exponent, idle zeros or endless fractions."""
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _DECIMALS:
        # Two decimals, but never fewer than two digits that tell small numbers apart.
        value = round(value, max(2, 1 - value.adjusted()))
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _unit(meaning: Meaning) -> str:
    if meaning.kind in _HUNDREDTHS:
        return _HUNDREDTHS[meaning.kind]
    if meaning.unit:
        return f" {meaning.unit}"
    return _SUFFIXES.get(meaning.kind, "")


def interval(bounds: Interval, meaning: Meaning) -> str:
    """ "2.75 to 2.85%" in the unit of `meaning`; one number where the ends meet."""
    factor = Decimal(100) if meaning.kind in _HUNDREDTHS else Decimal(1)
    low, high = number(bounds.lower * factor), number(bounds.upper * factor)
    if bounds.lower == bounds.upper:
        return f"exactly {low}{_unit(meaning)}"
    left = "above " if bounds.lower_open else ""
    right = "below " if bounds.upper_open else ""
    return f"{left}{low} to {right}{high}{_unit(meaning)}"


def day(value: date) -> str:
    """ "18 February 2016"."""
    return f"{value.day} {value:%B} {value.year}"


@lru_cache(_KEPT)
def span(days: Span) -> str:
    """Days as a day, a month, a year or from one day to another."""
    start, end = days.start, days.end
    if start == end:
        return day(start)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        if (start.year, start.month) == (end.year, end.month):
            return f"{start:%B} {start.year}"
        return f"{start:%B} {start.year} to {end:%B} {end.year}"
    return f"{day(start)} to {day(end)}"


@lru_cache(_KEPT)
def period(value: Period) -> str:
    """A claim's period: the words as stated, then the days they name."""
    if value.hull is None:
        bound = f"no later than {day(value.not_after)}" if value.not_after else None
        return ", ".join(part for part in (value.stated, bound) if part) or "not stated"
    named = span(value.hull) if value.certain else f"within {span(value.hull)}"
    if value.stated is None or value.stated.casefold() == named.casefold():
        return named
    if value.certain and _ISO.fullmatch(value.stated):
        return named
    if value.certain and len(value.stated) < _LONGEST and _spelled(value.stated) in _spellings(value.hull):
        return value.stated
    return f"{value.stated} ({named})"


_LONGEST = 80
_ISO = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_FROM = re.compile(r"^(from|between)\s+|(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
_TO = re.compile(r"\s+(?:to|until|and|through)\s+|\s*[\u2013\u2014]\s*", re.IGNORECASE)


def _spelled(words: str) -> str:
    """The words of a range of dates, brought into one form."""
    return " ".join(_TO.sub(" to ", _FROM.sub("", words)).casefold().split())


def _spellings(days: Span) -> frozenset[str]:
    """The ways to write a range of days out in full: the days would only say it twice."""
    start, end = days.start, days.end
    found = {f"{day(start)} to {day(end)}", f"{start:%B} {start.year} to {end:%B} {end.year}"}
    if start.year == end.year:
        found |= {f"{start.day} {start:%B} to {day(end)}", f"{start:%B} to {end:%B} {end.year}"}
    if start.day != 1 or end.day != monthrange(end.year, end.month)[1]:
        found = {words for words in found if words[0].isdigit()}
    return frozenset(words.casefold() for words in found)
