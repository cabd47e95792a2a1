"""What is kept of a large matter: the same as by looking again and again, and nothing that fits."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kgcheck.findings import unstated
from kgcheck.findings.opposing import End, Judged, cut, pure
from kgcheck.findings.rows import Row
from kgcheck.findings.unstated import unstated_matters
from kgcheck.model.interval import Interval
from kgcheck.model.verdict import Verdict

VERDICTS = st.sampled_from([Verdict.CONTRADICTION, Verdict.TENSION, Verdict.NONE])
SPANS = st.tuples(st.integers(0, 40), st.integers(0, 3)).map(
    lambda ends: Interval(Decimal(ends[0]), Decimal(ends[0] + ends[1]))
)


@st.composite
def judged(draw: st.DrawFn) -> Judged:
    left, right = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    return {((0, x), (1, y)): draw(VERDICTS) for x in range(left) for y in range(right)}


def again_and_again(found: Judged, verdict: Verdict) -> set[End]:
    """Takes away the end that spoils most, of equals the last, until none does."""
    kept = {end for key, each in found.items() if each is verdict for end in key}
    while True:
        spoiling = [key for key, each in found.items() if each is not verdict and kept.issuperset(key)]
        ends = [end for key in spoiling for end in key]
        if not ends:
            break
        kept.discard(max(set(ends), key=lambda end: (ends.count(end), end)))
    return kept if any(each is verdict and kept.issuperset(key) for key, each in found.items()) else set()


@given(found=judged(), verdict=VERDICTS)
def test_what_is_pure(found: Judged, verdict: Verdict) -> None:
    assert pure(found, verdict) == again_and_again(found, verdict)


@given(above=st.lists(SPANS, min_size=1, max_size=8), below=st.lists(SPANS, min_size=1, max_size=8))
def test_after_a_cut_everything_above_exceeds_everything_below(
    above: list[Interval], below: list[Interval]
) -> None:
    values = {f"a{n}": each for n, each in enumerate(above)} | {f"b{n}": each for n, each in enumerate(below)}
    rows = [Row("block", name) for name in values]
    high, low = cut(
        [row for row in rows if row.claim[0] == "a"],
        [row for row in rows if row.claim[0] == "b"],
        lambda row: values[row.claim],
    )
    assert all(values[b.claim].precedes(values[a.claim]) for a in high for b in low)
    assert bool(high) == bool(low) == any(b.precedes(a) for a in above for b in below)


@given(
    found=st.lists(
        st.tuples(st.sampled_from(["?@d", "~2020@e", "2019", "2020"]), SPANS), min_size=2, max_size=14
    )
)
def test_a_large_block_tells_of_the_same_values(found: list[tuple[str, Interval]]) -> None:
    """Of each the nearest, and of no other that a small block would not tell."""
    rows = [Row("block", f"c{n}", side=side) for n, (side, _) in enumerate(found)]
    values = {f"c{n}": value for n, (_, value) in enumerate(found)}
    told = []
    for limit in (unstated.ALL, 0):
        before, unstated.ALL = unstated.ALL, limit
        try:
            matters = unstated_matters(rows, values, lambda a, b: False)
            told.append({m.interval: {row.claim for row in m.against} for m in matters if m.against})
        finally:
            unstated.ALL = before
    small, large = told
    assert small.keys() == large.keys()
    assert all(large[interval] <= small[interval] for interval in small)
