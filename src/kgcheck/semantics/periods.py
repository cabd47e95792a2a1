"""Stated periods: words → days, certain where the words are, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from kgcheck.errors import MeaningError
from kgcheck.model.period import Period, Span
from kgcheck.semantics.calendars import days_to, months_to, next_day
from kgcheck.semantics.edtf import parse_edtf
from kgcheck.semantics.named_times import COUNT, MONTH, MONTHS, any_of, count_of, read_named_time
from kgcheck.semantics.readings import Anchor, Reading, Unanchored, merge, sure
from kgcheck.semantics.relative_times import read_month_before, read_relative_time
from kgcheck.semantics.tables import read_table
from kgcheck.semantics.text import LONGEST, normalise

__all__ = ["parse_edtf", "resolve_period"]

_TABLE = read_table("periods.toml")
_OPENER = re.compile(any_of(_TABLE["openers"]["words"]) + " ")
_RELATIVE_YEAR = any_of(_TABLE["relative_years"])
_ENDING = r"(?:to|ending|ended|up to|until|end|to the end of|ending in|ending on|ended on|leading up to)"
_LENGTH = re.compile(
    rf"(?:the |a )?(?:(?:latest|rolling|full|whole) )?(?:{COUNT} )?"
    rf"(day|week|fortnight|month|quarter|half year|half-year|year)s? {_ENDING}(?: the)?(?: end of)? (.+)"
)
_SINCE = re.compile(r"(?:ever )?since (?:the start of |the beginning of )?(.+)")
_BETWEEN = re.compile(r"between (.+) and (.+)")
_JOINTS = (" to ", " until ", " till ", " through ", " up to ", " - ", "-", "/")
_TAIL_YEAR = re.compile(rf"(?:^|.* )([0-9]{{4}}|{_RELATIVE_YEAR})")
_TAIL_MONTH = re.compile(rf"(?:.* )?({MONTH} (?:[0-9]{{4}}|{_RELATIVE_YEAR}))")
_LACKS_YEAR = re.compile(
    rf"(?:\b{MONTH}|\b{MONTH} [0-9]{{1,2}}|\b{any_of(_TABLE['seasons'])}|\b[qh] [1-4]|quarter|half)$"
)
_HEAD_MONTH = re.compile(rf"({MONTH}) [0-9]{{1,2}}")
_YEAR_ONLY = re.compile(r"[0-9]{4}")
_DOTTED = re.compile(r"\b([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})\b")
_SPACES = re.compile(r"\s+")
_GLUED = re.compile(r"\b(fy|q|h)(?=[0-9])")
_PUNCTUATION = re.compile(r"[,()\[\]'\";:]|(?<=[a-z])\.")
_MOST_OPENERS = 4
_MOST_SPLITS = 4
_UNIT_MONTHS = {"month": 1, "quarter": 3, "half year": 6, "half-year": 6, "year": 12}
_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14}


def resolve_period(words: str, issued: Period | None = None) -> Period:
    """The days that stated words name, read against the day on which their document came out.

    Parameters
    ----------
    words
        "year ending March 2020", "2015/16", "between April and June last year", "Q3 2021".
    issued
        Every day on which the document may have come out. Relative words are read against all of
        them: `core` holds for each, `hull` covers them all.

    Returns
    -------
    Period
        With the words as `stated`. Where several readings are usual ("FY2020", "summer 2019",
        "the past year") they differ between core and hull. Words that name no days, or that are
        relative to an unknown day, give an unknown period whose `not_after` is the last day on
        which the document can have come out.

    Examples
    --------
    >>> str(resolve_period("three months to October 2022").hull)
    '2022-08-01/2022-10-31'
    """
    if not isinstance(words, str):
        raise MeaningError(f"expected words, got {type(words).__name__}", remedy="pass the words as stated")
    return _resolve(words[: LONGEST + 1], issued or Period())


@lru_cache(maxsize=1 << 14)
def _resolve(words: str, issued: Period) -> Period:
    days = (issued.hull.start, issued.hull.end) if issued.hull else (None,)
    latest = issued.hull.end if issued.hull else issued.not_after
    try:
        text = _clean(words)
        readings = [reading for day in dict.fromkeys(days) for reading in _read_each(text, Anchor(day))]
    except (Unanchored, MeaningError, ValueError, OverflowError):
        readings = []
    merged = merge(readings)
    if merged is None:
        return Period(not_after=latest, stated=words)
    return Period(merged.core, merged.hull, stated=words)


def _read_each(text: str, anchor: Anchor) -> tuple[Reading, ...]:
    """The readings on one day; words that only sometimes make sense make none."""
    readings = _read(text, anchor)
    if not readings:
        raise ValueError(f"no days in {text!r}")
    return readings


def _clean(words: str) -> str:
    text = _DOTTED.sub(r"\1/\2/\3", normalise(words))
    text = _PUNCTUATION.sub(" ", _GLUED.sub(r"\1 ", text))
    return _SPACES.sub(" ", text).strip(" .-")


def _read(text: str, anchor: Anchor) -> tuple[Reading, ...]:
    """Ranges come last: "in the year to March 2020" is no range that begins "in the year"."""
    forms = [text]
    while len(forms) <= _MOST_OPENERS and (opener := _OPENER.match(forms[-1])):
        forms.append(forms[-1][opener.end() :])
    for readers in (_READERS, (_read_range,)):
        for form in forms:
            for reader in readers:
                if readings := reader(form, anchor):
                    return readings
    return ()


def _read_single(text: str, anchor: Anchor) -> tuple[Reading, ...]:
    """One named or relative time; days that do not exist are no time."""
    for _ in range(_MOST_OPENERS):
        try:
            readings = read_named_time(text, anchor) or read_relative_time(text, anchor)
        except ValueError:
            return ()
        opener = _OPENER.match(text)
        if readings or opener is None:
            return readings
        text = text[opener.end() :]
    return ()


def _read_length(text: str, anchor: Anchor) -> tuple[Reading, ...]:
    """ "year ending March 2020", "12 months to June 2019", "quarter to September"."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        return ()
    count = count_of(match[1]) if match[1] else 1
    ends = _read_single(match[3], anchor) or read_month_before(match[3], anchor)
    if _YEAR_ONLY.fullmatch(match[3]):
        ends = ()
    return tuple(
        Reading(_length_to(reading.core.end, count, match[2]), _length_to(reading.hull.end, count, match[2]))
        for reading in ends
        if reading.core is not None and reading.core == reading.hull
    )


