"""CSV, SARIF and Markdown, as other programs will read them."""

from __future__ import annotations

import csv
import io
import json
from types import SimpleNamespace

import pytest

from kgcheck.model.report import Report
from kgcheck.report import render
from kgcheck.report.csv import safe_cell
from kgcheck.report.markdown import escaped


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=2+2", "'=2+2"),
        ("+44 1622", "'+44 1622"),
        ("-7.8%", "'-7.8%"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=2+2", "'=2+2"),
        ("\r=2+2", "'=2+2"),
        ("|calc", "'|calc"),
        (-0.078, "-0.078"),
        ("-7", "-7"),
        (None, ""),
        ("ordinary", "ordinary"),
    ],
)
def test_no_cell_is_a_formula(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_csv_has_a_row_per_claim_and_per_violation(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(render(report, "csv"))))
    claims = sum(len(finding.parties) for finding in report.findings)
    assert len(rows) == claims + len(report.violations) + len(report.quotes)
    assert rows[0]["quoted by"] == "The Gazette"
    assert not [c for row in rows for c in row.values() if c[:1] in set("=+@")]


def test_sarif_refers_to_its_own_rules(report: Report) -> None:
    check = SimpleNamespace(
        summary="Two values.", documentation="# doc", severity="error", verdict="contradiction"
    )
    log = json.loads(render(report, "sarif", checks={"value-conflict": check}))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(report.findings) + len(report.violations) + len(report.quotes)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    first = run["results"][0]
    assert first["level"] == "error"
    assert first["partialFingerprints"] == {
        "primaryLocationLineHash": "a1b2c3d4e5f6:1",
        "kgcheckFinding/v1": "a1b2c3d4e5f6",
        "kgcheckFingerprint/v1": "f1",
    }
    region = first["locations"][0]["physicalLocation"]["region"]
    assert (region["charOffset"], region["charLength"]) == (186, 16)
    assert run["columnKind"] == "unicodeCodePoints"
    described = {rule["id"] for rule in rules if "shortDescription" in rule}
    assert "value-conflict" in described


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("<script>", r"\<script\>"),
        ("[x](javascript:1)", r"\[x\]\(javascript:1\)"),
        ("a|b", r"a\|b"),
        ("# heading", r"\# heading"),
        ("1. item", r"1\. item"),
        ("2.8%", "2.8%"),
        ("- item", r"\- item"),
        ("https://example.org", r"https\://example.org"),
        ("`code`", r"\`code\`"),
        ("two\nlines", "two lines"),
    ],
)
def test_markdown_means_nothing_in_data(text: str, markdown: str) -> None:
    assert escaped(text) == markdown
