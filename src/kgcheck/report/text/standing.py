"""What became of findings: the waived ones, waivers that no longer hold, and an earlier report."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.model.waiver import Decision, Standing
from kgcheck.report.order import ordered
from kgcheck.report.plain import counted, plain
from kgcheck.report.text.fields import INDENT, fields, headed
from kgcheck.report.text.palette import VERDICTS, VIOLATION
from kgcheck.report.text.sections import heading

_MOST = 40


def waivers(report: Report, width: int) -> Iterator[RenderableType]:
    """Findings that somebody has decided to live with, and waivers that need a look."""
    waived = [finding for finding in ordered(report.findings) if finding.id in report.waived]
    if waived:
        says = "Somebody has looked at these and given a reason; they do not fail the run."
        yield heading(f"Waived ({len(waived)})", says, "bold", width)
        for finding in waived:
            yield _waived(finding, report)
    told = [decision for decision in report.decisions if decision.standing is not Standing.WAIVED]
    if told:
        says = "An expired one fails the run; a reopened one no longer covers its finding."
        yield heading(f"Waivers that do not hold ({len(told)})", says, VIOLATION, width)
        yield from map(_told, told)


def _waived(finding: Finding, report: Report) -> RenderableType:
    waiver = report.waived[finding.id]
    rows: list[tuple[str, RenderableType]] = [
        ("reason", Text(plain(waiver.reason))),
        ("waived by", Text(f"{plain(waiver.by)}, until {waiver.expires.isoformat()}")),
        ("finding", Text(f"{plain(finding.check)} · {plain(finding.id)}")),
    ]
    title = Text(f"{finding.verdict.value}: ", style=VERDICTS[finding.verdict])
    title.append(plain(finding.message), style="not bold")
    return Group(headed("–", title), Padding(fields(rows), (0, 0, 1, INDENT)))


def _told(decision: Decision) -> RenderableType:
    text = Text(f"{decision.standing.value}: ", style="bold")
    text.append(f"{plain(decision.waiver.finding)}, {plain(decision.note)}", style="not bold")
    rows: list[tuple[str, RenderableType]] = [
        ("reason", Text(plain(decision.waiver.reason))),
        ("given by", Text(plain(decision.waiver.by))),
    ]
    return Group(headed("–", text), Padding(fields(rows), (0, 0, 1, INDENT)))


def changes(report: Report, width: int) -> Iterator[RenderableType]:
    """What is new, changed and gone since an earlier report."""
    change = report.change
    if change is None:
        return
    yield heading(f"Since {change.since}", f"{change.counts}.", "bold", width)
    lines = [
        (name, f"{finding.verdict.value} · {finding.check} · {finding.id}", finding.message)
        for name, ids in (("new", change.new), ("changed", change.changed))
        for finding in ordered(report.findings)
        if finding.id in ids
    ]
    lines += [("gone", f"{gone.verdict} · {gone.check} · {gone.id}", gone.message) for gone in change.gone]
    for name, tag, message in lines[:_MOST]:
        yield Group(
            headed(name, Text(plain(message))), Padding(Text(plain(tag), style="dim"), (0, 0, 1, INDENT))
        )
    if len(lines) > _MOST:
        yield Text(f"   and {counted(len(lines) - _MOST, 'more')}; --format json lists them all")
        yield Text("")
