"""0 nothing that --fail-on names, 1 such findings, 2 could not run; never anything else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kgcheck.cli.exits import CAUSES, CLEAN, FAILED, FOUND, exit_code
from kgcheck.model.finding import Finding
from kgcheck.model.report import QuoteProblem, Report, Violation
from kgcheck.model.verdict import Severity, Verdict
from kgcheck.model.vocabulary import Vocabulary

CASES = Path(__file__).with_name("cases")


def _finding(verdict: Verdict) -> Finding:
    return Finding("id", "print", "check", "block", verdict, Severity.NOTE, "", (), "", "", "", ())


def _report(*parts: str) -> Report:
    verdicts = [Verdict(part) for part in parts if part in set(Verdict)]
    statuses = {"quote": "absent", "text-missing": "text-missing", "text-changed": "text-changed"}
    levels = {"violation": "Violation", "warning": "Warning"}
    return Report(
        documents={},
        claims={},
        vocabulary=Vocabulary(),
        findings=tuple(map(_finding, verdicts)),
        violations=tuple(Violation(levels[p], "x", None, "", None) for p in parts if p in levels),
        quotes=tuple(QuoteProblem("x", "y", "z", statuses[p]) for p in parts if p in statuses),
    )


DEFAULT = ("contradiction", "violation")


@pytest.mark.parametrize(
    ("parts", "causes", "code"),
    [
        ((), DEFAULT, CLEAN),
        (("contradiction",), DEFAULT, FOUND),
        (("tension",), DEFAULT, CLEAN),
        (("tension",), ("tension",), FOUND),
        (("contradiction",), ("tension",), CLEAN),
        (("contradiction", "tension"), ("tension",), FOUND),
        (("contradiction", "violation", "tension"), ("none",), CLEAN),
        (("violation",), DEFAULT, FOUND),
        (("warning",), DEFAULT, CLEAN),
        (("quote",), DEFAULT, FOUND),
        (("quote",), ("contradiction",), CLEAN),
        (("text-missing",), DEFAULT, CLEAN),
        (("text-changed",), DEFAULT, FOUND),
        (("apparent", "corroboration", "repetition", "none"), CAUSES[1:], CLEAN),
    ],
)
def test_exit_code(parts: tuple[str, ...], causes: tuple[str, ...], code: int) -> None:
    assert exit_code(_report(*parts), causes) == code


RUNS = [
    (("check",), FOUND),
    (("check", "--fail-on", "none"), CLEAN),
    (("check", "--fail-on", "tension"), CLEAN),
    (("check", "--fail-on", "tension", "--fail-on", "contradiction"), FOUND),
    (("check", "../malformed"), FOUND),
    (("check", "../malformed", "--fail-on", "contradiction"), CLEAN),
    (("check", "../empty"), FAILED),
    (("check", "--policy", "lax"), FAILED),
    (("check", "--no-such-option"), FAILED),
    (("validate",), CLEAN),
    (("validate", "../malformed"), FOUND),
    (("validate", "../no-rdf"), FAILED),
    (("compare", "share-2019", "ledger#share-2020"), CLEAN),
    (("compare", "share-2019", "share-2019"), FAILED),
    (("query", "ASK {}"), CLEAN),
    (("query", "NONSENSE"), FAILED),
    (("query", "-f", "missing.rq"), FAILED),
    (("explain", "tension"), CLEAN),
    (("explain", "nothing-of-the-kind"), FAILED),
    (("checks",), CLEAN),
    (("export", "--format", "trig"), CLEAN),
    (("export", "--format", "csv"), FAILED),
    (("export", "--around", "share-2019", "--depth", "1"), CLEAN),
    (("export", "--document", "ledger", "--verdict", "tension,contradiction", "--from", "2019"), CLEAN),
    (("export", "--document", "ledgerr"), FAILED),
    (("export", "--around", "no-such-node"), FAILED),
    (("export", "--depth", "1"), FAILED),
    (("export", "--verdict", "loud"), FAILED),
    (("export", "--from", "last year"), FAILED),
    (("export", "--from", "2020", "--to", "2019"), FAILED),
    (("import", "missing.csv"), FAILED),
    (("init", "."), FAILED),
    (("completion", "tcsh"), FAILED),
]


@pytest.mark.parametrize(("arguments", "code"), RUNS, ids=lambda value: str(value))
def test_runs_end_as_promised(
    arguments: tuple[str, ...], code: int, kgcheck: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(CASES, tmp_path / "cases")
    monkeypatch.chdir(tmp_path / "cases" / "waits")
    outcome = kgcheck(*arguments)
    assert outcome.code == code, outcome.err
    assert "Traceback" not in outcome.err
    if code == FAILED:
        assert outcome.out == ""
        first, *rest = outcome.err.splitlines()
        assert first.startswith("kgcheck: error: ")
        assert len(rest) <= 1


@pytest.mark.parametrize("command", ["check", "validate", "export"])
def test_a_failed_run_writes_nothing(
    command: str, kgcheck: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(CASES, tmp_path / "cases")
    monkeypatch.chdir(tmp_path / "cases")
    target = tmp_path / "report"
    target.write_text("old", encoding="utf-8")
    assert kgcheck(command, "broken/syntax.ttl", "-o", target).code == FAILED
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases", "report"]


def test_the_unexpected_is_one_message_too(kgcheck: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a \x1b[31msurprise")

    monkeypatch.setattr("kgcheck.engines.local.run_check", fail)
    outcome = kgcheck("check")
    assert outcome.code == FAILED
    assert "kgcheck: error: unexpected RuntimeError: a [31msurprise\n" in outcome.err
    assert "-v" in outcome.err
    assert "Traceback" not in outcome.err
    for arguments in (("check", "-v"), ("-v", "check")):
        assert "Traceback" in kgcheck(*arguments).err


def test_a_reader_that_goes_away_is_no_clean_result() -> None:
    command = [sys.executable, "-m", "kgcheck", "check", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
        assert process.wait(timeout=120) == FAILED
    assert "Traceback" not in said
    assert "error" not in said
