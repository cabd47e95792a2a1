"""Which row of which claim sheet a claim was made from: the sheet is what people mend."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from kgcheck.errors import KgcheckError
from kgcheck.interchange.importing import MADE_FROM
from kgcheck.interchange.project import find_project
from kgcheck.interchange.sheet import Sheet, read_sheet
from kgcheck.model.claim import Claim, Document

_START, _END = MADE_FROM.rstrip("\n").split("{sheet}")
_MADE_FROM = re.compile(rf"{re.escape(_START)}(?P<sheet>[^\n/\\]+){re.escape(_END)}")
_MOST = 10_000
"""More files of a project are not looked through."""


def find_rows(
    claims: Iterable[Claim], documents: Mapping[str, Document], files: Mapping[str, Path]
) -> dict[str, tuple[Path, int]]:
    """Claim → sheet and line, for claims whose file says that it was made from a sheet of its project.

    `files` says in which file a claim is written. A claim is found by its `id`, else by its document and
    quote, where just one row has them. What is not found, or in a sheet that cannot be read, is left out.
    """
    found: dict[str, tuple[Path, int]] = {}
    sheets: dict[Path, Path | None] = {}
    by_sheet: dict[Path, list[Claim]] = defaultdict(list)
    for claim in claims:
        if path := files.get(claim.iri):
            if path not in sheets:
                sheets[path] = _sheet_of(path)
            if made_from := sheets[path]:
                by_sheet[made_from].append(claim)
    for place, members in by_sheet.items():
        try:
            sheet = read_sheet(place)
            lines = place.read_text(encoding="utf-8-sig").count("\n") + 1
        except (KgcheckError, OSError, ValueError):
            continue
        # Where cells hold line ends, rows are no lines; the first line is then as near as one can say.
        exact = lines - 1 <= sheet.rows[-1].number <= lines
        for claim in members:
            if (row := _row(claim, documents, sheet)) is not None:
                found[claim.iri] = (place, row if exact else 1)
    return found


def _sheet_of(path: Path) -> Path | None:
    """The sheet that a file says it was made from, where the project has one of that name."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            made = _MADE_FROM.match(file.readline(1000))
    except OSError:
        return None
    project = find_project(path)
    if made is None or project is None:
        return None
    places = [place for place in sorted(project.parent.rglob("*"))[:_MOST] if place.name == made["sheet"]]
    return places[0] if len(places) == 1 and places[0].is_file() else None


def _row(claim: Claim, documents: Mapping[str, Document], sheet: Sheet) -> int | None:
    local = re.split(r"[#/]", claim.iri)[-1]
    document = documents.get(claim.document)
    names = {claim.document, document.identifier if document else claim.document}
    rows = [row for row in sheet.rows if row.get("document") in names]
    for fitting in (
        [row for row in rows if row.get("id") == local],
        [row for row in rows if row.get("quote") == claim.evidence.quote],
    ):
        if len(fitting) == 1:
            return fitting[0].number
    return None
