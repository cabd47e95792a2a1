"""`kgcheck serve`: the graph and what the checks found, for browsers and SPARQL clients."""

from __future__ import annotations

import re
from pathlib import Path

import click

from kgcheck.cli import options
from kgcheck.errors import UsageError
from kgcheck.serve.settings import CONCURRENCY, SECONDS

EPILOG = """\b
Examples:
  kgcheck serve                               the project you stand in, else the packaged data
  kgcheck serve claims/ --port 0              any port that is free
  kgcheck serve --cors https://example.org    pages of that site may ask it
  kgcheck serve --host 0.0.0.0 --public graph.example.org

\b
It reads once, when it starts, and changes nothing. Ctrl-C ends it.
"""


_ORIGIN = re.compile(r"https?://[^\s/?#]+|\*")


def _origins(ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if not _ORIGIN.fullmatch(value):
            raise click.BadParameter(f"{value!r} is no origin such as https://example.org, nor *")
    return values


@click.command("serve", epilog=EPILOG)
@options.paths_argument
@options.stores_option
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Where to listen; one that other machines reach needs --public.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    metavar="PORT",
    help="The port; 0 takes any that is free.",
)
@click.option(
    "--public",
    "names",
    multiple=True,
    metavar="NAME",
    help="Answer other machines too, under this host name; may be repeated. Nobody is asked for a password.",
)
@click.option(
    "--cors",
    "origins",
    multiple=True,
    callback=_origins,
    metavar="ORIGIN",
    help="Let pages of this web origin ask, such as https://example.org; * is all. May be repeated.",
)
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(0, min_open=True),
    default=SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="The time of one query.",
)
@click.option(
    "--memory",
    type=options.Size(),
    default="1GB",
    show_default=True,
    metavar="SIZE",
    help="The memory of one query, on top of the data.",
)
@click.option(
    "--concurrency",
    type=click.IntRange(1, 256),
    default=CONCURRENCY,
    show_default=True,
    metavar="N",
    help="Queries that run at once.",
)
@options.policy_option
@options.checks_option
@options.verbose_option
def command(
    paths: tuple[Path, ...],
    stores: tuple[Path, ...],
    host: str,
    port: int,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    seconds: float,
    memory: int,
    concurrency: int,
    policy: str | None,
    checks_dirs: tuple[Path, ...],
) -> None:
    """Serve the graph, read-only: pages to explore, and SPARQL at /sparql.

    PATHs are files and folders of RDF.
    """
    try:
        from kgcheck.serve.server import listen, serve
    except ModuleNotFoundError as error:
        name = str(error.name).partition(".")[0]
        if name not in ("starlette", "uvicorn"):
            raise
        raise UsageError(
            f"kgcheck serve needs {name}", remedy="install it with: pip install 'kgcheck[serve]'"
        ) from None

    from kgcheck.cli.following import followed_up
    from kgcheck.cli.inputs import gather
    from kgcheck.cli.progress import progress
    from kgcheck.engines.local import run_whole
    from kgcheck.serve.knowledge import Knowledge
    from kgcheck.serve.settings import Settings

    settings = Settings(host, port, names, origins, seconds, memory, concurrency)
    with listen(settings) as listening:
        inputs = gather((*paths, *stores), policy=policy, checks_dirs=checks_dirs)
        with progress() as tell:
            run = run_whole(
                inputs.paths,
                policy=inputs.policy,
                checks_dirs=inputs.checks,
                texts=inputs.texts,
                vocabulary=inputs.vocabulary,
                progress=tell,
                limits=inputs.limits,
            )
        knowledge = Knowledge(run, followed_up(run.report, inputs.waivers, None))
        serve(knowledge, settings, listening, ready=click.echo)
