"""The report as one JSON object; docs/report.schema.json describes it."""

from __future__ import annotations

from kgcheck.model.report import Report
from kgcheck.report.jsontext import json_text
from kgcheck.report.options import Options
from kgcheck.report.record import report_record


def render(report: Report, options: Options) -> str:
    """The contract, indented, in UTF-8."""
    return json_text(report_record(report), indent=2) + "\n"
