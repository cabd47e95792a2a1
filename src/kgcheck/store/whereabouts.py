"""On which line of which file something is first described.

Parsers of RDF tell no lines. Turtle, TriG, N-Triples and N-Quads are read here a second time, only as far as
it takes to see where statements begin and what their subject is; in RDF/XML and JSON-LD the first
element or object of that name is looked for. What is not found is said to be nowhere, never guessed.
"""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph as ox

from kgcheck.store.formats import format_of, is_compressed
from kgcheck.store.stored import stored_in

Found = tuple[str, int]
"""An IRI and the line on which a statement about it begins."""

LARGEST = 256 * 1024 * 1024
"""Larger files are not read a second time."""


def find_lines(files: Iterable[Path], wanted: Collection[str]) -> dict[str, tuple[Path, int]]:
    """IRI → the file and the line where it is first described, for those of `wanted` that are found.

    Stores on disk hold no lines. Files that cannot be read (any more) are passed over.
    """
    found: dict[str, tuple[Path, int]] = {}
    for path in files:
        if stored_in(path):
            continue
        for iri, line in lines_of(path):
            if iri in wanted and iri not in found:
                found[iri] = (path, line)
    return found


def lines_of(path: Path) -> Iterator[Found]:
    """Every subject of a file with the line on which it stands, in order."""
    try:
        if path.stat().st_size > LARGEST:
            return
        with gzip.open(path) if is_compressed(path) else path.open("rb") as file:
            text = file.read(LARGEST).decode("utf-8", "replace")
    except OSError:
        return
    lines = _Lines(text)
    for iri, place in _SCANS[format_of(path)](text):
        yield iri, lines.at(place)


class _Lines:
    """The line of one place after the other."""

    def __init__(self, text: str) -> None:
        self._text, self._place, self._line = text, 0, 1

    def at(self, place: int) -> int:
        self._line += self._text.count("\n", self._place, place)
        self._place = place
        return self._line


_TOKEN = re.compile(
    r"""
      (?P<space>\s+|\#[^\n]*)
    | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
    | <(?P<iri>[^<>\s]*)>
    | (?P<word>(?:[^\s<>"'\[\](){};,\#\\]|\\.)+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def _turtle(text: str) -> Iterator[tuple[str, int]]:
    """Subjects of statements, with their places."""
    names: dict[str, str] = {}
    base, depth = "", 0
    declaring: str | None = None  # the declaration that one is in
    prefix: str | None = None
    starting = True  # whether the next term is a subject
    pending: tuple[str, int] | None = None  # a subject, unless a brace makes it the name of a graph
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "space":
            continue
        value = token[kind or 0]
        if pending is not None:
            if value != "{" or kind != "sign":
                yield pending
            pending = None
        if kind == "sign":
            if value in "[(":
                depth += 1
                starting = False
            elif value in "])":
                depth -= 1
            elif value in "{}":
                starting, depth = True, 0
            continue
        ends = kind == "word" and value.endswith(".") and not value.endswith("\\.") and depth <= 0
        if ends:
            value = value.rstrip(".")
        if declaring is not None:
            if kind == "iri":
                if declaring == "prefix" and prefix is not None:
                    names[prefix] = _resolved(base, value)
                elif declaring == "base":
                    base = _resolved(base, value)
                declaring, prefix, starting = None, None, True
            else:
                prefix = value.removesuffix(":")
            continue
        if starting and value:
            if kind == "word" and (word := value.lower().removeprefix("@")) in ("prefix", "base"):
                declaring = word
                continue
            if not (kind == "word" and value.lower() == "graph"):
                starting = False
                if kind == "iri":
                    pending = (_resolved(base, value), token.start())
                elif kind == "word" and ":" in value and not value.startswith("_:"):
                    name, _, local = value.partition(":")
                    if name in names:
                        pending = (names[name] + re.sub(r"\\(.)", r"\1", local), token.start())
        if ends:
            starting = True


def _resolved(base: str, iri: str) -> str:
    """`urljoin` would tidy up whole IRIs, and drop the `#` at the end of a namespace."""
    return iri if not base or _SCHEME.match(iri) else urljoin(base, iri)


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def _xml(text: str) -> Iterator[tuple[str, int]]:
    base = next((html.unescape(found[2]) for found in _XML_BASE.finditer(text)), "")
    for found in _XML_NAME.finditer(text):
        value = html.unescape(found[3])
        yield _resolved(base, f"#{value}" if found[1] == "ID" else value), found.start()


_XML_BASE = re.compile(r"""\bxml:base\s*=\s*(["'])([^"'<]*)\1""")
_XML_NAME = re.compile(r"""\brdf:(about|ID)\s*=\s*(["'])([^"'<]*)\2""")


def _json(text: str) -> Iterator[tuple[str, int]]:
    """Names of objects: whole, or of a prefix that the text declares."""
    names = {found[1]: found[2] for found in _JSON_PREFIX.finditer(text)}
    for found in _JSON_NAME.finditer(text):
        try:
            value = json.loads(found[1])
        except ValueError:
            continue
        name, _, local = value.partition(":")
        yield names[name] + local if name in names and not local.startswith("//") else value, found.start()


_JSON_PREFIX = re.compile(r'"([\w.-]+)"\s*:\s*"([a-z]+:[^"\\\s]*[#/])"')
_JSON_NAME = re.compile(r'"@id"\s*:\s*("(?:[^"\\]|\\.)*")')

_SCANS: dict[ox.RdfFormat, Callable[[str], Iterator[tuple[str, int]]]] = {
    ox.RdfFormat.TURTLE: _turtle,
    ox.RdfFormat.TRIG: _turtle,
    ox.RdfFormat.N_TRIPLES: _turtle,
    ox.RdfFormat.N_QUADS: _turtle,
    ox.RdfFormat.JSON_LD: _json,
    ox.RdfFormat.RDF_XML: _xml,
}
