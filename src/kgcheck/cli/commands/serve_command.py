"""`kgcheck serve`: the graph and what the checks found, for browsers and SPARQL clients."""

from __future__ import annotations

from pathlib import Path

import click

from kgcheck.cli import options


@click.command("serve")
@options.paths_argument
@options.stores_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0 takes any port that is free.",
)
@options.policy_option
@options.checks_option
@options.verbose_option
def command(
    paths: tuple[Path, ...],
    stores: tuple[Path, ...],
    host: str,
    port: int,
    policy: str | None,
    checks_dirs: tuple[Path, ...],
) -> None:
    """Serve the graph, read-only: pages to explore, and SPARQL at /sparql.

    PATHs are files and folders of RDF.
    """
    from kgcheck.cli.following import followed_up
    from kgcheck.cli.inputs import gather
    from kgcheck.cli.output import note
    from kgcheck.cli.progress import progress
    from kgcheck.engines.local import run_whole
    from kgcheck.serve.knowledge import Knowledge
    from kgcheck.serve.server import serve
    from kgcheck.serve.settings import Settings

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
    settings = Settings(host=host, port=port)
    note(f"http://{host}:{port}/")
    serve(knowledge, settings)
