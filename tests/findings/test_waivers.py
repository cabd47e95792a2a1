"""Waivers: what they cover, when they no longer do, and how they are written."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgcheck.errors import InputError
from kgcheck.findings.waivers import decide, read_waivers, waiver_table
from kgcheck.model.claim import Claim, Evidence, Kind, Scope
from kgcheck.model.finding import Finding, Party
from kgcheck.model.verdict import Severity, Verdict
from kgcheck.model.waiver import Standing, Waiver

TODAY = date(2026, 6, 1)
WHERE = Path("kgcheck.toml")


def party(name: str, side: int | None) -> Party:
    return Party(Claim(f"urn:{name}", Kind.STATISTICAL, "urn:d", Evidence(name), Scope()), side)


def finding(*parties: Party, verdict: Verdict = Verdict.TENSION) -> Finding:
    return Finding(
        "f1", "print", "value-conflict", "urn:b", verdict, Severity.WARNING, "m", (), "i", "s", "q", parties
    )


TWO_SIDES = finding(party("a", 1), party("b", 2))
WAIVER = Waiver("f1", "settled by phone", "A. Editor", TODAY, Verdict.TENSION, frozenset({"urn:a", "urn:b"}))


@pytest.mark.parametrize(
    ("found", "waiver", "standing"),
    [
        (TWO_SIDES, WAIVER, Standing.WAIVED),
        (finding(party("a", 1), party("b", 2), party("c", 2)), WAIVER, Standing.WAIVED),
        (finding(party("b", 1), party("a", 2)), WAIVER, Standing.WAIVED),
        (finding(party("a", 1), party("b", 2), verdict=Verdict.APPARENT), WAIVER, Standing.WAIVED),
        (finding(party("a", 1), party("b", 2), party("c", 3)), WAIVER, Standing.REOPENED),
        (finding(party("a", 1), party("b", 2), verdict=Verdict.CONTRADICTION), WAIVER, Standing.REOPENED),
        (finding(party("a", None), party("c", None)), WAIVER, Standing.REOPENED),
        (TWO_SIDES, replace(WAIVER, expires=TODAY - timedelta(1)), Standing.EXPIRED),
        (TWO_SIDES, replace(WAIVER, finding="other"), Standing.UNMATCHED),
    ],
)
def test_standing(found: Finding, waiver: Waiver, standing: Standing) -> None:
    (decision,) = decide([found], [waiver], TODAY)
    assert decision.standing is standing
    assert bool(decision.note) is (standing is not Standing.WAIVED)


TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip)


@given(TEXT, TEXT, TEXT, st.dates(), st.sampled_from(Verdict), st.frozensets(TEXT, min_size=1))
def test_what_is_written_is_read_back(
    name: str, reason: str, by: str, expires: date, verdict: Verdict, claims: frozenset[str]
) -> None:
    waiver = Waiver(name, reason, by, expires, verdict, claims)
    tables = tomllib.loads(waiver_table(waiver))["waivers"]
    assert read_waivers(tables, WHERE) == (waiver,)


GOOD: dict[str, Any] = tomllib.loads(waiver_table(WAIVER))["waivers"][0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"until": TODAY}, "no key 'until'"),
        ({"reason": None}, "'reason' is missing"),
        ({"reason": " "}, "'reason' must be a text"),
        ({"expires": "2026-06-01"}, "'expires' must be a day"),
        ({"claims": []}, "'claims' must list"),
        ({"verdict": "wrong"}, "'verdict' must be one of"),
    ],
)
def test_malformed_waivers_are_refused(change: dict[str, Any], message: str) -> None:
    table = {key: value for key, value in {**GOOD, **change}.items() if value is not None}
    with pytest.raises(InputError, match=message):
        read_waivers([table], WHERE)


def test_two_waivers_for_one_finding_are_refused() -> None:
    with pytest.raises(InputError, match="two waivers"):
        read_waivers([GOOD, GOOD], WHERE)
