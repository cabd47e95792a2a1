"""Running the program: every way in which it can end, as an exit code and at most one message."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence

import click

from kgcheck.cli.exits import CLEAN, FAILED, INTERRUPTED
from kgcheck.cli.interrupts import interruptible
from kgcheck.cli.program import program
from kgcheck.cli.settings import PROGRAM, Settings
from kgcheck.errors import KgcheckError, SheetError


def _say(message: str, remedy: str | None = None) -> None:
    from kgcheck.report.plain import plain_lines

    click.echo(plain_lines(f"{PROGRAM}: error: {message}"), err=True)
    if remedy:
        sentence = f"{remedy[0].upper()}{remedy[1:]}".removesuffix(".")
        click.echo(plain_lines(f"  {sentence}"), err=True)


def _usage(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    remedy = f"see {context.command_path} --help" if context is not None else None
    _say(error.format_message(), remedy)


def _known(error: KgcheckError) -> None:
    if isinstance(error, SheetError):
        _say(str(error), error.remedy)
        return
    _say(f"{error.place}: {error.message}" if error.place else error.message, error.remedy)


def _unexpected(error: Exception, settings: Settings) -> None:
    if settings.verbose:
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    hint = None if settings.verbose else "this should not happen; run it again with -v for the traceback"
    _say(f"unexpected {type(error).__name__}: {error}", hint)


def run(args: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a character shows "?"
    settings = Settings()
    try:
        with interruptible():
            code = program.main(args, prog_name=PROGRAM, standalone_mode=False, obj=settings)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
    except click.ClickException as error:
        _usage(error)
    except click.Abort:
        return INTERRUPTED
    except KgcheckError as error:
        _known(error)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _say(f"{place}{error.strerror or error}")
    except Exception as error:
        _unexpected(error, settings)
    else:
        return code if isinstance(code, int) else CLEAN
    return FAILED
