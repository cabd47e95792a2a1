"""Files as documents: plain text, Markdown, HTML, PDF and DOCX.

Plain text and Markdown are read as they are, so that offsets belong to the file. Of the other forms
a text is made, which has to be kept beside the claims because the offsets belong to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kgcheck.errors import InputError, UsageError
from kgcheck.extract.documents import SourceText
from kgcheck.model.period import Period
from kgcheck.semantics import resolve_period

TEXTS = (".txt", ".md", ".markdown", ".text")
PAGES = (".html", ".htm", ".xhtml")
SUFFIXES = (*TEXTS, *PAGES, ".pdf", ".docx")
"""The endings of the files that can be read."""

LARGEST = 64 * 1024 * 1024
_NOBODY = "python-docx"
_IDENTIFIER = re.compile(r"[^A-Za-z0-9._-]+")


def read_source(path: Path) -> SourceText:
    """The document in a file.

    A file `name.json` beside it may say what is known of it: `title`, `publisher`, `published`,
    `address`. Raises InputError for what cannot be read and UsageError where a library is missing.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise InputError(
            "no text in a form that is known", path, remedy=f"name a file that ends in {' '.join(SUFFIXES)}"
        )
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        raise InputError("this is a folder, not a text", path, remedy="name the files in it") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path) from error
    if len(data) > LARGEST:
        raise InputError(
            f"larger than {LARGEST // 1024 // 1024} MB", path, remedy="cut it into its documents"
        )
    source = read(path, data)
    return _with_notes(source, path.with_suffix(".json"))


def identifier_of(path: Path) -> str:
    """A file's name as the identifier of its document."""
    return _IDENTIFIER.sub("-", path.stem).strip("-.") or "document"


def _plain(path: Path, data: bytes) -> SourceText:
    return SourceText(identifier_of(path), _decoded(path, data), path)


def _decoded(path: Path, data: bytes) -> str:
    """UTF-8 as it stands; UTF-16 only with its mark, since offsets are of the text and not of bytes."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"not {encoding.upper()} at byte {error.start}", path, remedy="save the text as UTF-8"
        ) from error


def _page(path: Path, data: bytes) -> SourceText:
    """The article of a web page, boilerplate and scripts left out, tables as rows of `|`."""
    try:
        import trafilatura
    except ImportError as error:
        raise _missing("trafilatura", "html", path) from error
    try:
        found = trafilatura.bare_extraction(
            data, include_tables=True, include_comments=False, include_links=False, with_metadata=True
        )
        text = (
            trafilatura.extract(data, include_tables=True, include_comments=False, include_links=False) or ""
        )
    except Exception as error:  # the parser's own errors are of many kinds
        raise InputError(f"the page cannot be read: {error}", path) from error
    told: Mapping[str, str | None] = (found if isinstance(found, dict) else found.as_dict()) if found else {}
    if not text.strip():
        raise InputError("the page holds no article", path, remedy="save its text as a .txt file")
    issued = told.get("date")
    return SourceText(
        identifier_of(path),
        _whole(text),
        path,
        cleaned=True,
        title=told.get("title"),
        publisher=told.get("sitename"),
        byline=told.get("author"),
        address=_address(told.get("url")),
        date_words=issued,
        date_basis="stated" if issued else "unknown",
        issued=_issued(issued),
    )


def _pdf(path: Path, data: bytes) -> SourceText:
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise _missing("pypdf", "pdf", path) from error
    from io import BytesIO

    try:
        reader = PdfReader(BytesIO(data))
        text = _whole("\n\n".join(page.extract_text() for page in reader.pages))
        told = reader.metadata
        title, byline = (told.title, told.author) if told else (None, None)
    except Exception as error:  # pypdf raises many kinds for broken files
        raise InputError(f"the PDF cannot be read: {error}", path) from error
    if not text.strip():
        raise InputError(
            "the PDF holds no text, only pictures of it", path, remedy="run it through text recognition"
        )
    return SourceText(
        identifier_of(path), text, path, cleaned=True, title=title or None, byline=byline or None
    )


def _docx(path: Path, data: bytes) -> SourceText:
    try:
        import docx
        from docx.table import Table
    except ImportError as error:
        raise _missing("python-docx", "docx", path) from error
    from io import BytesIO

    try:
        document = docx.Document(BytesIO(data))
        parts = []
        for item in document.iter_inner_content():
            if isinstance(item, Table):
                parts.append("\n".join(f"| {' | '.join(_cells(row.cells))} |" for row in item.rows))
            else:
                parts.append(item.text)
        told = document.core_properties
        byline = None if told.author == _NOBODY else told.author or None
    except Exception as error:  # broken archives and foreign parts fail in many ways
        raise InputError(f"the document cannot be read: {error}", path) from error
    text = _whole("\n\n".join(parts))
    return SourceText(identifier_of(path), text, path, cleaned=True, title=told.title or None, byline=byline)


def _cells(cells: Sequence[Any]) -> Iterator[str]:
    """The words of a row's cells; one that spreads over several columns comes once, then empty."""
    before = None
    for cell in cells:
        yield "" if cell._tc is before else " ".join(cell.text.replace("|", "/").split())
        before = cell._tc


def _whole(text: str) -> str:
    """The text without halves of letters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def _missing(library: str, extra: str, path: Path) -> UsageError:
    return UsageError(
        f"reading this file needs {library}",
        path,
        remedy=f"install kgcheck[{extra}], or save the file as text",
    )


def _with_notes(source: SourceText, beside: Path) -> SourceText:
    """The document with what the `.json` file beside it says."""
    from dataclasses import replace

    if not beside.is_file():
        return source
    try:
        told = json.loads(beside.read_text("utf-8"))
    except (OSError, ValueError):
        return source
    if not isinstance(told, dict):
        return source
    said = {key: value for key, value in told.items() if isinstance(value, str) and value.strip()}
    issued = said.get("published")
    return replace(
        source,
        title=said.get("title", source.title),
        publisher=said.get("publisher", source.publisher),
        address=_address(said.get("address")) or source.address,
        date_words=issued or source.date_words,
        date_basis="stated" if issued else source.date_basis,
        issued=_issued(issued) if issued else source.issued,
    )


def _issued(words: str | None) -> Period:
    """The days that words name; a remark in brackets is left out."""
    return resolve_period(re.sub(r"\s*\(.*?\)", "", words)) if words else Period()


def _address(words: str | None) -> str | None:
    return words if words and re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", words) else None


_READERS: Mapping[str, Callable[[Path, bytes], SourceText]] = {
    **dict.fromkeys(TEXTS, _plain),
    **dict.fromkeys(PAGES, _page),
    ".pdf": _pdf,
    ".docx": _docx,
}
