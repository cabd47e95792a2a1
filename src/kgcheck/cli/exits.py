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

CAUSES = ("none", "contradiction", "violation", "tension")
DEFAULT_CAUSES = ("contradiction", "violation")


def exit_code(report: Report, causes: Sequence[str]) -> int:
    """FOUND if the report holds something that `causes` name; a differing quote is a violation."""
    present = {finding.verdict.value for finding in report.findings}
    if report.quotes or any(violation.severity == "Violation" for violation in report.violations):
        present.add("violation")
    return FOUND if present.intersection(causes) - {"none"} else CLEAN
