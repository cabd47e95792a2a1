"""Containment and tiling of periods, against the definition applied to every pair or path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kgcheck.derive.containment import greatest_contained, tilings
from kgcheck.model.period import Span

FIRST = date(2020, 1, 1)
DAY = timedelta(days=1)


def days(start: int, end: int) -> Span:
    """The days from `start` to `end`, counted from the first of January."""
    return Span(FIRST + start * DAY, FIRST + end * DAY)


SPANS = st.tuples(st.integers(0, 8), st.integers(0, 8)).map(lambda ends: days(min(ends), max(ends)))
CLAIMS = st.lists(SPANS, max_size=14).map(lambda spans: {f"c{n}": span for n, span in enumerate(spans)})


def lies_in(part: Span, whole: Span) -> bool:
    return part != whole and whole.start <= part.start and part.end <= whole.end


@given(CLAIMS, st.data())
def test_greatest_contained_is_the_greatest_of_all_that_lie_within(
    spans: Mapping[str, Span], data: st.DataObject
) -> None:
    lower = {iri: Decimal(data.draw(st.integers(0, 5))) for iri in spans}
    expected = {}
    for whole, span in spans.items():
        parts = [(lower[iri], iri) for iri, part in spans.items() if lies_in(part, span)]
        if parts:
            expected[whole] = max(parts)[1]
    found = list(greatest_contained(spans, lower))
    assert dict(found) == expected
    assert len(found) == len(expected)


def fillings(day: date, whole: Span, single: Mapping[Span, str]) -> Iterator[tuple[Span, ...]]:
    """Every way to fill the whole from `day` on."""
    if day > whole.end:
        yield ()
        return
    for span in single:
        if span.start == day and lies_in(span, whole):
            yield from ((span, *rest) for rest in fillings(span.end + DAY, whole, single))


@given(CLAIMS)
def test_tilings_are_the_fillings_that_begin_with_the_shortest(spans: Mapping[str, Span]) -> None:
    holders = {span: [iri for iri, other in spans.items() if other == span] for span in spans.values()}
    single = {span: iris[0] for span, iris in holders.items() if len(iris) == 1}
    expected = {}
    for iri, whole in spans.items():
        ways = list(fillings(whole.start, whole, single))
        if ways:
            first = min(ways, key=lambda way: [span.end for span in way])
            expected[iri] = tuple(single[span] for span in first)
    found = list(tilings(spans))
    assert dict(found) == expected
    assert len(found) == len(expected)


def test_a_short_period_that_leads_nowhere_does_not_hide_a_filling() -> None:
    spans = {"year": days(0, 9), "half": days(0, 4), "other half": days(5, 9), "month": days(0, 1)}
    assert dict(tilings(spans)) == {"year": ("half", "other half")}


def test_nothing_contains_nothing() -> None:
    assert list(greatest_contained({}, {})) == []
    assert list(tilings({})) == []
