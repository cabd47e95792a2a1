"""JUnit, as build servers will read it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from kgcheck.model.report import Report
from kgcheck.report import render


def test_contradictions_and_malformed_claims_fail(report: Report) -> None:
    root = ET.fromstring(render(report, "junit"))  # noqa: S314 - our own output
    failures = [failure.get("type") for failure in root.iter("failure")]
    assert failures == ["contradiction", "violation", "altered"]
    for part in (root, *root):
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
            assert part.get(name) == str(len(list(part.iter(tag))))


def test_a_check_that_found_nothing_passes(report: Report) -> None:
    root = ET.fromstring(render(replace(report, findings=()), "junit"))  # noqa: S314
    cases = {case.get("classname"): case for case in root.iter("testcase")}
    assert set(report.checks) <= set(cases)
    assert all(cases[name].get("name") == "nothing found" for name in report.checks)


@pytest.mark.parametrize("text", ["</testcase>", "\x00\x1b[31m\ud800\ufffe", "]]>&lt;", "x" * 1_000_000])
def test_any_text_is_well_formed(report: Report, text: str) -> None:
    findings = tuple(replace(finding, message=text, check=text[:50]) for finding in report.findings)
    out = render(replace(report, findings=findings), "junit").encode("utf-8")
    assert ET.fromstring(out).get("tests") == "9"  # noqa: S314
