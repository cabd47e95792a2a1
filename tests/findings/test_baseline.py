"""What is new, changed, unchanged and gone since an earlier report."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kgcheck.errors import InputError, SyntaxInFile
from kgcheck.findings.baseline import compared, read_baseline
from kgcheck.model.finding import Finding
from kgcheck.model.verdict import Severity, Verdict
from kgcheck.model.waiver import Change, Gone

ONE = Finding("one", "p1", "c", "b", Verdict.TENSION, Severity.WARNING, "m1", (), "", "", "", ())


def told(finding: Finding) -> dict[str, str]:
    return {
        "id": finding.id,
        "fingerprint": finding.fingerprint,
        "check": finding.check,
        "verdict": finding.verdict.value,
        "message": finding.message,
    }


def test_each_finding_became_one_thing() -> None:
    two, three, four = (replace(ONE, id=name) for name in ("two", "three", "four"))
    before = [told(one) for one in (ONE, replace(two, fingerprint="other"), three)]
    change = compared([ONE, two, four], before)
    assert change == Change(
        new=frozenset({"four"}),
        changed=frozenset({"two"}),
        unchanged=frozenset({"one"}),
        gone=(Gone("three", "c", "tension", "m1"),),
    )
    assert [change.of(name) for name in ("one", "two", "four", "three")] == [
        "unchanged",
        "changed",
        "new",
        None,
    ]


def test_a_report_is_read(tmp_path: Path) -> None:
    place = tmp_path / "report.json"
    place.write_text(json.dumps({"findings": [{**told(ONE), "claims": []}]}), encoding="utf-8")
    assert read_baseline(place) == [told(ONE)]


@pytest.mark.parametrize("text", ["[]", "{}", '{"findings": [{"id": 1}]}', '{"findings": 3}', "null"])
def test_other_json_is_refused(text: str, tmp_path: Path) -> None:
    place = tmp_path / "report.json"
    place.write_text(text)
    with pytest.raises(InputError, match="no kgcheck report"):
        read_baseline(place)


def test_what_is_no_json_or_not_there_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "report.json"
    with pytest.raises(InputError, match="cannot be read"):
        read_baseline(place)
    for content in (b"{", b"\xff", b"[" * 100_000):
        place.write_bytes(content)
        with pytest.raises(SyntaxInFile):
            read_baseline(place)
