"""Write docs/commands.md, the reference of all commands, from the command line itself.

    python docs/generate_commands.py

A test compares the file with what `render` gives, so that the two cannot drift.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kgcheck.cli.program import COMMANDS, program
from kgcheck.cli.settings import PROGRAM

PAGE = Path(__file__).resolve().parent / "commands.md"
WIDTH = 78  # what click leaves of a terminal of 80 columns

_INTRODUCTION = """\
# Commands

What `kgcheck --help` and `kgcheck COMMAND --help` print. This page is made by
`python docs/generate_commands.py`.

Results go to standard output or to the file that `-o` names; everything else goes to standard error.

| exit code | means |
|---|---|
| 0 | nothing that `--fail-on` names; without it, no contradiction and no violation |
| 1 | such findings |
| 2 | it could not be done: bad usage, unreadable input, nothing to check, a check that failed |

What could not be checked is never reported as clean. Without PATHs a command takes the project it is
started in (the folder with `kgcheck.toml`, or any folder below it), and outside a project the packaged
data, which it then says.

The output of `kgcheck check --format json` is described by
[`report.schema.json`](report.schema.json); its keys stay, and more may be added.

Files, queries and checks from outside are read and run within limits of time and memory and without
network: [`safety.md`](safety.md) has the limits and how to change them.
"""


def render() -> str:
    """The whole page as Markdown."""
    return "\n".join([_INTRODUCTION, *_contents(), *_sections()]) + "\n"


def _contents() -> Iterator[str]:
    yield "| command | |"
    yield "|---|---|"
    for name, line in COMMANDS.items():
        yield f"| [`{PROGRAM} {name}`](#{PROGRAM}-{name}) | {line.removesuffix('.')} |"


def _sections() -> Iterator[str]:
    settings = {**program.context_settings, "terminal_width": WIDTH}
    with click.Context(program, info_name=PROGRAM, **settings) as top:
        yield from _section(PROGRAM, program.get_help(top))
        for name in COMMANDS:
            command = program.get_command(top, name)
            assert command is not None, "the table names commands that exist"
            with click.Context(command, info_name=name, parent=top, terminal_width=WIDTH) as context:
                yield from _section(f"{PROGRAM} {name}", command.get_help(context))


def _section(heading: str, text: str) -> Iterator[str]:
    yield f"\n## {heading}\n"
    yield f"```text\n{text.rstrip()}\n```"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
