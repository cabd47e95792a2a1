"""A report beside what came before it: waivers and an earlier report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgcheck.model.report import Report
    from kgcheck.model.waiver import Waiver


def followed_up(
    report: Report, waivers: Sequence[Waiver], baseline: Path | None, *, whole: bool = True
) -> Report:
    """The report with what its waivers are worth today, and what changed since `baseline`.

    Unless the run was `whole`, a waiver that matches nothing says nothing.
    Raises InputError where the baseline is no report.
    """
    from kgcheck.findings.baseline import compared, read_baseline
    from kgcheck.findings.waivers import decide
    from kgcheck.model.waiver import Standing

    decisions = decide(report.findings, waivers, date.today())
    if not whole:
        decisions = tuple(d for d in decisions if d.standing is not Standing.UNMATCHED)
    change = compared(report.findings, read_baseline(baseline)) if baseline else report.change
    return replace(report, decisions=decisions, change=change)
