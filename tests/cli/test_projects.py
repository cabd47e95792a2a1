"""From nothing to a checked project, and back to a finding."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).with_name("cases")


@pytest.fixture
def waits(kgcheck: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the made-up project, entered."""
    folder = tmp_path / "waits"
    shutil.copytree(CASES / "waits", folder)
    monkeypatch.chdir(folder)
    return folder


def test_init_import_check(kgcheck: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = kgcheck("init", "hospitals", "--name", "Hospitals")
    assert made.code == 0
    assert "hospitals/kgcheck.toml" in made.out
    monkeypatch.chdir(tmp_path / "hospitals")
    done = kgcheck("import", "sheets/example.csv")
    assert done.code == 0, done.err
    assert "Written:" in done.out
    report = kgcheck("check", "--format", "json")
    assert report.code in (0, 1), report.err
    assert json.loads(report.out)["summary"]["claims"] > 0
    assert report.err == ""


def test_init_never_overwrites(kgcheck: Any, tmp_path: Path) -> None:
    (tmp_path / "kgcheck.toml").write_text("mine", encoding="utf-8")
    assert kgcheck("init", ".").code == 2
    assert (tmp_path / "kgcheck.toml").read_text(encoding="utf-8") == "mine"


def test_a_bad_sheet_names_row_and_column(kgcheck: Any, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "quote,value,measure,area,document,publisher,period start,period end\n"
        '"2.8%",2.8%,share,Westvale,story,The Courier,2020-12-31,2020-01-01\n',
        encoding="utf-8",
    )
    outcome = kgcheck("import", sheet, "-o", tmp_path / "out")
    assert outcome.code == 2
    assert "row 2, column" in outcome.err
    assert not (tmp_path / "out").exists()


def test_a_project_is_found_from_below(kgcheck: Any, waits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(waits / "claims")
    outcome = kgcheck("check", "--format", "json")
    assert json.loads(outcome.out)["summary"]["claims"] == 3


def test_paths_take_the_place_of_the_projects_data(kgcheck: Any, waits: Path) -> None:
    outcome = kgcheck("check", "claims/ledger.ttl", "--format", "json")
    assert json.loads(outcome.out)["summary"]["claims"] == 1


def test_a_finding_is_explained_by_its_id(kgcheck: Any, waits: Path) -> None:
    findings = json.loads(kgcheck("check", "--format", "json").out)["findings"]
    strongest = findings[0]
    for name in (strongest["id"], strongest["id"][:8]):
        outcome = kgcheck("explain", name)
        assert outcome.code == 0, outcome.err
        assert strongest["id"] in outcome.out
        assert all(f"«{claim['quote']}»" in outcome.out for claim in strongest["claims"])


def test_a_check_is_explained_under_its_headings(kgcheck: Any) -> None:
    text = kgcheck("explain", "value-conflict").out
    for heading in ("What it finds", "Why it matters", "Example", "What it does not say", "References"):
        assert f"## {heading}" in text


def test_compare_and_check_agree(kgcheck: Any, waits: Path) -> None:
    compared = json.loads(
        kgcheck("compare", "courier#share-2020", "ledger#share-2020", "--format", "json").out
    )
    found = json.loads(kgcheck("check", "--format", "json").out)["findings"]
    assert compared["verdict"] == found[0]["verdict"]
    assert {finding["id"] for finding in compared["findings"]} <= {finding["id"] for finding in found}


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "markdown", "csv", "sarif", "turtle"])
def test_a_file_holds_what_would_be_printed(form: str, kgcheck: Any, waits: Path, tmp_path: Path) -> None:
    printed = kgcheck("check", "--format", form)
    written = kgcheck("check", "--format", form, "-o", tmp_path / "report")
    assert (written.code, written.out) == (printed.code, "")
    assert (tmp_path / "report").read_text(encoding="utf-8") == printed.out.replace("\r\n", "\n")


def test_a_query_can_come_from_a_file(kgcheck: Any, waits: Path) -> None:
    (waits / "ask.rq").write_text("ASK { ?claim a kgc:StatisticalClaim }", encoding="utf-8")
    assert kgcheck("query", "-f", "ask.rq").out == "yes\n"
    assert kgcheck("query", "-f", "ask.rq", "--format", "csv").out == "true\n"


@pytest.mark.parametrize("form", ["tsv", "json", "xml"])
def test_rows_in_the_forms_of_the_standard(form: str, kgcheck: Any, waits: Path) -> None:
    outcome = kgcheck("query", "SELECT ?v WHERE { ?c kgc:statedValue ?v }", "--format", form)
    assert outcome.code == 0
    assert "5.4 per cent" in outcome.out


def test_own_checks_are_listed_and_run(kgcheck: Any, waits: Path) -> None:
    """A check of one's own is a packaged one under another name, kept in a folder of the project."""
    from kgcheck.checks.registry import load_checks

    packaged = load_checks()["value-conflict"].path.read_text(encoding="utf-8")
    (waits / "own").mkdir()
    own = packaged.replace('"value-conflict"', '"own-conflict"')
    (waits / "own" / "own-conflict.rq").write_text(own, encoding="utf-8")
    assert "own-conflict" in kgcheck("checks", "--checks", "own").out
    report = kgcheck("check", "--checks", "own", "--select", "own-conflict", "--format", "json")
    assert {finding["check"] for finding in json.loads(report.out)["findings"]} == {"own-conflict"}


def test_the_catalogue_in_other_forms(kgcheck: Any) -> None:
    listed = json.loads(kgcheck("checks", "--format", "json").out)
    assert len(listed) >= 32
    markdown = kgcheck("checks", "--format", "markdown").out
    assert all(f"## {check['id']}" in markdown for check in listed)