def _length_to(end: date, count: int, unit: str) -> Span:
    if unit in _UNIT_DAYS:
        return days_to(end, count * _UNIT_DAYS[unit])
    return months_to(end, count * _UNIT_MONTHS[unit])


def _read_since(text: str, anchor: Anchor) -> tuple[Reading, ...]:
    """ "since 2014": from its first day or only after its last, up to the day of the document."""
    match = _SINCE.fullmatch(text)
    if match is None:
        return ()
    readings: list[Reading] = []
    for reading in _read_single(match[1], anchor):
        span, end = reading.hull, anchor.day
        if span.start > end:
            return ()
        whole = Span(span.start, end)
        sure_start = span.start if span.start == span.end else next_day(span.end)
        readings.append(Reading(Span(sure_start, end) if sure_start <= end else None, whole))
    return tuple(readings)


def _read_range(text: str, anchor: Anchor) -> tuple[Reading, ...]:
    if match := _BETWEEN.fullmatch(text):
        return _read_pair(match[1], match[2], anchor)
    body = text.removeprefix("from ").removeprefix("between ")
    for left, right in _splits(body):
        if readings := _read_pair(left, right, anchor):
            return readings
    return ()


def _splits(text: str) -> Iterator[tuple[str, str]]:
    for joint in _JOINTS:
        at = -1
        for _ in range(_MOST_SPLITS):
            at = text.find(joint, at + 1)
            if at < 0:
                break
            yield text[:at].strip(), text[at + len(joint) :].strip()


def _read_pair(left: str, right: str, anchor: Anchor) -> tuple[Reading, ...]:
    """From the start of the left to the end of the right; what one leaves out, the other gives."""
    for begins, ends, borrowed in _completions(left, right):
        starts, stops = _read_single(begins, anchor), _read_single(ends, anchor)
        if not starts or not stops:
            continue
        readings = [_join(start, stop, borrowed) for start in starts for stop in stops]
        return tuple(reading for reading in readings if reading)
    return ()


def _completions(left: str, right: str) -> Iterator[tuple[str, str, bool]]:
    """Pairs of complete times, and whether the left one has borrowed its year."""
    year, month, head = _TAIL_YEAR.fullmatch(right), _TAIL_MONTH.fullmatch(right), _HEAD_MONTH.fullmatch(left)
    if head and year and not any(name in right.split() for name in MONTHS):
        yield f"{left} {year[1]}", f"{head[1]} {right}", False
    yield left, right, False
    if year and _LACKS_YEAR.search(left):
        yield f"{left} {year[1]}", right, True
    if month:
        yield f"{left} {month[1]}", right, False


def _join(start: Reading, stop: Reading, borrowed: bool) -> Reading | None:
    """None where the two do not follow each other; "October to March 2020" begins in 2019."""
    first, last = start.hull.start, stop.hull.end
    if first > last:
        if not borrowed:
            return None
        try:
            first = first.replace(year=first.year - 1)
        except ValueError:
            first = first - timedelta(days=366)
    hull = Span(first, last)
    certain = start.core == start.hull and stop.core == stop.hull
    return Reading(hull if certain else None, hull)


def _read_iso_interval(text: str, _: Anchor) -> tuple[Reading, ...]:
    """2019-04-01/2020-03-31."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?/[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?", text):
        return ()
    period = parse_edtf(text)
    return sure(period.hull) if period.hull else ()


_READERS: tuple[Callable[[str, Anchor], tuple[Reading, ...]], ...] = (
    _read_iso_interval,
    _read_length,
    _read_since,
    _read_single,
)
