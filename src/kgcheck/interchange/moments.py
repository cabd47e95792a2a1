"""When: the cells that say when a document came out and what time a claim is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from kgcheck.errors import MeaningError
from kgcheck.interchange.cells import Cells, choices
from kgcheck.model.period import Period, Span
from kgcheck.semantics.periods import parse_edtf, resolve_period

SLASHES = re.compile(r"\d{1,2}[/.]\d{1,2}[/.](\d{2}|\d{4})")
EDTF = re.compile(
    r"[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?(/(\.\.|[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?))?|\.\./[0-9X-]+[~?%]?"
)
BETWEEN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:/|to|until|–|-)\s*(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Issued:
    """When a document or an inspection's result came out: a day, or an EDTF date, or neither."""

    period: Period = field(default_factory=Period)
    day: date | None = None
    edtf: str | None = None
    basis: str = "unknown"


@dataclass(frozen=True, slots=True)
class When:
    """The time a claim is about: the words, and days, or an uncertain date, or the document's own.

    Words alone leave the time open.
    """

    stated: str | None = None
    span: Span | None = None
    edtf: str | None = None
    as_of_document: bool = False


def read_issued(cells: Cells, column: str) -> Issued:
    """The date in a cell: a day, words for one, or EDTF."""
    words = cells.text(column)
    if words is None:
        return Issued()
    if SLASHES.fullmatch(words):
        cells.refuse(
            column, f"{words!r} may be read in two orders", "write year-month-day, such as 2023-05-02"
        )
        return Issued()
    try:
        period = parse_edtf(words) if EDTF.fullmatch(words) else resolve_period(words, Period())
        hull = period.hull
    except (MeaningError, ValueError):
        hull = None
    if hull is None:
        remedy = "write 2023-05-02, or 2023-05 or 2023~ where the day is not known"
        cells.refuse(column, f"{words!r} is not a date", remedy)
        return Issued()
    if period.certain and hull.start == hull.end:
        return Issued(period, day=hull.start, basis="stated")
    basis = "inferred" if re.search(r"[~?%X]", words) else "stated"
    return Issued(period, edtf=words if EDTF.fullmatch(words) else edtf_of(hull), basis=basis)


def read_when(cells: Cells, issued: Period) -> When:
    """The period that the cells of a row give. `issued` is that of its document.

    Days given in `period_start` and `period_end` outrank what the words of `period` would mean.
    """
    words = cells.text("period")
    start, end = cells.day("period_start"), cells.day("period_end")
    given = [column for column in ("period_start", "period_end") if cells.row.get(column)]
    if given:
        if len(given) == 1:
            other = "period_end" if given == ["period_start"] else "period_start"
            cells.refuse(other, "only one end of the period is given", "fill in the other end too")
        if start and end:
            return When(words, span=_ordered(cells, "period_end", start, end))
        return When(words)
    if words is None:
        return When()
    if words.casefold() in choices("as_of"):
        return When(words, as_of_document=True)
    period = _resolved(cells, "period", words, issued)
    if period is None or period.hull is None:
        return When(words)
    if period.certain:
        return When(words, span=period.hull)
    return When(words, edtf=_uncertain(words, period))


def read_compared(cells: Cells, issued: Period) -> Span | None:
    """The base period of a trend, which has to be certain."""
    words = cells.text("compared_period")
    if words is None:
        return None
    period = _resolved(cells, "compared_period", words, issued)
    if period is None:
        return None
    if not period.certain:
        cells.refuse("compared_period", f"{words!r} leaves its days open", "write it as first day/last day")
    return period.core


def edtf_of(span: Span) -> str:
    """A span of days as the shortest EDTF date."""
    if span.start == span.end:
        return span.start.isoformat()
    month = span.start.replace(day=1)
    after = date(span.end.year + span.end.month // 12, span.end.month % 12 + 1, 1)
    if span.start == month and (after - span.end).days == 1:
        if (span.start.year, span.start.month) == (span.end.year, span.end.month):
            return f"{span.start:%Y-%m}"
        if span.start.year == span.end.year and (span.start.month, span.end.month) == (1, 12):
            return f"{span.start:%Y}"
        return f"{span.start:%Y-%m}/{span.end:%Y-%m}"
    return str(span)


def _uncertain(words: str, period: Period) -> str | None:
    """An EDTF date that means what vague words mean, or None where there is none.

    EDTF has no form for most of them ("the past year"); the words are kept all the same.
    """
    assert period.hull is not None
    start = period.hull.start
    for text in (words, f"{start:%Y}-XX", f"{start:%Y-%m}-XX", f"{start:%Y}"[:3] + "X"):
        try:
            meant = parse_edtf(text)
        except MeaningError:
            continue
        if (meant.core, meant.hull) == (period.core, period.hull):
            return text
    return None


def _resolved(cells: Cells, column: str, words: str, issued: Period) -> Period | None:
    if between := BETWEEN.fullmatch(words):
        try:
            start, end = (date.fromisoformat(day) for day in between.groups())
        except ValueError:
            cells.refuse(column, f"{words!r} names a day that no calendar has", "mend the day")
            return None
        span = _ordered(cells, column, start, end)
        return Period(span, span) if span else None
    if SLASHES.search(words):
        cells.refuse(column, f"{words!r} may be read in two orders", "write days as year-month-day")
        return None
    try:
        period = parse_edtf(words) if EDTF.fullmatch(words) else resolve_period(words, issued)
    except (MeaningError, ValueError) as error:
        message = error.message if isinstance(error, MeaningError) else str(error)
        cells.refuse(column, f"{words!r} is no period that can be read: {message}", _remedy(issued))
        return None
    if period.hull is None:
        cells.refuse(column, f"{words!r} names no days", _remedy(issued))
        return None
    return period


def _remedy(issued: Period) -> str:
    remedy = "write it as 2021/22, year ending March 2023, March 2023 or 2022-04-01/2023-03-31"
    if issued.hull is None:
        remedy += "; words such as 'last year' need a 'document_date'"
    return remedy


def _ordered(cells: Cells, column: str, start: date, end: date) -> Span | None:
    if start > end:
        cells.refuse(column, f"the period ends ({end}) before it starts ({start})", "swap the two days")
        return None
    return Span(start, end)
