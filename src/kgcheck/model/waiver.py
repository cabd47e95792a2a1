"""What becomes of findings from run to run: waivers, and the difference from an earlier report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kgcheck.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Waiver:
    """Somebody's decision to live with one finding as it was then.

    `verdict` and `claims` are those that they saw. `expires` is the last day on which it holds.
    """

    finding: str
    reason: str
    by: str
    expires: date
    verdict: Verdict
    claims: frozenset[str]


class Standing(StrEnum):
    """What a waiver is worth in this run."""

    WAIVED = "waived"
    EXPIRED = "expired"
    REOPENED = "reopened"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class Decision:
    """A waiver, where it stands, and in words why it does not hold."""

    waiver: Waiver
    standing: Standing
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """A finding of an earlier report that is no longer there."""

    id: str
    check: str
    verdict: str
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """This run beside an earlier one: ids of findings, by what became of them.

    A changed finding has the same id and another verdict or other claims. `since` names the earlier run
    in words. Of a `partial` change the report holds what is new or changed, and nothing is unchanged.
    """

    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    unchanged: frozenset[str] = frozenset()
    gone: tuple[Gone, ...] = ()
    since: str = "the baseline"
    partial: bool = False

    @property
    def counts(self) -> str:
        """How many findings became what, in words."""
        became = f"{len(self.new):,} new, {len(self.changed):,} changed, {len(self.gone):,} gone"
        rest = "; all else is as it was" if self.partial else f", {len(self.unchanged):,} unchanged"
        return became + rest

    def of(self, finding: str) -> str | None:
        """What became of a finding: new, changed or unchanged."""
        known = {"new": self.new, "changed": self.changed, "unchanged": self.unchanged}
        return next((name for name, ids in known.items() if finding in ids), None)
