"""The pictures of a finding: what is drawn where."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kgcheck.engines.local import run_check
from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.report.html.arithmetic import written_out
from kgcheck.report.html.axis import Axis, dates, day_number
from kgcheck.report.html.element import Element, Node
from kgcheck.report.html.intervals import interval_plot
from kgcheck.report.html.timeline import timeline

CASES = Path(__file__).parents[2] / "checks"


def words(node: Node) -> str:
    """All text of a node, its parts apart."""
    if isinstance(node, str):
        return node
    assert isinstance(node, Element)
    return " | ".join(text for child in node.children if (text := words(child)))


def found(check: str, case: str) -> tuple[Finding, Report]:
    """The finding of a check's case."""
    report = run_check(
        [CASES / "cases" / check / f"{case}.ttl"], vocabulary=[CASES / "vocabulary.ttl"], select=[check]
    )
    (finding,) = report.findings
    return finding, report


def test_marks_are_round_and_on_the_line() -> None:
    for low, high in ((0.0, 1.0), (-3.0, 41.0), (0.0275, 0.054), (1e9, 1.2e9)):
        axis = Axis.over([low, high])
        marks = axis.marks()
        assert 3 <= len(marks) <= 7
        assert all(axis.low <= mark <= axis.high for mark in marks)
        assert axis.at(low) == pytest.approx(100 * 0.06 / 1.12, abs=0.01)


def test_one_number_has_an_axis() -> None:
    axis = Axis.over([43.0, 43.0])
    assert axis.at(43.0) == 50


@pytest.mark.parametrize(
    ("start", "end", "labels"),
    [
        (date(2016, 6, 1), date(2017, 6, 30), ["Jan 2017"]),
        (date(2011, 1, 1), date(2020, 12, 31), ["2012", "2014", "2016", "2018", "2020"]),
        (date(2020, 1, 1), date(2020, 3, 31), ["Jan 2020", "Feb 2020", "Mar 2020"]),
        (date(2020, 1, 1), date(2020, 1, 1), []),
    ],
)
def test_dates_are_named_by_year_or_month(start: date, end: date, labels: list[str]) -> None:
    axis = Axis.over([day_number(start), day_number(end)])
    named = [label for _, label in dates(axis)]
    assert set(labels) <= set(named)
    assert len(named) <= 9


@pytest.mark.parametrize(
    ("check", "rows"),
    [
        ("sum-mismatch", ["41%", "+ | 33%", "= | 73 to 75%", "91%"]),
        ("percent-change-mismatch", ["from | 192", "to | 177", "= | exactly -7.8125%"]),
        ("difference-mismatch", ["177", "− | 206", "= | exactly -29"]),
        ("ratio-mismatch", ["117", "÷ | 512", "= | exactly 22.85%"]),
        ("implied-total", ["101", "+ | 98", "+ | 99", "+ | 104", "= | exactly 402", "412"]),
    ],
)
def test_sums_are_written_out(check: str, rows: list[str]) -> None:
    name = sorted((CASES / "cases" / check).glob("fires-*.ttl"))[0].stem
    finding, report = found(check, name)
    calculation = written_out(finding, report)
    assert calculation is not None
    text = words(calculation)
    for row in rows:
        assert row in text
    assert finding.expected is not None


def test_values_stand_on_one_axis(report: Report) -> None:
    (conflict,) = [finding for finding in report.findings if finding.id == "a1b2c3d4e5f6"]
    plot = interval_plot(conflict, report)
    assert plot is not None
    text = words(plot)
    assert "A gap of 2.4 percentage points at the loosest." in text
    assert "1. 2.8% | 2.75 to 2.85%" in text
    assert "2. 5.4" in text


def test_where_there_are_no_values_there_is_no_plot(report: Report) -> None:
    (tension,) = [finding for finding in report.findings if finding.id == "b2c3d4e5f6a1"]
    assert interval_plot(tension, report) is None
    assert timeline(tension, report) is None
    assert written_out(tension, report) is None


def test_a_run_is_counted_back() -> None:
    name = sorted((CASES / "cases" / "run-broken").glob("fires-*.ttl"))[0].stem
    finding, report = found("run-broken", name)
    plot = timeline(finding, report)
    assert plot is not None
    assert "On a timeline" in words(plot)


def test_widths_are_exact() -> None:
    assert Axis.over([float(Decimal("0.0275")), float(Decimal("0.0285"))]).at(0.028) == 50
