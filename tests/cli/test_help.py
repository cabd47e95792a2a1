"""Every command helps, with an example, and the program completes in three shells."""

from __future__ import annotations

from typing import Any

import click
import pytest

from kgcheck import __version__
from kgcheck.cli.program import COMMANDS, program


def test_the_group_lists_every_command(kgcheck: Any) -> None:
    outcome = kgcheck("--help")
    assert outcome.code == 0
    for name, summary in COMMANDS.items():
        assert f"{name} " in outcome.out
        assert summary in " ".join(outcome.out.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_an_example(name: str, kgcheck: Any) -> None:
    outcome = kgcheck(name, "--help")
    assert outcome.code == 0
    assert "Examples:" in outcome.out
    assert f"kgcheck {name}" in outcome.out.split("Examples:")[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    context = click.Context(program)
    command = program.get_command(context, name)
    assert command is not None
    assert command.name == name
    unexplained = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert not unexplained


def test_version(kgcheck: Any) -> None:
    assert kgcheck("--version").out == f"kgcheck {__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str, kgcheck: Any) -> None:
    outcome = kgcheck("completion", shell)
    assert outcome.code == 0
    assert "_KGCHECK_COMPLETE" in outcome.out


def test_without_arguments_the_help_is_shown(kgcheck: Any) -> None:
    outcome = kgcheck()
    assert outcome.code == 2
    assert "Commands:" in outcome.err
