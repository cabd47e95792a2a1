"""`kgcheck review`: a person walks through the claims that a text was found to make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgcheck.cli import options
from kgcheck.errors import UsageError

if TYPE_CHECKING:
    from kgcheck.extract import Extraction
    from kgcheck.extract.decisions import Decisions
    from kgcheck.extract.drafting import Row

EPILOG = """\b
Examples:
  kgcheck review article.txt -o claims/
  kgcheck review article.txt                the project's first data folder
  kgcheck review article.txt --by confidence

\b
Keys: a accept, e edit, r reject, s skip (asked again next time), q quit.
Every decision is kept at once; start the command again to go on where you stopped.
"""

_KEYS = {"a": "accept", "e": "edit", "r": "reject", "s": "skip", "q": "quit"}
_AROUND = 240
_HIDDEN = frozenset(
    {
        "document",
        "start",
        "end",
        "id",
        "document_title",
        "document_date",
        "document_url",
        "publisher",
        "reviewed",
        "quote",
    }
)


@click.command("review", epilog=EPILOG)
@click.argument("text", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PLACE",
    help="A folder or .ttl file for the claims. Default: the project's first data folder.",
)
@click.option(
    "--by",
    "order",
    type=click.Choice(("place", "confidence")),
    default="place",
    show_default=True,
    help="Walk in the order of the text, or from the most to the least certain.",
)
@options.verbose_option
def command(text: Path, output: Path | None, order: str) -> None:
    """Walk through the claims of a text: accept, edit or reject each.

    Writes the document's Turtle: what you accepted as reviewed, what is still open as drafts.
    """
    from kgcheck.cli.drafting import surroundings
    from kgcheck.cli.output import note, write
    from kgcheck.engines.drafts import write_drafts
    from kgcheck.extract import extract
    from kgcheck.extract.decisions import Decisions
    from kgcheck.extract.drafting import draft_rows
    from kgcheck.extract.gazetteer import Gazetteer
    from kgcheck.extract.reading import read_source

    project, vocabulary = surroundings()
    if output is None and project is None:
        raise UsageError("there is no project to write to", remedy="name a folder or file with -o")
    home = output or (project.data[0] if project else Path())
    extraction = extract(read_source(text), gazetteer=Gazetteer(vocabulary))
    name = extraction.source.identifier
    place = home if home.suffix == ".ttl" else home / f"{name}.ttl"
    place.parent.mkdir(parents=True, exist_ok=True)
    if extraction.source.cleaned:
        write(extraction.source.text.encode("utf-8", "replace"), place.with_suffix(".txt"))
    decisions = Decisions.of(place.with_name(f"{place.stem}.review.jsonl"), extraction.source.text)
    rows = draft_rows(extraction)
    if order == "confidence":
        rows = _by_confidence(rows, extraction)
    try:
        _walk(rows, extraction, decisions)
    finally:
        done = write_drafts(
            extraction, place, project=project, vocabulary=vocabulary,
            accepted=decisions.accepted, rejected=decisions.rejected, edited=decisions.edits,
        )  # fmt: skip
        if done.report:
            note(f"{place}: {done.report.claims} claims, {len(decisions.accepted)} of them reviewed")
        for row in done.refused:
            note(f"left out, because it is incomplete: {row['kind']} «{row['quote']}»")


def _walk(rows: list[Row], extraction: Extraction, decisions: Decisions) -> None:
    open_rows = [row for row in rows if not decisions.decided(row["id"])]
    if not open_rows:
        click.echo("Nothing is left to review.")
    for number, row in enumerate(open_rows, 1):
        click.echo(f"\n{number} of {len(open_rows)}\n")
        _show(row, extraction.source.text)
        key = click.prompt(
            "[a]ccept [e]dit [r]eject [s]kip [q]uit", type=click.Choice(tuple(_KEYS)), show_choices=False
        )
        if key == "q":
            return
        if key == "e":
            decisions.decide(row["id"], "edit", _edited(row))
        else:
            decisions.decide(row["id"], _KEYS[key])


def _show(row: Row, text: str) -> None:
    """The sentence with the span marked, and the claim in plain words."""
    from kgcheck.report.plain import plain

    start, end = int(row["start"]), int(row["end"])
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    left = " " if before[-1:].isspace() else ""
    right = " " if after[:1].isspace() else ""
    marked = click.style(f"«{plain(text[start:end])}»", bold=True)
    click.echo(f"  {plain(before)}{left}{marked}{right}{plain(after)}\n")
    click.echo(f"  {in_plain_words(row)}")


def in_plain_words(row: Row) -> str:
    """What a row claims, in a line for each thing that it says."""
    from kgcheck.report.plain import plain

    told = [row["kind"]]
    told += [
        f"{column.replace('_', ' ')}: {plain(words.rsplit('#', 1)[-1])}"
        for column, words in row.items()
        if column not in _HIDDEN and column != "kind"
    ]
    return "\n  ".join(told)


def _edited(row: Row) -> Row:
    """The cells that the person changes, one after the other; an empty name ends it."""
    from kgcheck.interchange.columns import columns

    known = {column.name for column in columns().all}
    changed: Row = {}
    while True:
        name = click.prompt("column to change (empty: done)", default="", show_default=False).strip()
        if not name:
            return changed
        if name not in known:
            click.echo(
                f"there is no column {name!r}; the columns are: {', '.join(sorted(set(row) - _HIDDEN))}, …"
            )
            continue
        changed[name] = click.prompt(name, default=row.get(name, ""))


def _by_confidence(rows: list[Row], extraction: Extraction) -> list[Row]:
    from kgcheck.extract.drafting import claim_id

    sure = {claim_id(claim): claim.confidence for claim in extraction.proposals}
    return sorted(rows, key=lambda row: -sure.get(row["id"], 0.0))
