"""Options that several commands share, as decorators."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kgcheck.cli.settings import Settings
from kgcheck.errors import UsageError

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _remember(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        ctx.ensure_object(Settings).verbose = True


verbose_option: Decorator = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_remember,
    help="Show every detail, and a traceback when something unexpected happens.",
)


def _writable(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    if value is None or str(value) == "-":
        return None
    if value.is_dir():
        raise UsageError("is a folder", value, remedy="name a file for -o")
    if not value.resolve().parent.is_dir():
        raise UsageError("its folder does not exist", value, remedy="make the folder first")
    return value


output_option: Decorator = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    callback=_writable,
    metavar="FILE",
    help="Write to FILE instead of standard output; all of it or nothing.",
)

paths_argument: Decorator = click.argument(
    "paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]..."
)

data_option: Decorator = click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A file or folder of RDF; may be repeated. Default: the project's data, else the packaged data.",
)

policy_option: Decorator = click.option(
    "--policy",
    metavar="NAME",
    help="How widely words are read: default or strict, or what the project says.",
)


def _split(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for entry in value for part in entry.split(",") if (name := part.strip()))


def names_option(flag: str, description: str) -> Decorator:
    """An option that takes check names, separated by commas or repeated."""
    decorator: Decorator = click.option(
        flag, multiple=True, callback=_split, metavar="CHECK", help=description
    )
    return decorator


checks_option: Decorator = click.option(
    "--checks",
    "checks_dirs",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of your own checks (.rq); may be repeated.",
)


def selection_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """--policy, --select, --ignore and --checks: which checks run, and how words are read."""
    for decorate in (
        checks_option,
        names_option("--ignore", "Leave these checks out; comma-separated or repeated."),
        names_option("--select", "Run these checks only; comma-separated or repeated."),
        policy_option,
    ):
        function = decorate(function)
    return function


def format_option(*names: str, default: str | None) -> Decorator:
    """--format with its choices."""
    decorator: Decorator = click.option(
        "--format",
        "form",
        type=click.Choice(names),
        default=default,
        show_default=default is not None,
        help="The form of the output.",
    )
    return decorator
