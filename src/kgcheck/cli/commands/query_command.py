"""`kgcheck query`: SPARQL over documents, claims and ontology."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kgcheck.cli import options
from kgcheck.cli.settings import Settings
from kgcheck.errors import InputError, UsageError

EPILOG = """\b
Examples:
  kgcheck query "SELECT ?claim ?words WHERE { ?claim kgc:statedValue ?words } LIMIT 5"
  kgcheck query "ASK { ?claim kgc:isHeadline true }"
  kgcheck query -f speakers.rq --data claims/ --format csv -o speakers.csv
  kgcheck query "DESCRIBE <https://w3id.org/kgcheck/data/kent/agents#hmic>"

\b
The prefixes of the ontology are declared already, and the default graph is the union of all
graphs. Cells of CSV that a spreadsheet would run as formulas begin with an apostrophe.
"""

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")


def _text(query: str | None, file: Path | None) -> str:
    if (query is None) == (file is None):
        raise UsageError("there must be one query", remedy="give QUERY or -f FILE")
    if query is not None:
        return query
    assert file is not None
    if str(file) == "-":
        return sys.stdin.read()
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError("the query is not in UTF-8", file, remedy="save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file) from error


@click.command("query", epilog=EPILOG)
@click.argument("query", required=False)
@click.option(
    "-f",
    "--file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Read the query from FILE; - is standard input.",
)
@options.data_option
@options.stores_option
@options.format_option(*FORMATS, default=None)
@options.output_option
@click.option(
    "--allow-net",
    "network",
    is_flag=True,
    help="Let the query ask other endpoints with SERVICE.",
)
@options.limits_options
@options.verbose_option
@click.pass_obj
def command(
    settings: Settings,
    query: str | None,
    file: Path | None,
    data: tuple[Path, ...],
    stores: tuple[Path, ...],
    form: str | None,
    output: Path | None,
    network: bool,
) -> None:
    """Ask the graph: SELECT, ASK, CONSTRUCT or DESCRIBE. Updates are refused.

    The default form is a table, and Turtle for graphs.
    """
    from kgcheck.cli.inputs import gather
    from kgcheck.cli.output import colour, deliver, width
    from kgcheck.cli.reading import answered
    from kgcheck.report.options import Options
    from kgcheck.report.solutions import answer_text

    answer = answered(_text(query, file), gather((*data, *stores)), network=network)
    deliver(answer_text(answer, form, Options(width=width(), colour=colour(output))), output)
