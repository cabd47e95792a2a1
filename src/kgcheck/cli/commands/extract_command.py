"""`kgcheck extract`: claims proposed from a text, for a person to review."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgcheck.cli import options
from kgcheck.errors import InputError, KgcheckError, UsageError

if TYPE_CHECKING:
    from kgcheck.cli.spools import Spool
    from kgcheck.extract import Extraction
    from kgcheck.interchange.project import Project
    from kgcheck.model.vocabulary import Vocabulary

FORMATS = ("json", "turtle", "sheet")

EPILOG = """\b
Examples:
  kgcheck extract article.txt                      claims as JSON
  kgcheck extract article.html --format sheet -o claims.csv
  kgcheck extract texts/*.txt --format turtle -o claims/
  kgcheck extract article.txt --with llm           also ask a language model (needs a key)

\b
Exit codes: 0 extracted, 2 if any document could not be read (the others are extracted).
"""


@click.command("extract", epilog=EPILOG)
@click.argument("texts", nargs=-1, required=True, type=click.Path(path_type=Path))
@options.format_option(*FORMATS, default="json")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PLACE",
    help="Write here: a file, or for Turtle a folder too. Default: standard output.",
)
@click.option(
    "--with", "extractors", multiple=True, metavar="NAME", help="Also use this extractor; may be repeated."
)
@options.verbose_option
def command(texts: tuple[Path, ...], form: str, output: Path | None, extractors: tuple[str, ...]) -> int:
    """Propose the claims that a text makes, with their places in it.

    Reads plain text, Markdown, HTML, PDF and DOCX. Every claim is a draft: review it with
    'kgcheck review', or in the sheet. The text made from a page or a PDF is written beside the
    output, because the places belong to it.
    """
    from contextlib import closing

    from kgcheck.cli.drafting import say_broken, surroundings
    from kgcheck.cli.exits import CLEAN, FAILED
    from kgcheck.cli.output import deliver_parts
    from kgcheck.cli.spools import Spool
    from kgcheck.engines.drafts import extract_each, sheet_parts
    from kgcheck.extract import Extraction
    from kgcheck.extract.drafting import draft_rows
    from kgcheck.extract.plugins import load_extractor

    project, vocabulary = surroundings()
    loaded = [load_extractor(name) for name in extractors]
    _check_place(form, output, len(texts))
    read = broken = 0
    used: set[str] = set()
    with closing(Spool()) as spool:
        for outcome in extract_each(texts, vocabulary, loaded):
            if not isinstance(outcome, Extraction):
                say_broken(outcome)
                broken += 1
                continue
            try:
                if outcome.source.cleaned and output is not None:
                    _keep_text(outcome, output, form)
                if form == "json":
                    spool.add(outcome.as_json())
                elif form == "sheet":
                    for row in draft_rows(outcome):
                        used |= row.keys()
                        spool.add(row)
                elif output is not None:
                    _write_turtle(outcome, output, project, vocabulary)
                read += 1
            except KgcheckError as error:
                say_broken(error)
                broken += 1
        if not read:
            raise InputError("none of the documents could be extracted", remedy="see the messages above")
        if form == "json":
            deliver_parts(_json_parts(spool), output)
        elif form == "sheet":
            deliver_parts(sheet_parts(spool, used), output)
    return FAILED if broken else CLEAN


def _check_place(form: str, output: Path | None, texts: int) -> None:
    if form == "turtle" and output is None:
        raise UsageError("Turtle needs a place", remedy="name a .ttl file or a folder with -o")
    if form == "turtle" and output is not None and texts > 1 and output.suffix:
        raise UsageError(f"{texts} documents need a folder", output, remedy="name a folder with -o")
    if form != "turtle" and output is not None and output.is_dir():
        raise UsageError("is a folder", output, remedy="name a file for -o")


def _json_parts(told: Spool) -> Iterator[str]:
    """One document as an object, several as a list of them."""
    if len(told) == 1:
        yield from (json.dumps(one, ensure_ascii=False, indent=1) + "\n" for one in told)
        return
    opening = "[\n"
    for one in told:
        yield opening + textwrap.indent(json.dumps(one, ensure_ascii=False, indent=1), " ")
        opening = ",\n"
    yield "\n]\n"


def _keep_text(one: Extraction, output: Path, form: str) -> None:
    """The text that was made of a page or a PDF, beside the output: the places belong to it."""
    from kgcheck.cli.output import write

    folder = output if output.is_dir() or (form == "turtle" and not output.suffix) else output.parent
    folder.mkdir(parents=True, exist_ok=True)
    write(one.source.text.encode("utf-8", "replace"), folder / f"{one.source.identifier}.txt")


def _write_turtle(one: Extraction, output: Path, project: Project | None, vocabulary: Vocabulary) -> None:
    from kgcheck.cli.output import note
    from kgcheck.engines.drafts import write_drafts

    place = output if output.suffix == ".ttl" else output / f"{one.source.identifier}.ttl"
    done = write_drafts(one, place, project=project, vocabulary=vocabulary)
    claims = done.report.claims if done.report else 0
    note(f"{place}: {claims} drafts" + (f", {len(done.refused)} left out" if done.refused else ""))
