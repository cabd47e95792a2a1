"""A project's documents on disk, each in a graph of its own, changed one step at a time.

A step is all there or not at all, also when the process is killed in the middle of it. What is added
comes in one bulk load, of which Oxigraph keeps all or nothing. What replaces something comes in under
other graph names first; then one transaction moves it to its place. Names of the first kind and files of
bulk loads that are found when an archive is opened are what an unfinished step left, and go.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kgcheck.errors import InputError, UsageError
from kgcheck.namespaces import expand, kgc
from kgcheck.store.loading import LoadReport, find_files
from kgcheck.store.placing import COMMON, INCOMING, ONTOLOGY
from kgcheck.store.quarantine import load_apart
from kgcheck.store.stored import notes, revised, stored_in
from kgcheck.store.workers.limits import Limits

_SHARED = frozenset({COMMON, ONTOLOGY})
_LARGE = 1_000_000
"""Triples that are put in order after they have come in."""

_LEFT = ("bulk-*.sst", "LOG.old.*")
"""Files of Oxigraph that nobody needs any more once the store is open again: nobody else writes to it."""

_UNSAFE = re.compile(r'[<>"{}|\\^`\x00-\x20]')
_TYPE = ox.NamedNode(expand("rdf:type"))
_IDENTIFIER = ox.NamedNode(expand("dct:identifier"))
_DOCUMENT = ox.NamedNode(kgc("Document"))


@dataclass(frozen=True, slots=True)
class Change:
    """What a step changed: the graphs of documents that came, went or were replaced; triples that came."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    triples: int = 0


