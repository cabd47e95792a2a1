"""Exit codes. Could-not-check is never reported as clean, nor as a finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgcheck.model.report import Report

CLEAN = 0
"""Nothing that --fail-on names."""

FOUND = 1
"""Something that --fail-on names."""

FAILED = 2
"""Could not run: bad usage, unreadable input, nothing to check, a check that failed."""

INTERRUPTED = 130

CAUSES = ("none", "contradiction", "violation", "tension", "draft")
DEFAULT_CAUSES = ("contradiction", "violation")


def exit_code(report: Report, causes: Sequence[str]) -> int:
    """FOUND if the report holds something that `causes` name.

    A quote that differs from its text, and a text that has changed, count as violations; a text
    that is not there was asked of nobody. What rests on a draft counts only where `causes` name
    "draft" beside its verdict. A waived finding does not count, and a waiver that has run out does,
    whatever its finding is.
    """
    drafts = "draft" in causes
    present = {
        finding.verdict.value
        for finding in report.open
        if drafts or all(party.claim.reviewed for party in finding.parties)
    }
    differing = any(problem.status != "text-missing" for problem in report.quotes)
    if differing or any(
        violation.severity == "Violation"
        and (drafts or violation.focus.partition("#")[0] not in report.drafts)
        for violation in report.violations
    ):
        present.add("violation")
    if any(decision.standing == "expired" for decision in report.decisions) and "none" not in causes:
        return FOUND
    return FOUND if present.intersection(causes) - {"none", "draft"} else CLEAN
