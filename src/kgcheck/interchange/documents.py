"""The documents of a sheet, gathered from the rows that come from them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kgcheck.interchange.cells import Cells
from kgcheck.interchange.concepts import Concepts, slug
from kgcheck.interchange.moments import Issued, read_issued

SHARED = ("document_title", "document_date", "document_url", "publisher")
"""The columns that say something of the whole document; one filled cell is enough."""


@dataclass(frozen=True, slots=True)
class SheetDocument:
    """A document that rows come from. `text` is there when the project has it."""

    iri: str
    identifier: str
    title: str | None = None
    publisher: str | None = None
    issued: Issued = field(default_factory=Issued)
    address: str | None = None
    text: str | None = None

    @property
    def sha256(self) -> str | None:
        """The SHA-256 of the text in UTF-8."""
        return None if self.text is None else hashlib.sha256(self.text.encode()).hexdigest()


def gather_documents(
    rows: Iterable[Cells], concepts: Concepts, namespace: str, texts: Path | None
) -> Mapping[str, SheetDocument]:
    """The documents by the words of the `document` cells. Rows that disagree are noted as problems."""
    grouped: dict[str, list[Cells]] = {}
    names: dict[str, str] = {}
    for cells in rows:
        words = cells.text("document")
        if words is None:
            cells.refuse("document", "the row does not say which document it comes from", "fill it in")
            continue
        identifier = names.setdefault(words, identifier_of(words))
        grouped.setdefault(identifier, []).append(cells)
    _refuse_twins(grouped)
    documents = {
        identifier: _document(identifier, members, concepts, namespace, texts)
        for identifier, members in grouped.items()
    }
    return {words: documents[identifier] for words, identifier in names.items()}


def identifier_of(words: str) -> str:
    """A document's name as an identifier: as it stands where it can be, else made from its words."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", words):
        return words
    return slug(re.sub(r"^https?://(www\.)?", "", words.rstrip("/")))


def _refuse_twins(grouped: Mapping[str, list[Cells]]) -> None:
    """Two documents need two file names, also where files know no case."""
    seen: dict[str, str] = {}
    for identifier, members in grouped.items():
        other = seen.setdefault(identifier.casefold(), identifier)
        if other != identifier:
            message = f"{identifier!r} and {other!r} differ in case alone"
            members[0].refuse("document", message, "spell the document in one way")


def _document(
    identifier: str, members: list[Cells], concepts: Concepts, namespace: str, texts: Path | None
) -> SheetDocument:
    said = {column: _agreed(column, members) for column in SHARED}
    publisher = said["publisher"]
    dated = said["document_date"]
    entitled = said["document_title"]
    linked = said["document_url"]
    return SheetDocument(
        iri=namespace + identifier,
        identifier=identifier,
        title=entitled.text("document_title") if entitled else None,
        publisher=concepts.find(publisher, "publisher", "agent") if publisher else None,
        issued=read_issued(dated, "document_date") if dated else Issued(),
        address=_address(linked) if linked else _own_address(members[0]),
        text=_text(texts, identifier, members[0]),
    )


def _agreed(column: str, members: list[Cells]) -> Cells | None:
    """The first row that fills the column; another that says something else is refused."""
    first = next((cells for cells in members if cells.row.get(column)), None)
    if first is None:
        return None
    for cells in members:
        if (words := cells.text(column)) and words != first.text(column):
            cells.refuse(
                column,
                f"{words!r} here, but {first.text(column)!r} in row {first.row.number} for the same document",
                "make the rows agree, or fill in one row alone",
            )
    return first


def _address(cells: Cells) -> str | None:
    words = cells.text("document_url") or ""
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", words):
        return words
    cells.refuse("document_url", f"{words!r} is no web address", "write it with http:// or https://")
    return None


def _own_address(cells: Cells) -> str | None:
    words = cells.text("document") or ""
    return words if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", words) else None


def _text(texts: Path | None, identifier: str, cells: Cells) -> str | None:
    if texts is None:
        return None
    path = texts / f"{identifier}.txt"
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        cells.refuse("document", f"its text {path.name} cannot be read as UTF-8", "save the text as UTF-8")
        return None
