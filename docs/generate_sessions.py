"""Run the sessions that README.md and the pages of this folder show, and write what came out.

    python docs/generate_sessions.py [PAGE]…

A page is a story that is played in an empty folder, from top to bottom:

- a fenced block with a file name after its language (` ```turtle claims/story.ttl `) is written to
  that file, or added to it when an earlier block began it;
- in a `console` block every line that begins with `$ ` is a command for bash, `> ` goes on with it,
  and what follows is its output, standard error included;
- a `console` block without `$ ` holds commands whose output is not shown. They are run as well;
- a `pycon` block is a session with Python.

Files that a page takes for granted lie in tests/docs/given/<page>/. The scratch folder is shown as
/home/ada. A test plays every page and compares.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GIVEN = ROOT / "tests" / "docs" / "given"
HOME = "/home/ada"
WIDTH = 80
TIMEOUT = 300  # seconds for one page

_FENCE = re.compile(r"^```(?P<language>\w*)(?: (?P<file>\S+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = "--- kgcheck session: next command ---"


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, the file that it is (a part of), its text and place in the page."""

    language: str
    file: str | None
    body: str
    start: int
    end: int


@dataclass(frozen=True)
class Command:
    """One command as typed, and the output that the page shows: None where it shows none."""

    typed: str
    shown: str | None

    @property
    def line(self) -> str:
        """The command for bash."""
        return (
            "\n".join(line[2:] for line in self.typed.splitlines()) if self.shown is not None else self.typed
        )


def pages() -> list[Path]:
    """README.md and every page of docs/."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(text: str) -> list[Block]:
    """All fenced blocks of a page, in order."""
    return [
        Block(found["language"], found["file"], found["body"], found.start("body"), found.end("body"))
        for found in _FENCE.finditer(text)
    ]


def commands(block: Block) -> list[Command]:
    """The commands of a console block."""
    if not re.search(r"^\$ ", block.body, re.MULTILINE):
        return [Command(line, None) for line in block.body.splitlines() if line.strip()]
    found = re.findall(r"^(\$ .*\n(?:> .*\n)*)((?:(?!\$ ).*\n)*)", block.body, re.MULTILINE)
    return [Command(typed.rstrip("\n"), shown) for typed, shown in found]


def played(text: str, given: Path | None = None) -> list[str]:
    """What the commands of a page print, in order."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name).resolve()
        if given is not None and given.is_dir():
            shutil.copytree(given, home, dirs_exist_ok=True)
        script = "\n".join(_script(blocks(text)))
        done = subprocess.run(  # noqa: S603 (the commands are those of our own pages)
            ["bash", "-c", script],  # noqa: S607 (the bash that the reader has)
            cwd=home,
            env=_environment(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=TIMEOUT,
            check=False,
        )
    return done.stdout.replace(str(home), HOME).split(f"{_MARK}\n")[1:]


def _script(found: Iterable[Block]) -> Iterator[str]:
    """The page as one script, so that `cd` and `$?` mean what they mean to a reader."""
    yield "status=0"
    for block in found:
        if block.file is not None:
            place, folder = f"~/{block.file}", f"~/{Path(block.file).parent}"
            yield f"mkdir -p {folder} && cat >> {place} <<'END OF FILE'\n{block.body}END OF FILE"
        elif block.language == "console":
            for command in commands(block):
                yield f"echo '{_MARK}'; (exit $status)\n{command.line}\nstatus=$?"


def _environment(home: Path) -> dict[str, str]:
    return {
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))),
        "HOME": str(home),
        "COLUMNS": str(WIDTH),
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
    }


def render(text: str, given: Path | None = None) -> str:
    """The page with the output that its commands have now."""
    outputs = iter(played(text, given))
    parts, last = [], 0
    for block in blocks(text):
        if block.language != "console" or block.file is not None:
            continue
        parts += [text[last : block.start], _filled(block, outputs)]
        last = block.end
    return "".join([*parts, text[last:]])


def _filled(block: Block, outputs: Iterator[str]) -> str:
    found = []
    for command in commands(block):
        output = next(outputs)
        if "kgcheck: error" in output and "kgcheck: error" not in (command.shown or ""):
            raise SystemExit(f"{command.typed}\n{output}The page stays as it was.")
        found.append(f"{command.typed}\n" + (output if command.shown is not None else ""))
    return "".join(found)


def main(names: Sequence[str]) -> None:
    """Bring the named pages up to date, or all of them."""
    for page in [Path(name).resolve() for name in names] or pages():
        text = page.read_text(encoding="utf-8")
        if any(block.language == "console" for block in blocks(text)):
            page.write_text(render(text, GIVEN / page.stem), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
