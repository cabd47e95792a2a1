"""The result of a whole run, ready for any format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kgcheck.model.claim import Claim, Document
from kgcheck.model.finding import Finding
from kgcheck.model.timing import Timed
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.model.waiver import Change, Decision, Standing, Waiver


@dataclass(frozen=True, slots=True)
class Violation:
    """One SHACL result. `severity` is Violation, Warning or Info."""

    severity: str
    focus: str
    path: str | None
    message: str
    shape: str | None
    value: str | None = None
    component: str | None = None


@dataclass(frozen=True, slots=True)
class ConflictGroup:
    """Claims tied together by contradiction and tension, and what would settle the group.

    `sides` are (finding id, side) pairs; `settled_by` is the smallest set of claims whose removal
    leaves no conflict, `exact` False when it was found greedily.
    """

    claims: tuple[str, ...]
    findings: tuple[str, ...]
    settled_by: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class QuoteProblem:
    """Evidence that does not stand in its text as quoted. `status`: altered, absent or misplaced.

    `diff` shows the change as `2.[-8-]{+9+}%`. A text that is not there or not the one that was read
    is told once, with its document as `claim`, as text-missing or text-changed; `diff` is the remedy.
    """

    claim: str
    document: str
    quote: str
    status: str
    found: str | None = None
    start: int | None = None
    diff: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one run found. `incomplete` lists claims that were left out as malformed.

    `links` are the citations among documents, sources and agents, as (subject, relation, object).
    `drafts` are the documents with claims that nobody has reviewed. `decisions` say what the
    project's waivers are worth, `change` what is other than in an earlier report.
    """

    documents: Mapping[str, Document]
    claims: Mapping[str, Claim]
    vocabulary: Vocabulary
    findings: tuple[Finding, ...] = ()
    violations: tuple[Violation, ...] = ()
    incomplete: tuple[str, ...] = ()
    groups: tuple[ConflictGroup, ...] = ()
    quotes: tuple[QuoteProblem, ...] = ()
    quotes_verified: int | None = None
    policy: str = "default"
    packaged: bool = False
    checks: tuple[str, ...] = field(default_factory=tuple)
    links: tuple[tuple[str, str, str], ...] = ()
    decisions: tuple[Decision, ...] = ()
    change: Change | None = None
    drafts: frozenset[str] = frozenset()
    timings: tuple[Timed, ...] = ()
    """What the steps of the run took, where somebody asked."""

    @property
    def waived(self) -> Mapping[str, Waiver]:
        """The waivers that hold, by the id of their finding."""
        return {d.waiver.finding: d.waiver for d in self.decisions if d.standing is Standing.WAIVED}

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that nobody has waived."""
        waived = self.waived
        return tuple(finding for finding in self.findings if finding.id not in waived)
