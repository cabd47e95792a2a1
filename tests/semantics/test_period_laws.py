"""Laws of stated periods."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kgcheck.model.period import Period, Relation, Span
from kgcheck.semantics import parse_edtf, resolve_period

CASES = Path(__file__).parent / "cases" / "periods"
WORDS = sorted(
    {
        case["words"]
        for path in CASES.glob("*.toml")
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    }
)
days = st.dates(date(1950, 1, 1), date(2090, 12, 31))
spans = st.tuples(days, st.integers(0, 800)).map(lambda t: Span(t[0], t[0] + timedelta(days=t[1])))


def issued_in(span: Span) -> Period:
    return Period(span, span)


@given(st.sampled_from(WORDS), spans)
def test_the_core_lies_within_the_hull(words: str, span: Span) -> None:
    period = resolve_period(words, issued_in(span))
    if period.core is not None:
        assert period.hull is not None
        assert period.core.relation(period.hull) in (Relation.EQUAL, Relation.NARROWER)


@given(st.sampled_from(WORDS), spans, st.data())
def test_knowing_the_day_better_only_narrows(words: str, span: Span, data: st.DataObject) -> None:
    """Each day in the span gives a hull within, and a core around, those of the whole span."""
    wide = resolve_period(words, issued_in(span))
    day = data.draw(st.dates(span.start, span.end))
    narrow = resolve_period(words, issued_in(Span(day, day)))
    if wide.hull and narrow.hull:
        assert narrow.hull.relation(wide.hull) in (Relation.EQUAL, Relation.NARROWER)
        if wide.core:
            assert narrow.core is not None
            assert wide.core.relation(narrow.core) in (Relation.EQUAL, Relation.NARROWER)


@given(st.sampled_from(WORDS), spans)
def test_what_needs_no_date_is_the_same_in_every_document(words: str, span: Span) -> None:
    alone = resolve_period(words)
    if not alone.unknown:
        assert resolve_period(words, issued_in(span)) == alone


@given(days)
def test_one_day_is_the_same_in_every_spelling(day: date) -> None:
    month = f"{day:%B}"
    spellings = [
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"on {day:%A} {day.day} {month} {day.year}",
        f"{day.day} {day:%b} {day.year}",
    ]
    expected = Span(day, day)
    for words in spellings:
        period = resolve_period(words)
        assert (period.core, period.hull) == (expected, expected), words
    assert parse_edtf(day.isoformat()).hull == expected


@given(spans)
def test_ranges_of_days_read_back(span: Span) -> None:
    start, end = span.start, span.end
    for words in (
        f"{start.day} {start:%B} {start.year} to {end.day} {end:%B} {end.year}",
        f"between {start:%B} {start.day}, {start.year} and {end:%B} {end.day}, {end.year}",
        f"{start.isoformat()}/{end.isoformat()}",
        f"from {start.isoformat()} to {end.isoformat()}",
    ):
        assert resolve_period(words).hull == span, words
        assert resolve_period(words).certain


@given(st.integers(1950, 2090), st.integers(1, 12), st.sampled_from([1, 2, 3, 6, 12, 24]))
def test_months_to_a_month_are_whole_months(year: int, month: int, count: int) -> None:
    end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    hull = resolve_period(f"{count} months to {end:%B} {year}").hull
    assert hull is not None
    assert hull.end == end
    assert hull.start.day == 1
    assert (end.year - hull.start.year) * 12 + end.month - hull.start.month + 1 == count


@given(st.integers(1950, 2090))
def test_the_quarters_and_halves_of_a_year_are_the_year(year: int) -> None:
    whole = resolve_period(str(year)).hull
    assert whole is not None
    for names in ([f"Q{n} {year}" for n in range(1, 5)], [f"first half of {year}", f"second half of {year}"]):
        parts = [resolve_period(name).hull for name in names]
        assert all(parts)
        known = [part for part in parts if part]
        assert known[0].start == whole.start
        assert known[-1].end == whole.end
        for before, after in pairwise(known):
            assert after.start - before.end == timedelta(days=1)


@given(st.text(max_size=80), spans)
def test_no_text_raises(text: str, span: Span) -> None:
    period = resolve_period(text, issued_in(span))
    assert period.stated == text
    assert period.unknown == (period.hull is None)
    if period.unknown:
        assert period.not_after == span.end
