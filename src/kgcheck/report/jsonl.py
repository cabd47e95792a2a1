"""The report as JSON lines: a header, then one finding per line, then what else was found.

`record` says what a line is: header, finding, violation, quote, conflictGroup.
"""

from __future__ import annotations

from collections.abc import Iterator

from kgcheck.model.report import Report
from kgcheck.report.jsontext import json_text
from kgcheck.report.options import Options
from kgcheck.report.order import ordered
from kgcheck.report.record import Record, finding_record, head, tail


def _lines(report: Report) -> Iterator[Record]:
    rest = tail(report)
    quotes = rest["quotes"]
    yield {
        "record": "header",
        **head(report),
        "incomplete": rest["incomplete"],
        "verified": quotes["verified"],
    }
    for finding in ordered(report.findings):
        yield {"record": "finding", **finding_record(finding, report)}
    for violation in rest["validation"]:
        yield {"record": "violation", **violation}
    for problem in quotes["problems"]:
        yield {"record": "quote", **problem}
    for group in rest["conflictGroups"]:
        yield {"record": "conflictGroup", **group}


def render(report: Report, options: Options) -> str:
    """Each record on a line of its own."""
    return "".join(pieces(report, options))


def pieces(report: Report, options: Options) -> Iterator[str]:
    """The same line by line."""
    return (json_text(line) + "\n" for line in _lines(report))
