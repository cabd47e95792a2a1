"""Waivers and baselines from the command line, in a project with the packaged claims."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kgcheck.assets import folder

TEMPLATE = 'name = "Kent"\nnamespace = "https://example.org/kent/"\ndata = ["claims/"]\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project; its first report is `report.json`."""
    place = tmp_path_factory.mktemp("project")
    (place / "kgcheck.toml").write_text(TEMPLATE)
    shutil.copytree(folder("data") / "kent", place / "claims")
    done = kgcheck(place, "check", "--format", "json", "-o", "report.json")
    assert done.returncode == 1, done.stderr
    return place


def kgcheck(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kgcheck", *arguments]
    return subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)


def loud(project: Path) -> list[str]:
    """The ids of its contradictions."""
    record = json.loads((project / "report.json").read_text("utf-8"))
    return [finding["id"] for finding in record["findings"] if finding["verdict"] == "contradiction"]


def waive(project: Path, until: str) -> str:
    tables = ""
    for name in loud(project):
        done = kgcheck(
            project, "waive", name[:8], "--reason", "Asked.", "--by", "A. Editor", "--until", until
        )
        assert done.returncode == 0, done.stderr
        tables += done.stdout
    (project / "kgcheck.toml").write_text(TEMPLATE + tables, encoding="utf-8")
    return tables


def test_a_waived_finding_does_not_fail_the_run(project: Path) -> None:
    waive(project, "2999-01-01")
    done = kgcheck(project, "check", "--baseline", "report.json")
    assert done.returncode == 0, done.stderr
    assert "WAIVED (" in done.stdout
    assert "0 new, 0 changed, 0 gone" in done.stdout


def test_a_waiver_that_has_run_out_does(project: Path) -> None:
    waive(project, "2020-01-01")
    done = kgcheck(project, "check")
    assert done.returncode == 1
    assert "expired: " in done.stdout
    assert kgcheck(project, "check", "--fail-on", "none").returncode == 0


def test_a_waiver_that_saw_less_is_reopened(project: Path) -> None:
    tables = waive(project, "2999-01-01")
    mended = re.sub(r'claims = \[\n    "[^"]+",', "claims = [", tables, count=1)
    mended = mended.replace('verdict = "contradiction"', 'verdict = "tension"')
    (project / "kgcheck.toml").write_text(TEMPLATE + mended, encoding="utf-8")
    done = kgcheck(project, "check")
    assert done.returncode == 1
    assert "reopened: " in done.stdout


def test_a_waiver_that_matches_nothing_is_told(project: Path) -> None:
    tables = waive(project, "2999-01-01")
    (project / "kgcheck.toml").write_text(TEMPLATE + tables.replace('finding = "', 'finding = "x'))
    assert "unmatched: x" in kgcheck(project, "check").stdout


def test_a_malformed_waiver_could_not_be_checked(project: Path) -> None:
    (project / "kgcheck.toml").write_text(TEMPLATE + '[[waivers]]\nfinding = "a"\n')
    done = kgcheck(project, "check")
    assert done.returncode == 2
    assert "'reason' is missing" in done.stderr
    (project / "kgcheck.toml").write_text(TEMPLATE)


def test_a_baseline_that_is_none_could_not_be_compared(project: Path) -> None:
    done = kgcheck(project, "check", "--baseline", "kgcheck.toml")
    assert done.returncode == 2
    assert "not JSON" in done.stderr
