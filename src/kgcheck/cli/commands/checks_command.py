"""`kgcheck checks`: the catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from kgcheck.cli import options

EPILOG = """\b
Examples:
  kgcheck checks
  kgcheck checks --format markdown -o checks.md
  kgcheck checks --checks my-checks/
"""


@click.command("checks", epilog=EPILOG)
@options.format_option("text", "json", "markdown", default="text")
@options.output_option
@options.checks_option
@options.limits_options
@options.verbose_option
def command(form: str, output: Path | None, checks_dirs: tuple[Path, ...]) -> None:
    """List the checks: those of kgcheck, of installed packages, of the project and of --checks."""
    from kgcheck.cli.checking import loaded_checks
    from kgcheck.cli.inputs import gather_checks
    from kgcheck.cli.output import colour, deliver, width
    from kgcheck.report.catalogue import catalogue
    from kgcheck.report.options import Options

    checks = loaded_checks(gather_checks(checks_dirs))
    deliver(catalogue(checks.values(), form, Options(width=width(), colour=colour(output))), output)
