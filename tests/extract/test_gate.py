"""The gate: a quote that does not stand there, or a value that it does not state, goes no further."""

from __future__ import annotations

import pytest

from kgcheck.extract import Proposal
from kgcheck.extract.gate import Gate

TEXT = (
    "Nearly 78.4% of patients were seen; 1,100 waited. "
    "It was rated 'good' and ranked 17th of 122. Costs doubled."
)


def propose(quote: str, kind: str, value: object, unit: str = "-", start: int | None = None) -> Proposal:
    """A proposal about TEXT."""
    place = TEXT.find(quote) if start is None else start
    return Proposal(place, place + len(quote), quote, kind, value, unit=unit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "proposal",
    [
        propose("Nearly 78.4%", "proportion", 78.4, "percent"),
        propose("1,100 waited", "statistic", 1100, "count"),
        propose("good", "grade", "good", "grade"),
        propose("ranked 17th", "rank", 17, "rank_from_top"),
        propose("doubled", "trend", 2, "times"),
        propose("patients were seen", "quote", None),
    ],
    ids=lambda proposal: proposal.quote,
)
def test_what_the_words_say_passes(proposal: Proposal) -> None:
    assert Gate(TEXT).refusal(proposal) is None


@pytest.mark.parametrize(
    ("proposal", "reason"),
    [
        (propose("Nearly 78.4%", "proportion", 87.4, "percent"), "value"),
        (propose("Nearly 78.4%", "proportion", 78.4, "percent", start=3), "quote"),
        (propose("nearly 78%", "proportion", 78, "percent", start=0), "quote"),
        (propose("1,100 waited", "statistic", 1200, "count"), "value"),
        (propose("1,100 waited", "statistic", "many", "count"), "value"),
        (propose("good", "grade", "outstanding", "grade"), "value"),
        (propose("ranked 17th", "rank", 7, "rank_from_top"), "value"),
        (propose("1,100 waited", "guess", 1100, "count"), "kind"),
        (propose("", "quote", None, start=0), "quote"),
        (propose(TEXT[:105], "quote", None), "long"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_anything_else_is_dropped_and_counted(proposal: Proposal, reason: str) -> None:
    gate = Gate(TEXT)
    assert gate.passed([proposal]) == []
    assert gate.dropped == {reason: 1}
