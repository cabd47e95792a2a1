"""Waived findings, waivers that do not hold and changes since a baseline, in every format."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict
from kgcheck.model.waiver import Change, Decision, Gone, Standing, Waiver
from kgcheck.report import render

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"
WAIVER = Waiver(
    "a1b2c3d4e5f6",
    "The trust has explained it.",
    "A. Editor",
    date(2030, 1, 1),
    Verdict.CONTRADICTION,
    frozenset(),
)


@pytest.fixture
def followed(report: Report) -> Report:
    """One finding waived, one waiver of each other standing, and something of each change."""
    decisions = [Decision(WAIVER, Standing.WAIVED)]
    for standing in (Standing.EXPIRED, Standing.REOPENED, Standing.UNMATCHED):
        decisions.append(Decision(replace(WAIVER, finding=f"id-{standing}"), standing, f"note on {standing}"))
    change = Change(
        new=frozenset({"b2c3d4e5f6a1"}),
        changed=frozenset({"a1b2c3d4e5f6"}),
        unchanged=frozenset({"c3d4e5f6a1b2", "d4e5f6a1b2c3"}),
        gone=(Gone("e5f6", "value-conflict", "tension", "It was there before."),),
    )
    return replace(report, decisions=tuple(decisions), change=change)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_people_are_told(followed: Report, form: str) -> None:
    text = " ".join(render(followed, form).replace("\\", "").split())
    for words in (
        "The trust has explained it.",
        "A. Editor",
        "2030-01-01",
        "note on expired",
        "note on reopened",
        "note on unmatched",
        "It was there before.",
        "1 new, 1 changed, 1 gone, 2 unchanged",
    ):
        assert words in text


def test_a_waived_finding_is_no_longer_counted(report: Report, followed: Report) -> None:
    before, after = (json.loads(render(one, "json"))["summary"] for one in (report, followed))
    assert (before["contradiction"], before["waived"]) == (1, 0)
    assert (after["contradiction"], after["waived"]) == (0, 1)


def test_json_keeps_to_its_schema(followed: Report) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    record = json.loads(render(followed, "json"))
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(record)
    changes = {finding["id"]: finding["change"] for finding in record["findings"]}
    assert changes["a1b2c3d4e5f6"] == "changed"
    assert [waiver["standing"] for waiver in record["waivers"]] == list(Standing)


def test_sarif_suppresses_and_compares(followed: Report) -> None:
    (run,) = json.loads(render(followed, "sarif"))["runs"]
    results = {
        r["partialFingerprints"]["kgcheckFinding/v1"]: r
        for r in run["results"]
        if r["locations"][0].get("id") == 0
    }
    waived = results["a1b2c3d4e5f6"]
    assert waived["suppressions"][0]["justification"] == WAIVER.reason
    assert waived["baselineState"] == "updated"
    assert results["b2c3d4e5f6a1"]["suppressions"] == []
    assert results["b2c3d4e5f6a1"]["baselineState"] == "new"


def test_junit_skips_what_is_waived_and_fails_what_has_run_out(followed: Report) -> None:
    root = ET.fromstring(render(followed, "junit"))  # noqa: S314 - our own output
    assert [failure.get("type") for failure in root.iter("failure")] == ["violation", "altered", "expired"]
    (skipped,) = root.iter("skipped")
    assert "A. Editor" in (skipped.get("message") or "")
