"""What a check file may not be, and how the error helps."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kgcheck.checks.registry import HEADINGS, load_checks, read_check
from kgcheck.errors import CheckError

FOLDER = Path(__file__).parent / "malformed"
SOUND = FOLDER / "sound-check.rq"
CASES = tomllib.loads((FOLDER / "malformed.toml").read_text(encoding="utf-8"))["case"]


def test_a_sound_check_is_read() -> None:
    check = read_check(SOUND)
    assert (check.id, check.columns, check.roles) == (
        "sound-check",
        ("block", "claim", "role"),
        ("place", "coverage"),
    )
    assert all(f"## {heading}" in check.documentation for heading in HEADINGS)
    assert "#" not in check.query.replace("ontology#", "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize("foreign", [False, True], ids=["own", "foreign"])
def test_malformed_file_is_refused(case: dict[str, Any], foreign: bool, tmp_path: Path) -> None:
    text = SOUND.read_text(encoding="utf-8")
    for find, put in ((case["find"], case["put"]), *case.get("also", ())):
        assert find in text
        text = text.replace(find, put)
    file = tmp_path / SOUND.name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CheckError) as caught:
        load_checks([tmp_path]) if foreign else read_check(file)
    error = caught.value
    assert error.message.startswith(case["message"])
    assert error.path == file
    assert error.line == case.get("line")
    assert case["remedy"] in (error.remedy or "")


def test_every_case_is_collected() -> None:
    assert len(CASES) >= 24


def test_two_checks_with_one_id_are_refused(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        shutil.copy(SOUND, tmp_path / folder)
    with pytest.raises(CheckError, match="two checks have the id 'sound-check'"):
        load_checks([tmp_path / "one", tmp_path / "other"])


def test_a_check_of_ones_own_may_not_hide_a_packaged_one(tmp_path: Path) -> None:
    packaged = load_checks()["value-conflict"]
    shutil.copy(packaged.path, tmp_path)
    with pytest.raises(CheckError, match="two checks have the id 'value-conflict'"):
        load_checks([tmp_path])


def test_a_folder_without_checks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match=r"no \.rq file here"):
        load_checks([tmp_path])


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sound-check.rq"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(CheckError, match="cannot be read"):
        read_check(file)
