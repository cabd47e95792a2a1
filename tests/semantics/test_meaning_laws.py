"""Laws that hold for any stated figure, whatever its number, form, unit and hedge.

The law "every interval contains its point value" is read on the closed hull: "more than x" excludes
x itself by an open end, and x is the limit of the interval.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgcheck.errors import MeaningError
from kgcheck.model.interval import LIMIT, Interval
from kgcheck.model.meaning import Meaning, UnitKind
from kgcheck.semantics import describe_interval, interpret, interpret_change, load_policy
from kgcheck.semantics.hedges import Sense
from kgcheck.semantics.tables import read_table

STRICT = load_policy("strict")
POSITIVE = Interval(Decimal(0), LIMIT)
HEDGES = {
    Sense(row["sense"]): [words for words in row["before"] if words[0].isalpha()]
    for row in read_table("hedges.toml")["hedge"]
}

numbers = st.one_of(
    st.integers(0, 10**7).map(lambda n: f"{n:,}"),
    st.integers(1, 99).flatmap(lambda n: st.sampled_from([10, 100, 1000, 10**6]).map(lambda p: f"{n * p}")),
    st.decimals(0, 5000, places=1).map(lambda n: f"{n:f}"),
    st.decimals(0, 50, places=3).map(lambda n: f"{n:f}"),
)
joints = st.sampled_from(["in", "of", "out of", "out of every"])
fractions = ["half", "a third", "two thirds", "a quarter", "three-quarters", "a fifth", "nine tenths", "½"]
units = [" years", " miles", " weeks", " times", " officers", " million"]
amounts = st.one_of(st.integers(0, 9999).map(str), st.decimals(0, 5000, places=2).map(lambda n: f"{n:f}"))
shares = st.one_of(
    st.decimals(0, 100, places=1).map(lambda n: f"{n:f}%"),
    st.integers(0, 100).map(lambda n: f"{n} per cent"),
    st.integers(1, 5000).map(lambda n: f"one in {n:,}"),
    st.tuples(st.integers(2, 400), st.integers(0, 400), joints).map(
        lambda drawn: f"{drawn[0]} {drawn[2]} {drawn[0] + drawn[1]:,}"
    ),
    st.integers(0, 999).map(lambda n: f"{n} per 1,000"),
    st.sampled_from(fractions),
)
figures = st.one_of(
    numbers,
    shares,
    st.tuples(numbers, st.sampled_from(units)).map("".join),
    st.tuples(st.sampled_from("£$€"), amounts, st.sampled_from(["", "k", "m", "bn"])).map("".join),
)
hedges = st.one_of(st.just(""), st.sampled_from([words for group in HEDGES.values() for words in group]))


def read(words: str, **options: object) -> Meaning | None:
    """The meaning, or None where the words leave nothing possible ("less than 0")."""
    try:
        return interpret(words, **options)  # type: ignore[arg-type]
    except MeaningError:
        return None


def closed(interval: Interval) -> Interval:
    return replace(interval, lower_open=False, upper_open=False)


@given(figures)
def test_every_plain_figure_has_a_meaning(figure: str) -> None:
    assert interpret(figure).words == figure


@given(hedges, figures)
def test_inner_lies_within_outer_and_both_hold_the_point(hedge: str, figure: str) -> None:
    meaning = read(f"{hedge} {figure}")
    if meaning is None:
        return
    assert meaning.inner.within(meaning.outer)
    for interval in (meaning.inner, meaning.outer, meaning.reporting):
        assert closed(interval).holds(meaning.point)
        assert -LIMIT <= interval.lower <= interval.upper <= LIMIT
    assert meaning.granule > 0


@given(hedges, figures)
def test_strict_reads_no_wider_than_default(hedge: str, figure: str) -> None:
    strict, default = read(f"{hedge} {figure}", policy=STRICT), read(f"{hedge} {figure}")
    if strict is None or default is None:
        return
    assert strict.inner.within(default.inner)
    assert strict.outer.within(default.outer)
    assert strict.reporting == default.reporting
    assert strict.point == default.point


@pytest.mark.parametrize("policy", [load_policy(), STRICT], ids=lambda policy: policy.name)
@given(figure=figures, data=st.data())
def test_a_weaker_hedge_never_removes_a_value(policy: object, figure: str, data: st.DataObject) -> None:
    """exactly ⊆ plain ⊆ about; just over ⊆ about; almost ⊆ less than ⊆ at most; the same upwards."""
    chains = [
        (Sense.EXACTLY, None, Sense.ABOUT),
        (Sense.BELOW, Sense.ABOUT),
        (Sense.ABOVE, Sense.ABOUT),
        (Sense.LESS, Sense.AT_MOST),
        (Sense.MORE, Sense.AT_LEAST),
    ]
    for chain in chains:
        drawn = [data.draw(st.sampled_from(HEDGES[sense])) if sense else "" for sense in chain]
        meanings = [read(f"{hedge} {figure}", policy=policy, natural=POSITIVE) for hedge in drawn]
        for narrow, wide in pairwise(meanings):
            if narrow and wide:
                assert narrow.inner.within(wide.inner)
                assert narrow.outer.within(wide.outer)


@given(figures)
def test_half_lines_take_in_the_nearer_hedges(figure: str) -> None:
    for near, far in (("almost", "less than"), ("just over", "more than")):
        narrow, wide = read(f"{near} {figure}"), read(f"{far} {figure}")
        if narrow and wide:
            assert narrow.outer.within(wide.outer)


@given(st.sampled_from(["only", "just", "a further", "another", "a mere"]), figures)
def test_emphasis_changes_nothing(emphasis: str, figure: str) -> None:
    if emphasis != "just" or figure[0].isdigit():
        assert replace(interpret(f"{emphasis} {figure}"), words=figure) == interpret(figure)


@given(figures, hedges)
def test_case_and_spaces_change_nothing(figure: str, hedge: str) -> None:
    words = f"{hedge} {figure}"
    first, second = read(words), read(f"  {words.upper()}  ".replace(" ", "  "))
    assert (first is None) == (second is None)
    if first and second:
        assert replace(second, words=words) == first


bounds = st.one_of(
    st.decimals(-(10**9), 10**9, places=12),
    st.decimals(-100, 100, places=3),
    st.integers(-999, 999).map(Decimal),
)


@given(hedges, figures)
def test_what_is_printed_reads_back_as_the_same_interval(hedge: str, figure: str) -> None:
    meaning = read(f"{hedge} {figure}")
    if meaning is None:
        return
    for interval in (meaning.inner, meaning.outer, meaning.reporting):
        if abs(interval.upper) == LIMIT:
            continue
        printed = describe_interval(interval, meaning.kind, meaning.unit)
        again = interpret(printed, kind=meaning.kind, natural=Interval(-LIMIT, LIMIT))
        assert (again.inner, again.outer) == (interval, interval)
        assert again.unit == meaning.unit


@given(st.sampled_from(list(UnitKind)), bounds, bounds, st.booleans(), st.booleans())
def test_any_interval_reads_back(kind: UnitKind, a: Decimal, b: Decimal, left: bool, right: bool) -> None:
    lower, upper = min(a, b), max(a, b)
    lowest = {UnitKind.TIMES: 0, UnitKind.CHANGE: -1, UnitKind.POINTS: -1}.get(kind, -LIMIT)
    if lower < lowest:
        return
    interval = Interval(lower, upper, left and lower < upper, right and lower < upper)
    printed = describe_interval(interval, kind)
    again = interpret(printed, kind=kind, natural=Interval(-LIMIT, LIMIT))
    assert (again.inner, again.outer) == (interval, interval)
    assert again.kind is kind


changes = st.one_of(
    shares, numbers, numbers.map(lambda n: f"{n} percentage points"), numbers.map(lambda n: f"£{n}m")
)


@given(hedges, changes)
def test_a_fall_is_the_mirror_of_a_rise(hedge: str, figure: str) -> None:
    try:
        rise = interpret_change(f"rose by {hedge} {figure}")
        fall = interpret_change(f"fell by {hedge} {figure}")
    except MeaningError:
        return
    assert fall.point == -rise.point
    assert fall.inner.upper == -rise.inner.lower
    assert fall.inner.lower_open == rise.inner.upper_open
    assert fall.inner.within(fall.outer)
    assert closed(fall.inner).holds(fall.point)


@given(changes)
def test_the_direction_gives_the_sign_only_where_the_words_do_not(figure: str) -> None:
    try:
        down = interpret_change(figure, direction="down")
    except MeaningError:
        return
    assert down.point <= 0
    assert interpret_change(f"rose by {figure}", direction="down").point >= 0


@given(st.text(max_size=60) | st.text("0123456789,.%-+ /£()ainopremtoe", max_size=60))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    for reader in (interpret, interpret_change):
        with suppress(MeaningError):
            meaning = reader(text)
            assert meaning.inner.within(meaning.outer)
