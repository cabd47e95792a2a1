"""What README.md and the pages of docs/ show is what happens."""

from __future__ import annotations

import contextlib
import doctest
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kgcheck.cli.program import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
GIVEN = Path(__file__).parent / "given"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FLOOR = 15  # commands that are run, over all pages
RUN = {"console", "pycon"}
ILLUSTRATIONS = {"", "text", "sh"}


@pytest.fixture(scope="module")
def sessions(script: Callable[[str], ModuleType]) -> Any:
    return script("generate_sessions")


def _name(page: Path) -> str:
    return page.name


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_output_is_what_the_page_shows(sessions: Any, page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shown = [command for block in sessions.blocks(text) for command in _commands(sessions, block)]
    if not shown:
        pytest.skip("no session on this page")
    outputs = sessions.played(text, GIVEN / page.stem)
    assert len(outputs) == len(shown)
    for command, output in zip(shown, outputs, strict=True):
        if command.shown is None:
            assert "kgcheck: error" not in output, command.typed
        else:
            assert output == command.shown, f"{command.typed}\nrun: make docs"


def _commands(sessions: Any, block: Any) -> list[Any]:
    return list(sessions.commands(block)) if block.language == "console" else []


def test_enough_is_run(sessions: Any) -> None:
    found = [
        command
        for page in PAGES
        for block in sessions.blocks(page.read_text(encoding="utf-8"))
        for command in _commands(sessions, block)
    ]
    assert len(found) >= FLOOR
    lines = "\n".join(command.line for command in found)
    shown = {name for name in COMMANDS if re.search(rf"\bkgcheck {name}\b", lines)}
    # `review` asks a person at a terminal, what `completion` prints is for a shell, `serve` goes on.
    alone = {"completion", "review", "serve"}
    assert shown >= set(COMMANDS) - alone, "every command stands in some session"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_block_is_checked_somehow(sessions: Any, page: Path) -> None:
    """Blocks are run, or written to a file that a session of the page reads, or mere illustrations."""
    for block in sessions.blocks(page.read_text(encoding="utf-8")):
        assert block.file or block.language in RUN | ILLUSTRATIONS, block.body


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_file_is_used(sessions: Any, page: Path) -> None:
    """A block that is written to a file is read by a command further down, by name, folder or project."""
    blocks = sessions.blocks(page.read_text(encoding="utf-8"))
    for place, block in enumerate(blocks):
        if block.file:
            later = "\n".join(
                command.line for other in blocks[place:] for command in _commands(sessions, other)
            ) + "\n".join(other.body for other in blocks[place:] if other.language == "pycon")
            name = Path(block.file)
            known = (name.name, name.stem, *(part.as_posix() for part in name.parents if part.name))
            project = name.name == "kgcheck.toml" or any(b.file == "kgcheck.toml" for b in blocks)
            assert any(word in later for word in known) or (project and "kgcheck check" in later), block.file


def test_illustrations_are_few(sessions: Any) -> None:
    """No test runs generated help, the map of the house, and what needs more than one machine."""
    generated = {"commands.md"}
    elsewhere = (
        "make ",
        "pip install ",
        "python -m venv ",
        "kgcheck check --engine spark ",
        "kgcheck check --endpoint https://example.org/",
    )
    found = [
        (page.name, block.language, block.body.split("\n")[0])
        for page in PAGES
        for block in sessions.blocks(page.read_text(encoding="utf-8"))
        if block.language in ILLUSTRATIONS and not block.file and page.name not in generated
    ]
    for name, language, line in found:
        assert language == "text" or line.startswith(elsewhere), (name, line)
    assert [name for name, language, _ in found if language == "text"] == ["README.md"]


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_make_targets_exist(sessions: Any, page: Path) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for block in sessions.blocks(page.read_text(encoding="utf-8")):
        for line in block.body.splitlines() if block.language == "sh" else ():
            if found := re.match(r"make (\w+)", line):
                assert found[1] in targets


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_python_sessions(sessions: Any, page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    sources = [block.body for block in sessions.blocks(text) if block.language == "pycon"]
    if not sources:
        pytest.skip("no Python on this page")
    if (GIVEN / page.stem).is_dir():
        shutil.copytree(GIVEN / page.stem, tmp_path, dirs_exist_ok=True)
    for block in sessions.blocks(text):
        if block.file:
            place = tmp_path / block.file
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("a", encoding="utf-8") as file:
                file.write(block.body)
    test = doctest.DocTestParser().get_doctest("\n".join(sources), {}, page.name, str(page), 0)
    assert test.examples
    report: list[str] = []
    with contextlib.chdir(tmp_path):
        result = doctest.DocTestRunner().run(test, out=report.append)
    assert result.failed == 0, os.linesep.join(report)
