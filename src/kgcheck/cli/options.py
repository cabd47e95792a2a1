"""Options that several commands share, as decorators."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgcheck.cli.settings import Settings
from kgcheck.errors import UsageError

if TYPE_CHECKING:
    from kgcheck.validation import Engine

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _remember(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        settings = ctx.ensure_object(Settings)
        if not settings.verbose:
            from kgcheck.cli.remarks import show_remarks

            settings.verbose = True
            ctx.find_root().call_on_close(show_remarks(settings))


verbose_option: Decorator = click.option(
    "-v",
    "--verbose",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_remember,
    help="Show every detail, and a traceback when something unexpected happens.",
)


def _keep_seconds(ctx: click.Context, parameter: click.Parameter, value: float | None) -> None:
    ctx.ensure_object(Settings).seconds = value


def _keep_memory(ctx: click.Context, parameter: click.Parameter, value: int | None) -> None:
    ctx.ensure_object(Settings).memory = value


def _keep_shacl(ctx: click.Context, parameter: click.Parameter, value: Engine) -> None:
    ctx.ensure_object(Settings).shacl = value


class Size(click.ParamType[int]):
    """Bytes, written with a unit."""

    name = "size"
    _form = re.compile(r"(\d+(?:\.\d+)?)\s*([MG])i?B?", re.IGNORECASE)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        words = self._form.fullmatch(value)
        if not words:
            self.fail(f"{value!r} is no size such as 512MB or 8GB", param, ctx)
        size = int(float(words[1]) * (1 << (20 if words[2] in "mM" else 30)))
        if size < _LEAST_MEMORY:
            self.fail(f"{value} is too little to start with; the least is 256MB", param, ctx)
        return size


_LEAST_MEMORY = 256 << 20


def limits_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """--timeout and --memory: what worker processes may take."""
    for decorate in (
        click.option(
            "--memory",
            type=Size(),
            metavar="SIZE",
            expose_value=False,
            callback=_keep_memory,
            help="The memory of such a process. Default: 4GB.",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(0, min_open=True),
            metavar="SECONDS",
            expose_value=False,
            callback=_keep_seconds,
            help="The time of a process that reads files or runs queries. Default: 60, more for large files.",
        ),
    ):
        function = decorate(function)
    return function


shacl_option: Decorator = click.option(
    "--shacl",
    type=click.Choice(["compiled", "pyshacl"]),
    default="compiled",
    show_default=True,
    expose_value=False,
    callback=_keep_shacl,
    help="Who checks the shapes: kgcheck itself, over the store, or pySHACL. Both find the same.",
)


def endpoint_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """--endpoint and what goes with it: data behind a SPARQL service."""
    for decorate in (
        click.option(
            "--endpoint-page",
            "endpoint_rows",
            type=click.IntRange(min=100),
            metavar="ROWS",
            help="How much to ask the service for at a time. Default: 10000.",
        ),
        click.option(
            "--endpoint-graph",
            "endpoint_graphs",
            multiple=True,
            metavar="IRI",
            help="Only this graph of the service, or 'default'; may be repeated.",
        ),
        click.option("--endpoint", metavar="URL", help="A SPARQL 1.1 service to fetch the claims from."),
    ):
        function = decorate(function)
    return function


engine_option: Decorator = click.option(
    "--engine",
    type=click.Choice(("local", "spark")),
    default="local",
    show_default=True,
    help="Where the checks run: in this process, or on Spark (needs the extra 'spark' and Java).",
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

INPUT_FORMATS = {
    "turtle": ".ttl",
    "ntriples": ".nt",
    "nquads": ".nq",
    "trig": ".trig",
    "jsonld": ".jsonld",
    "rdfxml": ".rdf",
}
"""What --input-format takes → the extension of such files."""

input_format_option: Decorator = click.option(
    "--input-format",
    "input_form",
    type=click.Choice(tuple(INPUT_FORMATS)),
    help="The format of standard input, for which - stands as a PATH. Default: what its first words tell.",
)

data_option: Decorator = click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A file or folder of RDF; may be repeated. Default: the project's data, else the packaged data.",
)

home_option: Decorator = click.option(
    "--store",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of the store.",
)

stores_option: Decorator = click.option(
    "--store",
    "stores",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A store on disk, as kgcheck add makes it, to be read like a PATH.",
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
