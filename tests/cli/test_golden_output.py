"""What people see, compared whole.

Each file in golden/ begins with the command, run in a copy of cases/; then come standard output,
standard error and the exit code. KGCHECK_REGENERATE=1 writes the files anew; read the difference
before committing it.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from kgcheck import __version__

HERE = Path(__file__).parent
GOLDEN = sorted((HERE / "golden").glob("*.txt"))


def _render(outcome: Any, folder: Path) -> str:
    def settled(text: str) -> str:
        text = re.sub(r"\b\d+ checks", "N checks", text)  # a new check must not touch every recording
        return text.replace(str(folder), "FOLDER").replace(__version__, "VERSION").replace("\r\n", "\n")

    return f"{settled(outcome.out)}--- stderr\n{settled(outcome.err)}--- exit {outcome.code}\n"


@pytest.mark.parametrize("place", GOLDEN, ids=lambda path: path.stem)
def test_output_is_as_recorded(
    place: Path, kgcheck: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, _, recorded = place.read_text(encoding="utf-8").partition("\n")
    folder = tmp_path / "cases"
    shutil.copytree(HERE / "cases", folder)
    parts = re.fullmatch(r"\$ (?:cd (?P<case>\S+) && )?(?P<env>(?:\w+=\S+ )*)kgcheck (?P<rest>.*)", command)
    assert parts is not None, f"{place.name} does not begin with a command"
    monkeypatch.chdir(folder / (parts["case"] or "."))
    for setting in parts["env"].split():
        monkeypatch.setenv(*setting.split("=", 1))
    text = _render(kgcheck(*shlex.split(parts["rest"])), folder)
    if os.environ.get("KGCHECK_REGENERATE"):
        place.write_text(f"{command}\n{text}", encoding="utf-8")
        recorded = text
    assert text == recorded


def test_there_are_recordings() -> None:
    assert len(GOLDEN) >= 20
