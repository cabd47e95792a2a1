"""The report that people read: it fits, it folds, it carries no markup out of the data."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kgcheck.model.report import QuoteProblem, Report
from kgcheck.report import render

SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [40, 60, 80, 99, 100, 120, 160])
@pytest.mark.parametrize("verbose", [False, True])
def test_lines_fit(width: int, verbose: bool, report: Report) -> None:
    text = render(report, "text", width=width, verbose=verbose)
    assert max(map(len, text.splitlines())) <= width


def test_without_colour_there_is_no_escape(report: Report) -> None:
    assert "\x1b" not in render(report, "text", width=80, verbose=True)


def test_colour_adds_colour_and_nothing_else(report: Report) -> None:
    coloured = render(report, "text", width=80, colour=True)
    assert coloured != (bare := SGR.sub("", coloured))
    plainly = render(report, "text", width=80)
    assert [line.rstrip() for line in bare.splitlines()] == plainly.splitlines()


def test_hostile_text_stays_text(report: Report) -> None:
    text = render(report, "text", width=160)
    assert "[bold]5.4%[/bold] of hips" in text
    assert "\u202e" not in text


def test_two_columns_from_a_hundred(report: Report) -> None:
    def side_by_side(width: int) -> bool:
        lines = render(report, "text", width=width).splitlines()
        return any("«2.8% wait longer»" in line and "«5.4 per cent»" in line for line in lines)

    assert side_by_side(110)
    assert not side_by_side(80)


def test_what_is_folded_is_counted_and_can_be_unfolded(report: Report) -> None:
    folded = render(report, "text", width=100)
    assert "Apparent conflicts (1), folded" in folded
    assert "1 × other period" in folded
    assert "--show apparent" in folded
    assert "The values speak of different years." not in folded
    shown = render(report, "text", width=100, show=frozenset({"apparent"}))
    assert "The values speak of different years." in shown
    assert "Two statements go back to one root." not in shown


def test_malformed_comes_first_and_totals_last(report: Report) -> None:
    lines = render(report, "text", width=160).splitlines()
    headings = [line for line in lines if line.isupper() and not line.startswith(" ")]
    assert headings == [
        "MALFORMED (1)",
        "LEFT OUT (1)",
        "QUOTES THAT DIFFER FROM THEIR TEXT (1)",
        "CONTRADICTIONS (1)",
        "TENSIONS (1)",
        "CONFLICT GROUPS (1)",
    ]
    assert lines[-1].startswith("Total: 1 contradiction · 1 tension")


def test_silence_is_no_certificate(report: Report) -> None:
    text = render(replace(report, findings=(), groups=()), "text", width=160)
    assert "No contradiction and no tension among 5 claims" in text
    assert "Wordings were compared, not facts." in text
    assert not re.search(r"consistent|clean|correct", text)


def test_texts_that_are_missing_or_changed_say_what_to_do(report: Report) -> None:
    problems = tuple(
        QuoteProblem(iri, iri, "aa" * 32, status, diff="Put it back.")
        for iri, status in zip(report.documents, ("text-changed", "text-missing"), strict=False)
    )
    text = render(replace(report, quotes=problems), "text", width=160)
    assert "The text of gazette-1 is not the one that the claims were read from" in text
    assert "There is no text of trust-report: its quotes were not looked up" in text
    assert text.count("Put it back.") == 2
    assert "aaaa" not in text


def test_thousands_of_violations_are_counted(report: Report) -> None:
    many = tuple(replace(report.violations[0], focus=f"urn:claim:{number}") for number in range(5000))
    text = render(replace(report, violations=many), "text", width=100)
    assert "MALFORMED (5000)" in text
    assert "and 4,980 more (-v lists them)" in text


def test_advice_folds_to_one_entry_per_shape(report: Report) -> None:
    advice = tuple(
        replace(report.violations[0], severity="Warning", message=f"claim-{number}: Add the place.")
        for number in range(7)
    )
    text = render(replace(report, violations=advice), "text", width=100)
    assert "MALFORMED" not in text
    assert "   7 × Add the place." in text


def test_many_statements_of_one_side_are_one_column(report: Report) -> None:
    conflict = next(finding for finding in report.findings if finding.id == "a1b2c3d4e5f6")
    first, *_ = [party for party in conflict.parties if party.side == 2]
    crowd = tuple(
        replace(first, claim=replace(first.claim, iri=f"{first.claim.iri}-{number}")) for number in range(400)
    )
    crowded = replace(report, findings=(replace(conflict, parties=(conflict.parties[0], *crowd)),), groups=())
    text = render(crowded, "text", width=120)
    assert "and 397 more say the same" in text
    assert len(text.splitlines()) < 80
