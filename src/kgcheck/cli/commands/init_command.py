"""`kgcheck init`: a project folder to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from kgcheck.cli import options

EPILOG = """\b
Examples:
  kgcheck init waits
  kgcheck init waits --name "Hospital waits" --namespace https://example.org/waits/
"""


@click.command("init", epilog=EPILOG)
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--name", help="What the project is called. Default: the folder's name.")
@click.option("--namespace", metavar="IRI", help="What the project's own IRIs begin with; ends in / or #.")
@options.verbose_option
def command(folder: Path, name: str | None, namespace: str | None) -> None:
    """Lay out a project folder: kgcheck.toml, an example sheet, places for claims and vocabulary.

    Nothing that is there already is overwritten.
    """
    from kgcheck.interchange.project import init_project

    for path in init_project(folder, name=name or folder.resolve().name, namespace=namespace):
        click.echo(path)
