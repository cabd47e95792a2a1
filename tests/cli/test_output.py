"""Files appear whole or not at all; colour and width follow the terminal and the environment."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from kgcheck.cli import output
from kgcheck.errors import InputError


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old")
    target.chmod(0o600)
    output.write("new «quote»\n", target)
    assert target.read_bytes() == "new «quote»\n".encode()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old")

    def fail(self: Path, other: Path) -> None:
        raise OSError("disc full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(InputError, match="disc full"):
        output.write("new", target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("environment", "terminal", "target", "expected"),
    [
        ({}, True, None, True),
        ({}, False, None, False),
        ({"NO_COLOR": "1"}, True, None, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, None, False),
        ({"FORCE_COLOR": "1"}, False, None, True),
        ({"TERM": "dumb"}, True, None, False),
        ({}, True, Path("report.txt"), False),
        ({"FORCE_COLOR": "1"}, True, Path("report.txt"), False),
    ],
)
def test_colour(
    environment: dict[str, str],
    terminal: bool,
    target: Path | None,
    expected: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal, raising=False)
    assert output.colour(target) is expected


@pytest.mark.parametrize(("columns", "width"), [("160", 160), ("80", 80), ("10", 40)])
def test_width(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert output.width() == width


@pytest.mark.parametrize("target", ["missing/report.txt", "."])
def test_a_place_that_cannot_be_written_is_refused_at_once(target: str, kgcheck: Any) -> None:
    outcome = kgcheck("check", "-o", target)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("kgcheck: error: ")