class Archive:
    """The archive kept in a folder, as a context that closes it.

    Raises InputError where the folder holds something else, is missing (unless `create`), or is open in
    another process.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        if not stored_in(folder):
            if folder.exists() and not _free(folder):
                raise InputError("this is no store of kgcheck", folder, remedy="Name an empty or new folder.")
            if not create:
                raise InputError("there is no store here", folder, remedy="Make one with kgcheck add.")
        try:
            self.raw = ox.Store(folder)
        except OSError as error:
            if "lock" in str(error).lower():
                raise InputError(
                    "another process works on this store", folder, remedy="Wait until it is done."
                ) from None
            raise InputError(f"the store cannot be opened: {error}", folder) from None
        self.folder = folder
        self._discard()
        for left in _LEFT:
            for file in folder.glob(left):
                file.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del self.raw

    def documents(self) -> list[str]:
        """The IRIs of all documents, sorted."""
        return sorted(
            quad.subject.value
            for quad in self.raw.quads_for_pattern(None, _TYPE, _DOCUMENT)
            if isinstance(quad.subject, ox.NamedNode) and not _incoming(quad.graph_name)
        )

    def add(self, paths: Iterable[Path], limits: Limits | None = None) -> Change:
        """Add files and folders of RDF. Raises as `Store.load`; UsageError for documents that are there."""
        added: list[str] = []

        def accept(report: LoadReport) -> Iterator[ox.Quad]:
            added[:] = sorted(set(report.graphs) - _SHARED)
            if there := [document for document in added if self._has(document)]:
                raise UsageError(
                    f"{_some(there)} stored already",
                    remedy="replace it with kgcheck replace, or remove it first",
                )
            return notes(report.graphs)

        report = load_apart(self.raw, find_files(paths), limits or Limits(), accept=accept, bulk=True)
        if report.triples >= _LARGE:
            self.raw.optimize()  # all comes in many pieces that overlap: reading a graph looks into each
        return Change(added=tuple(added), triples=report.triples)

    def replace(self, path: Path, limits: Limits | None = None) -> Change:
        """Put the documents of a file in the place of those of the same names.

        Raises as `Store.load`, and UsageError where the file has no document, or one that is not there.
        """
        report = self._receive(find_files([path]), limits)
        arrived = self._arrived()
        missing = [document for document in arrived if not self._has(document)]
        if missing or not arrived:
            self._discard()
            if not arrived:
                raise UsageError(f"{path} holds no document", remedy="add what it says with kgcheck add")
            raise UsageError(f"{_some(missing)} not stored", remedy="add it with kgcheck add")
        return self._settle(report)

    def remove(self, name: str) -> Change:
        """Remove a document, named by its IRI, its identifier or the end of its IRI.

        Raises UsageError where none or several are called so.
        """
        document = self._find(name)
        self.raw.update(f"DROP GRAPH {_quoted(document)} ;\n{revised((), (document,))}")
        return Change(removed=(document,))

    def _receive(self, files: Sequence[Path], limits: Limits | None) -> LoadReport:
        try:
            return load_apart(self.raw, files, limits or Limits(), prefix=INCOMING, bulk=True)
        except BaseException:
            self._discard()
            raise

    def _arrived(self) -> list[str]:
        """The documents' graphs that wait to be moved to their places."""
        return sorted(set(self._waiting()) - _SHARED)

    def _waiting(self) -> list[str]:
        return [
            name.value.removeprefix(INCOMING)
            for name in self.raw.named_graphs()
            if isinstance(name, ox.NamedNode) and _incoming(name)
        ]

    def _settle(self, report: LoadReport) -> Change:
        arrived = self._arrived()
        replaced = [document for document in arrived if self._has(document)]
        steps = []
        for graph in self._waiting():
            source, target = _quoted(INCOMING + graph), _quoted(graph)
            shared = graph in _SHARED
            steps.append(
                f"ADD {source} TO {target} ; DROP GRAPH {source}" if shared else f"MOVE {source} TO {target}"
            )
        if steps:
            steps.append(revised(self._waiting()))
            self.raw.update(" ;\n".join(steps))
        return Change(
            added=tuple(sorted(set(arrived) - set(replaced))),
            replaced=tuple(replaced),
            triples=report.triples,
        )

    def _discard(self) -> None:
        """Drop what an unfinished step left."""
        for graph in self._waiting():
            self.raw.remove_graph(ox.NamedNode(INCOMING + graph))

    def _has(self, document: str) -> bool:
        return any(self.raw.quads_for_pattern(None, None, None, ox.NamedNode(document)))

    def _find(self, name: str) -> str:
        documents = self.documents()
        if name in documents:
            return name
        named = {
            quad.subject.value
            for quad in self.raw.quads_for_pattern(None, _IDENTIFIER, ox.Literal(name))
            if isinstance(quad.subject, ox.NamedNode)
        }
        found = sorted(named.intersection(documents)) or [
            document for document in documents if document.endswith((f"/{name}", f"#{name}"))
        ]
        if len(found) > 1:
            raise UsageError(
                f"{len(found)} documents are called {name!r}", remedy=f"name one whole: {found[0]}"
            )
        if not found:
            near = difflib.get_close_matches(name, [document.rpartition("/")[2] for document in documents], 1)
            raise UsageError(
                f"no document is called {name!r}", remedy=f"did you mean {near[0]}?" if near else None
            )
        return found[0]


def _free(folder: Path) -> bool:
    """Whether a store may be made here: an empty folder, or one where a process was killed at that."""
    return folder.is_dir() and all(
        entry.name in ("LOCK", "IDENTITY", "CURRENT") or re.match(r"LOG|MANIFEST-|OPTIONS-|\d+\.", entry.name)
        for entry in folder.iterdir()
    )


def _incoming(graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | ox.Triple) -> bool:
    return isinstance(graph, ox.NamedNode) and graph.value.startswith(INCOMING)


def _quoted(iri: str) -> str:
    """An IRI for the text of an update; those with signs that could end it never get past the parser."""
    if _UNSAFE.search(iri):
        raise InputError(f"a graph has the name {iri!r}, which is no IRI", remedy="Rename it.")
    return f"<{iri}>"


def _some(documents: Sequence[str]) -> str:
    rest = f" and {len(documents) - 1} more are" if len(documents) > 1 else " is"
    return f"{documents[0]}{rest}"
