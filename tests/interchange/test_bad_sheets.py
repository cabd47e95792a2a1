"""Sheets that cannot be imported: each has one message, and nothing is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kgcheck.errors import InputError
from kgcheck.interchange.importing import import_sheet
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics import load_policy

FOLDER = Path(__file__).parent / "bad"
SHEETS = sorted(FOLDER.glob("*.csv"))


def test_all_sheets_were_found() -> None:
    assert len(SHEETS) >= 35
    assert {path.stem for path in SHEETS} == {path.stem for path in FOLDER.glob("*.txt")}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_refusal(sheet: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims"
    with pytest.raises(InputError) as caught:
        import_sheet(sheet, out=out, project=None, vocabulary=Vocabulary(), policy=load_policy("default"))
    message = str(caught.value).replace(str(sheet), sheet.name) + "\n"
    expected = sheet.with_suffix(".txt")
    if os.environ.get("KGCHECK_RENEW_CASES"):
        expected.write_text(message, encoding="utf-8")
    assert message == expected.read_text("utf-8")
    assert not out.exists()
