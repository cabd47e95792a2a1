"""Where the claims of a report are written, as code hosts and editors want it told."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kgcheck.cli.drafting import SUFFIXES
from kgcheck.model.place import Place

if TYPE_CHECKING:
    from kgcheck.cli.inputs import Inputs
    from kgcheck.model.claim import Claim
    from kgcheck.model.report import Report

ROOT = "%SRCROOT%"
"""The folder that code hosts mean: that of the repository one stands in, else the current one."""

PACKAGED = "KGCHECK"
"""The folder of kgcheck's own data."""

_VERBATIM = frozenset({".txt", ".text", ".md", ".markdown"})
"""Texts that are read as they are, so that offsets belong to the file."""


def claim_places(report: Report, inputs: Inputs, given: Sequence[Path]) -> dict[str, Place]:
    """Claim or document → its place in the files of a run; `given` may name texts beside `inputs`.

    A claim that was made from a sheet of its project stands in the row of that sheet. What cannot be found
    in a file is left out; a claim that is not found where its document is stands at the first line of
    that file.
    """
    from kgcheck.assets import folder
    from kgcheck.interchange.rows import find_rows
    from kgcheck.store.loading import find_files
    from kgcheck.store.whereabouts import find_lines

    wanted = {*report.claims, *report.documents, *(violation.focus for violation in report.violations)}
    paths = inputs.paths if inputs.paths is not None else (folder("data"),)
    root, base = (folder("data"), PACKAGED) if inputs.paths is None else (_repository(), ROOT)
    found = find_lines(find_files(path for path in paths if path.exists() and _lasts(path)), wanted)
    places = {iri: _place(path, line, root, base) for iri, (path, line) in found.items()}
    rows = find_rows(
        report.claims.values(), report.documents, {iri: path for iri, (path, _) in found.items()}
    )
    places |= {iri: _place(path, line, root, base) for iri, (path, line) in rows.items()}
    texts = _texts(given)
    for document in report.documents.values():
        if text := texts.get(document.identifier):
            places[document.iri] = _place(text[0], 1, root, ROOT)
    for claim in report.claims.values():
        told = report.documents.get(claim.document)
        if told and (text := texts.get(told.identifier)):
            places[claim.iri] = _in_text(claim, *text, root)
        elif claim.iri not in places and claim.document in found:
            places[claim.iri] = _place(found[claim.document][0], 1, root, base)
    return places


def _lasts(path: Path) -> bool:
    """Whether a path is still there after the run; drafts and what was fetched lie in scratch folders."""
    scratch = Path(tempfile.gettempdir()).resolve()
    path = path.resolve()
    return not path.is_relative_to(scratch) or not path.relative_to(scratch).parts[0].startswith("kgcheck-")


def _texts(given: Sequence[Path]) -> dict[str, tuple[Path, str | None]]:
    """Identifier of a document → its file, and its text where offsets are of the file."""
    found: dict[str, tuple[Path, str | None]] = {}
    for path in given:
        if path.suffix.lower() in SUFFIXES and path.is_file():
            from kgcheck.extract.reading import identifier_of

            verbatim = path.suffix.lower() in _VERBATIM
            # Bytes are decoded here because reading as text would turn line ends of two characters into one.
            text = path.read_bytes().decode("utf-8", "replace") if verbatim else None
            found[identifier_of(path)] = (path, text)
    return found


def _in_text(claim: Claim, path: Path, text: str | None, root: Path) -> Place:
    place = _place(path, 1, root, ROOT)
    start, end = claim.evidence.start, claim.evidence.end
    if text is None or start is None or end is None or text[start:end] != claim.evidence.quote:
        return place
    return Place(place.uri, place.base, text.count("\n", 0, start) + 1, start, end)


def _place(path: Path, line: int, root: Path, base: str) -> Place:
    path = path.resolve()
    shown = None if path.suffix.lower() == ".gz" else line
    if path.is_relative_to(root):
        return Place(quote(path.relative_to(root).as_posix()), base, shown)
    return Place(path.as_uri(), None, shown)


def _repository() -> Path:
    here = Path.cwd().resolve()
    return next((place for place in (here, *here.parents) if (place / ".git").exists()), here)
