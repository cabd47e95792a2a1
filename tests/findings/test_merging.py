"""One matter, one finding: what another check saw as well goes into `also`."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import pytest

from kgcheck.findings.forming import merge
from kgcheck.model.claim import Claim, Evidence, Kind, Scope
from kgcheck.model.finding import Finding, Party
from kgcheck.model.verdict import Severity, Verdict


def finding(check: str, verdict: str, *sides: str) -> Finding:
    """Claims are letters; a side is the letters on it, and one side alone stands for claims without sides."""
    numbered = verdict in ("corroboration", "repetition") or len(sides) > 1
    parties = tuple(
        Party(Claim(name, Kind.STATISTICAL, "document", Evidence(""), Scope()), number if numbered else None)
        for number, side in enumerate(sides, 1)
        for name in side
    )
    return Finding(
        f"{check} {sides}", "", check, "block", Verdict(verdict), Severity.NOTE, "", (), "", "", "", parties
    )


def told(findings: tuple[Finding, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(finding.check, finding.also) for finding in findings]


@dataclass(frozen=True)
class Case:
    name: str
    findings: tuple[Finding, ...]
    told: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


CASES = [
    Case(
        "the same two sides",
        (finding("value", "contradiction", "a", "b"), finding("speaker", "contradiction", "a", "b")),
        [("speaker", ("value",))],
    ),
    Case(
        "a weaker verdict of the same claims",
        (finding("period", "apparent", "a", "b"), finding("value", "tension", "a", "b")),
        [("value", ("period",))],
    ),
    Case(
        "sides in another order",
        (finding("value", "tension", "b", "a"), finding("period", "apparent", "a", "b")),
        [("value", ("period",))],
    ),
    Case(
        "some of the claims",
        (finding("value", "tension", "ab", "cd"), finding("headline", "tension", "a", "d")),
        [("value", ("headline",))],
    ),
    Case(
        "one claim more",
        (finding("value", "tension", "a", "b"), finding("period", "apparent", "a", "bc")),
        [("value", ()), ("period", ())],
    ),
    Case(
        "claims that stand on one side there",
        (finding("value", "tension", "ab", "c"), finding("hedge", "tension", "a", "b")),
        [("value", ()), ("hedge", ())],
    ),
    Case(
        "agreement beside conflict",
        (finding("value", "contradiction", "a", "b"), finding("agreement", "repetition", "ab")),
        [("value", ()), ("agreement", ())],
    ),
    Case(
        "agreement within agreement",
        (finding("agreement", "repetition", "abc"), finding("single-root", "repetition", "ab")),
        [("agreement", ("single-root",))],
    ),
    Case(
        "a note",
        (finding("sum", "contradiction", "a", "bc"), finding("note", "none", "bc")),
        [("sum", ()), ("note", ())],
    ),
    Case(
        "a claim on its own beside a conflict",
        (finding("value", "contradiction", "a", "b"), finding("quote", "tension", "a")),
        [("value", ()), ("quote", ())],
    ),
    Case(
        "claims without sides",
        (finding("quote", "tension", "ab"), finding("other", "tension", "a")),
        [("quote", ("other",))],
    ),
    Case(
        "one check twice",
        (finding("value", "contradiction", "ab", "c"), finding("value", "tension", "a", "c")),
        [("value", ())],
    ),
    Case(
        "three checks",
        (
            finding("value", "contradiction", "a", "b"),
            finding("record", "contradiction", "a", "b"),
            finding("period", "apparent", "b", "a"),
        ),
        [("record", ("period", "value"))],
    ),
    Case("nothing", (), []),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_merged(case: Case) -> None:
    for order in itertools.permutations(case.findings):
        assert told(merge(order)) == case.told


def test_strongest_first() -> None:
    verdicts = [Verdict(v) for v in ("none", "repetition", "corroboration", "apparent", "tension")]
    merged = merge(
        finding("check", verdict, name, name.upper()) for verdict, name in zip(verdicts, "abcde", strict=True)
    )
    assert [f.verdict for f in merged] == sorted(verdicts, key=lambda verdict: verdict.rank)
