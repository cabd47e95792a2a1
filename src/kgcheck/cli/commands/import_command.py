"""`kgcheck import`: a claim sheet in, RDF out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgcheck.cli import options
from kgcheck.errors import UsageError

if TYPE_CHECKING:
    from kgcheck.interchange.importing import ImportReport
    from kgcheck.interchange.project import Project

EPILOG = """\b
Examples:
  kgcheck import sheets/example.csv -o claims/
  kgcheck import one-story.csv -o one-story.ttl
  kgcheck import claims.csv -o claims/ --threshold 100     no fuzzy links

\b
Exit codes: 0 written, 2 problems (every row is read before anything is written).
"""


@click.command("import", epilog=EPILOG)
@click.argument("sheet", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PLACE",
    help="A folder, or a .ttl file for a sheet of one document. Default: the project's first data folder.",
)
@click.option(
    "--texts",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of <document>.txt to find quotes in.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 100),
    default=None,
    metavar="SCORE",
    help="How alike, of 100, a label must be to a known one to link to it.",
)
@options.policy_option
@options.verbose_option
def command(
    sheet: Path, output: Path | None, texts: Path | None, threshold: float | None, policy: str | None
) -> None:
    """Turn a claim sheet (CSV or TSV, one row per claim) into RDF, one file per document.

    Labels link to known concepts; unknown ones become concepts of the project and are listed.
    """
    from kgcheck.interchange.importing import import_sheet, sheet_vocabulary
    from kgcheck.interchange.linking import THRESHOLD
    from kgcheck.interchange.project import find_project, load_project
    from kgcheck.semantics import load_policy

    place = find_project(Path.cwd())
    project = load_project(place) if place else None
    done = import_sheet(
        sheet,
        out=output or _home(project),
        project=project,
        vocabulary=sheet_vocabulary(project),
        policy=load_policy(policy or (project.policy if project else "default")),
        threshold=THRESHOLD if threshold is None else threshold,
        texts=texts,
    )
    _tell(done)


def _home(project: Project | None) -> Path:
    if project is None or not project.data:
        raise UsageError("there is no project to import into", remedy="name a folder or file with -o")
    return project.data[0]


def _tell(done: ImportReport) -> None:
    from kgcheck.report.plain import counted, plain

    click.echo(f"{counted(done.claims, 'claim')} of {counted(len(done.documents), 'document')}")
    if done.minted:
        click.echo(f"\nNew concepts, to be looked through in {done.vocabulary}:")
        for concept in done.minted:
            where = f"row{'s' if len(concept.rows) > 1 else ''} {', '.join(map(str, concept.rows))}"
            click.echo(f"  {concept.role}: {plain(concept.label)} ({where})")
    if done.fuzzy:
        click.echo("\nLinked by likeness, to be looked through:")
        for link in done.fuzzy:
            click.echo(f"  {link.role}: {plain(link.label)} → {plain(link.concept)} ({link.score:.0f})")
    if done.alike:
        click.echo("\nNew labels that may mean one thing:")
        for first, second in done.alike:
            click.echo(f"  {plain(first)} / {plain(second)}")
    click.echo("\nWritten:")
    for path in done.files:
        click.echo(f"  {path}")
