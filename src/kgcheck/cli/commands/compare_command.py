"""`kgcheck compare`: the gate's table for two claims."""

from __future__ import annotations

from pathlib import Path

import click

from kgcheck.cli import options

EPILOG = """\b
Examples:
  kgcheck compare so-28 so-lowest
  kgcheck compare 000_8b65f1bc9b5898b5#so-28 02_kent-cdi-bbc-2019#rate966 --format json
  kgcheck compare A B --data claims/
"""


@click.command("compare", epilog=EPILOG)
@click.argument("a")
@click.argument("b")
@options.data_option
@options.format_option("text", "json", default="text")
@options.output_option
@options.policy_option
@options.limits_options
@options.verbose_option
def command(
    a: str,
    b: str,
    data: tuple[Path, ...],
    form: str,
    output: Path | None,
    policy: str | None,
) -> None:
    """Print the gate's table for claims A and B: dimension by dimension, and the verdict.

    A claim is named by its IRI or by how that ends, as long as only one claim ends so.
    """
    from kgcheck.cli.checking import compared
    from kgcheck.cli.inputs import gather
    from kgcheck.cli.output import colour, deliver, width
    from kgcheck.report.comparison import comparison_text
    from kgcheck.report.options import Options

    comparison = compared(a, b, gather(data, policy=policy))
    text = comparison_text(comparison, Options(width=width(), colour=colour(output)), form)
    deliver(text, output)
