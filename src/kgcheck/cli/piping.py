"""Standard input among the paths of a command, where `-` stands for it: a file for as long as the run."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kgcheck.cli.options import INPUT_FORMATS
from kgcheck.cli.output import note
from kgcheck.errors import InputError, KgcheckError, UsageError

_NAME = "standard input"
_DASH = Path("-")
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20
_LOOK = 64 << 10
_MARK = b"\xef\xbb\xbf"

_SPACE = re.compile(rb"\A(?:\s+|#[^\n]*\n)*")
_JSON = re.compile(rb"\{\s*[\"}]|\[\s*[{\]]")
_STATEMENT = re.compile(rb'(?:<[^<>"\s]*>|_:\S+)\s+<[^<>"\s]*>\s+(?:<|_:|")[^\n]*\.[ \t]*(?:#[^\n]*)?\r?\n')
_DIRECTIVE = re.compile(rb"@?(?:prefix|base)\s", re.IGNORECASE)
_XML = re.compile(rb"<(?:\?xml|!--|!DOCTYPE|rdf:RDF)\b|<!--")


@contextmanager
def piped(paths: Sequence[Path], form: str | None) -> Iterator[tuple[Path, ...]]:
    """The paths, with `-` replaced by a file that holds what standard input gave.

    `form` is a name of INPUT_FORMATS, None to go by the first words; gzip is told by its first bytes.
    Errors in the file name standard input as their place. Raises UsageError where `form` has nothing
    to describe and where `-` stands twice, InputError where nothing comes in, or nothing that tells
    what it is.
    """
    dashes = sum(path == _DASH for path in paths)
    if not dashes:
        if form is not None:
            raise UsageError(
                "--input-format is for standard input, which no PATH stands for",
                remedy="name - as a PATH, or leave it out: files are told by their extensions",
            )
        yield tuple(paths)
        return
    if dashes > 1:
        raise UsageError("standard input can be read once", remedy="name - once")
    with tempfile.TemporaryDirectory(prefix="kgcheck-input-") as folder:
        place = _received(Path(folder), form)
        with standing_for({place: _NAME}):
            yield tuple(place if path == _DASH else path for path in paths)


@contextmanager
def standing_for(names: Mapping[Path, Path | str]) -> Iterator[None]:
    """Errors in files that are there for the run alone name what these stand for."""
    try:
        yield
    except KgcheckError as error:
        for place, name in names.items():
            if error.path is not None and Path(error.path) == place:
                error.path = name
            error.message = error.message.replace(str(place), str(name))
        raise


def _received(folder: Path, form: str | None) -> Path:
    """Standard input in a file of the right name."""
    if sys.stdin.isatty():
        note("reading standard input, up to its end (Ctrl-D)")
    source: BinaryIO = sys.stdin.buffer
    first = _first(source)
    if not first:
        raise InputError("nothing came in", _NAME, remedy="pipe RDF into it, or name files")
    packed = first.startswith(_GZIP)
    extension = INPUT_FORMATS[form] if form else _guessed(_unpacked(first) if packed else first)
    place = folder / f"input{extension}{'.gz' if packed else ''}"
    with place.open("wb") as file:
        file.write(first)
        while chunk := source.read(_CHUNK):
            file.write(chunk)
    return place


def _first(source: BinaryIO) -> bytes:
    found = b""
    while len(found) < _LOOK and (chunk := source.read(_LOOK - len(found))):
        found += chunk
    return found


def _unpacked(packed: bytes) -> bytes:
    """What the beginning of a gzip stream holds, as far as it goes; nothing where it is broken."""
    import zlib

    try:
        return zlib.decompressobj(wbits=31).decompress(packed, _LOOK)
    except zlib.error:
        return b""


def _guessed(first: bytes) -> str:
    """The extension for what begins so.

    N-Quads have N-Triples in them, and TriG has Turtle. Raises InputError where the beginning fits none.
    """
    words = _SPACE.sub(b"", first.removeprefix(_MARK), 1)
    if _JSON.match(words):
        return ".jsonld"
    if _XML.match(words):
        return ".rdf"
    if _STATEMENT.match(words):
        return ".nq"
    if _DIRECTIVE.match(words):
        return ".trig"
    raise InputError(
        "its first words do not tell which format this is",
        _NAME,
        remedy=f"say it with --input-format: {', '.join(INPUT_FORMATS)}",
    )
