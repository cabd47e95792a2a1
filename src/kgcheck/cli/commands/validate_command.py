"""`kgcheck validate`: the shape of claims and documents, without any check."""

from __future__ import annotations

from pathlib import Path

import click

from kgcheck.cli import options
from kgcheck.cli.exits import CLEAN, FOUND
from kgcheck.cli.settings import Settings

EPILOG = """\b
Examples:
  kgcheck validate claims/
  kgcheck validate claims/story.ttl --format json

\b
Exit codes: 0 well formed, 1 violations, 2 could not run. Warnings do not count.
"""


@click.command("validate", epilog=EPILOG)
@options.paths_argument
@options.stores_option
@options.input_format_option
@options.format_option("text", "json", default="text")
@options.output_option
@options.shacl_option
@options.limits_options
@options.verbose_option
@click.pass_obj
def command(
    settings: Settings,
    paths: tuple[Path, ...],
    stores: tuple[Path, ...],
    input_form: str | None,
    form: str,
    output: Path | None,
) -> int:
    """Check that claims and documents are well formed (SHACL).

    PATHs are files or folders of RDF, or - for standard input.
    """
    from kgcheck.cli.inputs import gather
    from kgcheck.cli.output import colour, deliver, width
    from kgcheck.cli.piping import piped
    from kgcheck.cli.reading import validated
    from kgcheck.report.options import Options
    from kgcheck.report.validation import validation_text

    with piped((*paths, *stores), input_form) as places:
        found = validated(gather(places))
    text = validation_text(
        found.violations,
        found.invalid,
        Options(width=width(), colour=colour(output), verbose=settings.verbose),
        documents=found.documents,
        claims=found.claims,
        form=form,
    )
    deliver(text, output)
    return FOUND if any(violation.severity == "Violation" for violation in found.violations) else CLEAN
