"""Where results go: standard output, or a file that appears only when it is complete."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import click

from kgcheck.cli.exits import FAILED

_NARROWEST = 40


def width() -> int:
    """The columns there are: COLUMNS, else the terminal's, else 80."""
    return max(shutil.get_terminal_size((80, 24)).columns, _NARROWEST)


def colour(target: Path | None) -> bool:
    """Whether to colour what goes to `target`, None being standard output."""
    if target is not None or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def write(content: str | bytes, target: Path) -> None:
    """Write `content` beside `target`, then rename: an old file stays whole if anything fails."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    target = target.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    place = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        place.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        place.replace(target)
    except BaseException:
        place.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def deliver(content: str | bytes, target: Path | None) -> None:
    """Print `content`, or write it to `target`.

    A reader that has gone away (`kgcheck … | head`) needs no message, but not everything was said,
    so that the program ends with FAILED.
    """
    if target is not None:
        write(content, target)
        return
    try:
        click.echo(content, nl=False, color=True)  # what colours there are have been decided on
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(FAILED) from None


def note(message: str) -> None:
    """A remark that is no part of the result."""
    click.echo(f"kgcheck: {message}", err=True)
