"""From texts to drafts in RDF: extract, write a claim sheet, import it."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from kgcheck.errors import InputError, KgcheckError, SheetError
from kgcheck.extract import Extraction, extract
from kgcheck.extract.drafting import Row, draft_rows
from kgcheck.extract.gazetteer import Gazetteer
from kgcheck.extract.plugins import Extractor
from kgcheck.extract.reading import read_source
from kgcheck.interchange.columns import columns
from kgcheck.interchange.importing import ImportReport, import_sheet
from kgcheck.interchange.project import Project
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics import load_policy
from kgcheck.store.writing import refuse_other_hands, write_atomically

HEADING = (
    "# Claims of the text {name}, found by kgcheck. Review them with `kgcheck review`; "
    "drafts bear kgc:status.\n"
)
_PART = 1 << 16
_ROUNDS = 6
"""How often rows that an import refuses are taken out before it is given up."""


def extract_each(
    paths: Iterable[Path], vocabulary: Vocabulary, extractors: Sequence[Extractor] = ()
) -> Iterator[Extraction | KgcheckError]:
    """The extraction of each file in turn, or the error that it ended in; no file stops the others.

    Of files whose names give one identifier the later ones get a number, so that each is a document.
    """
    gazetteer = Gazetteer(vocabulary)
    seen: Counter[str] = Counter()
    for path in paths:
        try:
            source = read_source(path)
            seen[source.identifier] += 1
            if seen[source.identifier] > 1:
                source = replace(source, identifier=f"{source.identifier}-{seen[source.identifier]}")
            yield extract(source, extractors, gazetteer)
        except KgcheckError as error:
            yield error
        except Exception as error:  # whatever a text or a plug-in brings about, the others go on
            yield InputError(f"cannot be read as a document: {type(error).__name__}: {error}", path)


def sheet_of(rows: Sequence[Row]) -> str:
    """Rows as a claim sheet in CSV, columns in their usual order."""
    return "".join(sheet_parts(rows, {column for row in rows for column in row}))


def sheet_parts(rows: Iterable[Row], used: Set[str]) -> Iterator[str]:
    """The lines of a claim sheet in turn; `used` are the columns that any of the rows fills."""
    names = [column.name for column in columns().all if column.name in used]
    out = io.StringIO()
    writer = csv.DictWriter(
        out, names or ["document", "quote", "kind"], lineterminator="\n", extrasaction="ignore"
    )
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
        if out.tell() > _PART:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


@dataclass(frozen=True, slots=True)
class Drafted:
    """The files of drafts, and the rows that could not become claims."""

    report: ImportReport | None
    refused: tuple[Row, ...]


def write_drafts(
    extraction: Extraction,
    out: Path,
    *,
    project: Project | None,
    vocabulary: Vocabulary,
    accepted: Iterable[str] = (),
    rejected: Iterable[str] = (),
    edited: dict[str, Row] | None = None,
) -> Drafted:
    """Write a document's claims as Turtle: drafts, and those `accepted` by a person as reviewed.

    Rows that cannot become claims are left out and returned. Raises as `import_sheet` does.
    """
    refuse_other_hands(out, HEADING.partition("{")[0], "a text")
    gone = frozenset(rejected)
    rows = [
        {**row, **(edited or {}).get(row["id"], {})}
        for row in draft_rows(extraction, accepted)
        if row["id"] not in gone
    ]
    for row in rows:
        if row["reviewed"] == "yes":
            row.pop("inferred", None)  # what a person has looked at is no longer a machine's guess
    refused: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="kgcheck-") as scratch:
        folder = Path(scratch)
        texts = folder / "texts"
        texts.mkdir()
        (texts / f"{extraction.source.identifier}.txt").write_bytes(
            extraction.source.text.encode("utf-8", "surrogatepass")
        )
        sheet = folder / f"{extraction.source.identifier}.csv"
        for _ in range(_ROUNDS):
            if not rows:
                break
            _settle(rows)
            sheet.write_text(sheet_of(rows), "utf-8")
            made = folder / "made" / out.name
            try:
                done = import_sheet(
                    sheet,
                    out=made,
                    project=project,
                    vocabulary=vocabulary,
                    policy=load_policy("default"),
                    texts=texts,
                )
                _place(made.parent, out, extraction)
                return Drafted(done, tuple(refused))
            except SheetError as error:
                bad = {problem.row - 2 for problem in error.problems}
                refused += [row for place, row in enumerate(rows) if place in bad]
                rows = [row for place, row in enumerate(rows) if place not in bad]
    return Drafted(None, tuple(refused))


def _place(made: Path, out: Path, extraction: Extraction) -> None:
    """Move what an import made to where it belongs, the document's file under a heading of its own."""
    out.parent.mkdir(parents=True, exist_ok=True)
    for file in sorted(made.glob("*.ttl")):
        text = file.read_text("utf-8")
        if file.name == out.name:
            text = HEADING.format(name=extraction.source.identifier) + text.partition("\n")[2]
        write_atomically(out.parent / file.name, text.encode())


def _settle(rows: list[Row]) -> None:
    """Drop mentions of rows that are no longer there."""
    ids = {row["id"] for row in rows}
    for row in rows:
        if row.get("restates") and row["restates"] not in ids:
            del row["restates"]
        if computed := row.get("computed_as"):
            operands = computed.partition(": ")[2].split()
            if not operands or any(name not in ids for name in operands):
                del row["computed_as"]
