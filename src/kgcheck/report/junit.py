"""The report as JUnit XML, for build servers that show test results.

There is no standard; the form is what Jenkins, GitLab and GitHub's readers have in common: a suite
per check, a case per finding. A contradiction fails, and so does a malformed claim; a tension and
all weaker verdicts pass with the finding as output; a waived finding is skipped.
"""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree as ET

from kgcheck.model.finding import Finding
from kgcheck.model.report import Report, Violation
from kgcheck.model.verdict import Verdict
from kgcheck.model.waiver import Standing
from kgcheck.report.caption import caption
from kgcheck.report.options import Options
from kgcheck.report.order import ordered
from kgcheck.report.plain import plain, shortened
from kgcheck.report.quoting import title
from kgcheck.report.verdicts import action

_LONGEST = 300
_MOST = 50


def render(report: Report, options: Options) -> str:
    """One document; checks that ran and found nothing are suites with one passing case."""
    root = ET.Element("testsuites", name="kgcheck")
    by_check: dict[str, list[Finding]] = defaultdict(list)
    for finding in ordered(report.findings):
        by_check[finding.check].append(finding)
    for name in sorted({*report.checks, *by_check}):
        suite = _suite(root, name)
        for finding in by_check[name]:
            _finding(suite, finding, report)
        if not by_check[name]:
            _case(suite, name, "nothing found")
        _count(suite)
    _malformed(root, report)
    _expired(root, report)
    _count(root)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(root, "testsuite", name=plain(name))


def _case(suite: ET.Element, check: str, name: str) -> ET.Element:
    return ET.SubElement(
        suite, "testcase", classname=plain(check), name=shortened(plain(name), _LONGEST), time="0"
    )


def _finding(suite: ET.Element, finding: Finding, report: Report) -> None:
    case = _case(suite, finding.check, f"{finding.id}: {finding.message}")
    lines = [f"{finding.verdict.value}: {plain(finding.message)}", f"Action: {plain(action(finding))}"]
    for party in finding.parties[:_MOST]:
        side = f"side {party.side}" if party.side is not None else plain(party.role or "")
        lines.append(f"{side} {caption(party.claim, report).line}".strip())
    if len(finding.parties) > _MOST:
        lines.append(f"and {len(finding.parties) - _MOST:,} more statements")
    lines += [f"Innocent explanation: {plain(finding.innocent)}", f"Settled by: {plain(finding.settle)}"]
    if waiver := report.waived.get(finding.id):
        until = f"waived by {plain(waiver.by)} until {waiver.expires.isoformat()}: {plain(waiver.reason)}"
        ET.SubElement(case, "skipped", message=shortened(until, _LONGEST))
    elif finding.verdict is Verdict.CONTRADICTION:
        _failure(case, finding.message, lines, finding.verdict.value)
    else:
        ET.SubElement(case, "system-out").text = "\n".join(lines)


def _failure(case: ET.Element, message: str, lines: list[str], kind: str) -> None:
    failure = ET.SubElement(case, "failure", type=kind, message=shortened(plain(message), _LONGEST))
    failure.text = "\n".join(lines)


def _malformed(root: ET.Element, report: Report) -> None:
    broken: list[Violation] = [v for v in report.violations if v.severity == "Violation"]
    if broken:
        suite = _suite(root, "malformed-claim")
        for violation in broken:
            case = _case(suite, "malformed-claim", violation.focus)
            lines = [plain(violation.message), f"in {plain(violation.focus)}"]
            _failure(case, violation.message, lines, "violation")
        _count(suite)
    if report.quotes:
        suite = _suite(root, "quote-problem")
        for problem in report.quotes:
            case = _case(suite, "quote-problem", f"{problem.claim}: {title(problem, report)}")
            if problem.status == "text-missing":
                ET.SubElement(case, "skipped", message=title(problem, report))
            else:
                _failure(case, title(problem, report), [plain(problem.diff or problem.quote)], problem.status)
        _count(suite)


def _expired(root: ET.Element, report: Report) -> None:
    told = [decision for decision in report.decisions if decision.standing is not Standing.WAIVED]
    if told:
        suite = _suite(root, "waiver")
        for decision in told:
            case = _case(suite, "waiver", f"{decision.waiver.finding}: {decision.note}")
            if decision.standing is Standing.EXPIRED:
                _failure(case, decision.note, [f"given by {plain(decision.waiver.by)}"], "expired")
            else:
                ET.SubElement(case, "system-out").text = plain(decision.note)
        _count(suite)


def _count(part: ET.Element) -> None:
    part.set("tests", str(len(part.findall(".//testcase"))))
    part.set("failures", str(len(part.findall(".//failure"))))
    part.set("errors", "0")
    part.set("skipped", str(len(part.findall(".//skipped"))))
