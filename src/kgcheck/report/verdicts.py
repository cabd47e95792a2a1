"""The words for verdicts, read from verdicts.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kgcheck.model.finding import Finding
from kgcheck.model.verdict import Verdict
from kgcheck.report.plain import counted


@dataclass(frozen=True, slots=True)
class Words:
    """How one verdict is spoken of; the keys are explained at the top of verdicts.toml."""

    heading: str
    one: str
    many: str
    says: str
    action: str
    meaning: str
    fold: str | None = None

    def count(self, number: int) -> str:
        """ "1 tension", "2 tensions"."""
        return counted(number, self.one, self.many)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("kgcheck.report") / "verdicts.toml").read_text(encoding="utf-8"))


@cache
def words(verdict: Verdict) -> Words:
    """The words for `verdict`."""
    return Words(**_table()[verdict.value])


def terms() -> dict[str, str]:
    """What reports speak of besides verdicts, each with its documentation."""
    found: dict[str, str] = _table()["terms"]
    return found


def action(finding: Finding) -> str:
    """What an editor should do about a finding, in one or two sentences."""
    advice = words(finding.verdict).action
    conflict = finding.verdict in (Verdict.CONTRADICTION, Verdict.TENSION)
    if conflict and any(not party.claim.reviewed or party.claim.inferred for party in finding.parties):
        return f"{_table()['unreviewed']} {advice}"
    return advice
