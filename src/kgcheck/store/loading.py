"""Reading files and folders into lines of N-Quads that are ready to be stored.

Oxigraph keeps all of a load or nothing, so statements are passed on while the files are still
being read, and a mistake in the last one leaves the store as it was.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kgcheck.errors import InputError
from kgcheck.store.closing import Closing
from kgcheck.store.formats import FORMATS, format_of, found_in_folders
from kgcheck.store.limits import check_lines
from kgcheck.store.lines import DEFAULT, Piece, ending, pieces
from kgcheck.store.placing import ONTOLOGY, Placement
from kgcheck.store.skolem import BlankNodes, Endings
from kgcheck.store.stored import StoredGraphs, stored_in
from kgcheck.store.workers.inlet import Inlet
from kgcheck.store.workers.limits import TooMuch


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What was read: the files, the documents they speak of, the number of triples, the vocabularies.

    `graphs` are those in which the statements stand now. `triples` counts what the files say, so a file
    that is loaded twice counts twice.
    """

    files: tuple[Path, ...] = ()
    documents: tuple[str, ...] = ()
    triples: int = 0
    vocabularies: tuple[Path, ...] = ()
    graphs: tuple[str, ...] = ()


def find_files(paths: Iterable[Path], *, empty: bool = False) -> list[Path]:
    """The files named, and those with RDF in the folders named, in order and each one once.

    A store on disk counts as one file. Other folders are walked to the bottom; hidden files and folders
    are passed over, and so are `.json` and `.xml`, which may be anything. Raises InputError for a path
    that is not there, a file of unknown kind and, unless `empty` allows for it, a folder without RDF.
    """
    files: dict[Path, None] = {}
    for path in paths:
        if stored_in(path):
            files[path] = None
        elif path.is_dir():
            found = sorted(
                file
                for file in path.rglob("*")
                if found_in_folders(file) and not _hidden(file.relative_to(path)) and file.is_file()
            )
            if not (found or empty):
                raise InputError(
                    "the folder holds no RDF",
                    path,
                    remedy=f"Put files there that end in {' '.join(FORMATS)}.",
                )
            files.update(dict.fromkeys(found))
        elif path.exists():
            format_of(path)
            files[path] = None
        else:
            raise InputError("there is no such file or folder", path, remedy="Check the path.")
    return list(files)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


class File:
    """A file of RDF as lines of N-Quads that are ready to be stored.

    Where a statement belongs, and what else is said about a blank node, may be known at the end of
    the file only. What has to wait for that is kept in memory; where it becomes too much, the file is
    read through to the end and then passed on from the beginning. With `most`, no more than so many
    bytes of lines are looked at.

    `documents`, `vocabularies`, `graphs` and `triples` tell what was in it once all `lines` have come.
    """

    def __init__(self, path: Path, most: int = sys.maxsize) -> None:
        self.path = path
        self.triples = 0
        self._most = most
        self.graphs: set[str] = set()
        self._placement = Placement()
        self._known = False

    @property
    def documents(self) -> set[str]:
        """All documents of which the file says something."""
        return self._placement.documents

    @property
    def vocabularies(self) -> bool:
        """Whether there is a vocabulary in the file."""
        return self._placement.vocabularies

    def lines(self, *, ontology: bool = False, prefix: str = "") -> Iterator[bytes]:
        """All statements in their graphs, or with `ontology` all in its graph, some at a time.

        The names of graphs get the `prefix`. What is derived is left out. Raises InputError,
        SyntaxInFile, and TooMuch where it goes beyond `most`; what came before is of no use then.
        """
        closing = Closing(self.path)
        nodes = BlankNodes(self.path)

        @cache
        def ending_of(graph: str) -> bytes:
            self.graphs.add(graph)
            return ending(prefix + graph)

        def endings(subject: bytes) -> bytes:
            return ending_of(self._placement.owner(subject))

        for piece in self._settled(closing):
            place = self._placement.place(piece.graph)
            closed = closing.find(piece)
            if place == "":
                continue
            placed = ending_of(ONTOLOGY if ontology else place) if ontology or place else None
            for text in (piece.text[:closed], piece.text[closed:]) if closed else (piece.text,):
                others = nodes.collect(text, piece.ending, placed)
                if placed is None:
                    others = _end_each(others, endings)
                elif placed != piece.ending:
                    others = others.replace(piece.ending, placed)
                yield others
                if closed:
                    yield nodes.named(endings)
                    closed = 0
        yield nodes.named(endings)

    def _settled(self, closing: Closing) -> Iterator[Piece]:
        """The pieces of the file, each when it is known where it belongs."""
        if closing.waiting:
            self._read_through(closing)
        waiting: dict[str, list[Piece]] = {}
        left = _PATIENCE
        for piece in self._pieces():
            check_lines(piece.text, self.path)
            self.triples += piece.text.count(b"\n")
            if not self._known:
                self._placement.watch(piece)
                if not self._placement.settled(piece.graph):
                    left -= len(piece.text)
                    if left > 0:
                        waiting.setdefault(piece.graph, []).append(piece)
                        continue
                    self._read_through(closing)
            for graph in list(waiting) if self._known else [piece.graph]:
                yield from waiting.pop(graph, ())
            yield piece
        self._known = True
        for held in waiting.values():
            yield from held

    def _read_through(self, closing: Closing) -> None:
        placement = Placement()
        for piece in self._pieces():
            placement.watch(piece)
            closing.watch(piece)
        closing.watched()
        self._placement = placement
        self._known = True

    def _pieces(self) -> Iterator[Piece]:
        left = self._most
        for piece in pieces(self.path):
            left -= len(piece.text)
            if left < 0:
                raise TooMuch
            yield piece


_PATIENCE = 64 << 20
"""Bytes of lines that may wait for the end of the file."""


def _end_each(text: bytes, endings: Endings) -> bytes:
    """Lines of the default graph, each put where its subject belongs."""
    lines = []
    known, placed = b"", DEFAULT
    for line in text.splitlines(keepends=True):
        subject = line[: line.index(b" ")]
        if subject != known:
            known, placed = subject, endings(subject)
        lines.append(line[: -len(DEFAULT)] + placed)
    return b"".join(lines)


Source = File | StoredGraphs
"""What can be read into a store."""


def source(path: Path, most: int = sys.maxsize) -> Source:
    """A file, of which at most so many bytes of lines are looked at, or a store on disk."""
    return StoredGraphs(path) if stored_in(path) else File(path, most)


def store_lines(raw: ox.Store, lines: Iterator[bytes], *, bulk: bool) -> None:
    """Add lines of N-Quads to a store: all of them, or none where `lines` raises an error.

    `bulk` is quicker on disk, and takes a third longer in memory.
    """
    inlet = Inlet(lines)
    load = raw.bulk_load if bulk else raw.load
    try:
        load(io.BufferedReader(inlet, 1 << 20), ox.RdfFormat.N_QUADS, lenient=True)
    except Exception:
        if inlet.error is not None:
            raise inlet.error from None
        raise
    finally:
        inlet.error = None  # it refers to frames that refer to it, which would keep a store open


def report(files: Iterable[Source]) -> LoadReport:
    """What the files hold together."""
    files = list(files)
    return LoadReport(
        files=tuple(file.path for file in files),
        documents=tuple(sorted({iri for file in files for iri in file.documents})),
        graphs=tuple(sorted({graph for file in files for graph in file.graphs})),
        triples=sum(file.triples for file in files),
        vocabularies=tuple(file.path for file in files if file.vocabularies),
    )
