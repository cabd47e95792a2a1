"""Where results go: standard output, or a file that appears only when it is complete."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from kgcheck.cli.exits import FAILED

_NARROWEST = 40


def width() -> int:
    """The columns there are: COLUMNS, else the terminal's, else 80."""
    import shutil  # it brings compression with it, which `--help` can do without

    return max(shutil.get_terminal_size((80, 24)).columns, _NARROWEST)


def colour(target: Path | None) -> bool:
    """Whether to colour what goes to `target`, None being standard output."""
    if target is not None or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def write(content: str | bytes, target: Path) -> None:
    """Write `content` to `target`, whole or not at all: an old file stays if anything fails."""
    from kgcheck.store.writing import write_atomically

    write_atomically(target, content.encode("utf-8", "replace") if isinstance(content, str) else content)


def deliver(content: str | bytes, target: Path | None) -> None:
    """Print `content`, or write it to `target`.

    A reader that has gone away (`kgcheck … | head`) needs no message, but not everything was said,
    so that the program ends with FAILED.
    """
    if target is not None:
        write(content, target)
        return
    _print((content,))


def deliver_parts(parts: Iterable[str], target: Path | None) -> None:
    """Print or write what comes in parts, without ever holding all of it; otherwise as `deliver`."""
    if target is None:
        _print(parts)
        return
    from kgcheck.store.writing import write_atomically

    write_atomically(target, (part.encode("utf-8", "replace") for part in parts))


def _print(parts: Iterable[str | bytes]) -> None:
    try:
        for part in parts:
            click.echo(part, nl=False, color=True)  # what colours there are have been decided on
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(FAILED) from None


def note(message: str) -> None:
    """A remark that is no part of the result."""
    click.echo(f"kgcheck: {message}", err=True)
