"""Files of RDF as streams of quads, read by Oxigraph alone: it fetches nothing and expands no entities."""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NoReturn, cast
from xml.parsers import expat

import pyoxigraph as ox

from kgcheck.errors import InputError, SyntaxInFile
from kgcheck.store.formats import format_of, is_compressed

_CHUNK = 1 << 20
_LONGEST = 32
"""Chunks of a line."""
_PLACE = re.compile(r"^Parser error (?:at|between) .*?: ")
_BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


def parse_file(path: Path) -> Iterator[ox.Quad]:
    """All quads of a file, blank nodes as the file names them.

    Raises InputError where the file is missing, unreadable, not UTF-8, or asks for what kgcheck
    never does (fetch a JSON-LD context, expand XML entities), and SyntaxInFile with line and
    column where it breaks the grammar of its format.
    """
    kind = format_of(path)
    with _opened(path) as stream:
        if kind == ox.RdfFormat.RDF_XML:
            _refuse_entities(path)
        try:
            yield from ox.parse(stream, kind)
        except SyntaxError as error:
            _refuse_encoding(path)
            if kind == ox.RdfFormat.RDF_XML and error.lineno is None:
                error.lineno, error.offset = _xml_place(path)
            _refuse(error, path)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, decompressed and without a byte order mark."""
    try:
        with cast(BinaryIO, gzip.open(path)) if is_compressed(path) else path.open("rb") as stream:
            if stream.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
                stream.seek(0)
            yield stream
    except FileNotFoundError:
        raise InputError("there is no such file", path, remedy="Check the path.") from None
    except PermissionError:
        raise InputError("the file may not be read", path, remedy="Check its permissions.") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InputError(
            "the file is not a whole gzip file", path, remedy="Compress it again or drop the .gz."
        ) from None
    except OSError as error:
        raise InputError(
            f"the file cannot be read: {error.strerror or error}", path, remedy="Check the file."
        ) from None


def mentions(path: Path, word: bytes) -> bool:
    """Whether some bytes, letters in lower case, occur in a file. Raises as `parse_file`."""
    tail = b""
    with _opened(path) as stream:
        while chunk := stream.read(_CHUNK):
            if word in (tail + chunk).lower():
                return True
            tail = chunk[-len(word) :]
    return False


def raw_lines(path: Path) -> Iterator[bytes]:
    """The lines of a file as they stand there, many at a time. Raises as `parse_file`.

    A line beyond all bounds, which no parser takes, comes in parts.
    """
    begun: list[bytes] = []
    with _opened(path) as stream:
        while chunk := stream.read(_CHUNK):
            lines, end, rest = chunk.rpartition(b"\n")
            if end or len(begun) >= _LONGEST:
                yield b"".join((*begun, lines, end))
                begun.clear()
            begun.append(rest)
    yield b"".join(begun)


def _refuse_entities(path: Path) -> None:
    """A document type can make a kilobyte grow to gigabytes, so none is let in."""
    if mentions(path, b"<!doctype"):
        raise InputError(
            "the file has a document type declaration, through which entities come in",
            path,
            remedy="Take the DOCTYPE out and write its entities in full, or convert to Turtle.",
        )


def _refuse_encoding(path: Path) -> None:
    """Raises InputError at the first byte that is not UTF-8; returns where all are."""
    line = 1
    offset = 0
    with _opened(path) as stream:
        for number, content in enumerate(stream):
            if number == 0:
                for mark, name in _BYTE_ORDER_MARKS.items():
                    if content.startswith(mark):
                        raise InputError(f"the file is {name}", path, remedy="Save it as UTF-8.")
            try:
                content.decode("utf-8")
            except UnicodeDecodeError as error:
                raise InputError(
                    f"byte {offset + error.start + 1} (0x{content[error.start]:02X}) is not UTF-8",
                    path,
                    line,
                    len(content[: error.start].decode("utf-8")) + 1,
                    "Save the file as UTF-8.",
                ) from None
            line += 1
            offset += len(content)


def _xml_place(path: Path) -> tuple[int | None, int | None]:
    """Where an XML parser stumbles; it is let near files without document type alone."""
    with _opened(path) as stream:
        try:
            expat.ParserCreate().ParseFile(stream)
        except expat.ExpatError as error:
            return error.lineno, error.offset + 1
    return None, None


def _refuse(error: SyntaxError, path: Path) -> NoReturn:
    message = str(error.msg)
    if "LoadDocumentCallback" in message:
        raise InputError(
            "the JSON-LD context stands at an address, and kgcheck fetches nothing while it reads",
            path,
            remedy="Copy the context into the file.",
        ) from None
    if "No scheme found" in message:
        remedy = "Write the IRI in full or declare a base."
    elif "prefix" in message and "not been declared" in message:
        remedy = "Declare the prefix at the top of the file."
    else:
        remedy = "Mend the file at this place."
    raise SyntaxInFile(_PLACE.sub("", message), path, error.lineno, error.offset, remedy) from None
