"""Reading files and folders into quads that are ready to be stored.

Everything is read through once before anything is stored, so that a mistake in the last file
leaves the store as it was; memory holds the statements with blank nodes alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kgcheck.errors import InputError
from kgcheck.store.formats import FORMATS, format_of, found_in_folders
from kgcheck.store.limits import check_depth, check_literal, refuse_triple_term
from kgcheck.store.parsing import parse_file
from kgcheck.store.placing import ONTOLOGY, Placement
from kgcheck.store.skolem import skolemise
from kgcheck.store.stored import StoredGraphs, stored_in


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What was read: the files, the documents they speak of, the number of triples, the vocabularies.

    `triples` counts what the files say, so a file that is loaded twice counts twice.
    """

    files: tuple[Path, ...] = ()
    documents: tuple[str, ...] = ()
    triples: int = 0
    vocabularies: tuple[Path, ...] = ()


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


@dataclass(slots=True)
class SurveyedFile:
    """A file that was read through once without a mistake.

    `placement` knows where its statements belong; `unnamed` are those with blank nodes, which by
    now have names.
    """

    path: Path
    placement: Placement
    triples: int
    unnamed: list[ox.Quad] = field(default_factory=list)

    @property
    def documents(self) -> set[str]:
        """All documents of which the file says something."""
        return self.placement.documents

    @property
    def vocabularies(self) -> bool:
        """Whether there is a vocabulary in the file."""
        return self.placement.vocabularies

    def quads(self) -> Iterator[ox.Quad]:
        """All statements in their graphs. The file is read a second time for those without blank nodes."""
        yield from self.unnamed
        place = self.placement.place
        for quad in parse_file(self.path):
            if not _touches_blank_node(quad) and (graph := place(quad)) is not None:
                yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)

    def ontology_quads(self) -> Iterator[ox.Quad]:
        """All statements in the graph of the ontology, wherever the file puts them."""
        for quad in self.quads():
            yield ox.Quad(quad.subject, quad.predicate, quad.object, _ONTOLOGY)


_ONTOLOGY = ox.NamedNode(ONTOLOGY)


Surveyed = SurveyedFile | StoredGraphs
"""What has been looked through and can be stored."""


def survey(path: Path) -> Surveyed:
    """Read a file through, checking all of it; what a store holds was checked when it came in.

    Raises InputError and SyntaxInFile.
    """
    if stored_in(path):
        return StoredGraphs(path)
    placement = Placement()
    unnamed: list[ox.Quad] = []
    triples = 0
    for quad in parse_file(path):
        triples += 1
        if _touches_blank_node(quad):
            if isinstance(quad.graph_name, ox.BlankNode):
                raise InputError("a graph without a name", path, remedy="Give the graph an IRI.")
            unnamed.append(quad)
        if isinstance(quad.object, ox.Literal):
            check_literal(quad, path)
        elif isinstance(quad.object, ox.Triple):
            refuse_triple_term(quad, path)
        else:
            placement.watch(quad)
    placement.hang(unnamed)
    check_depth(placement.parents, path)
    placed = [
        ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        for quad in unnamed
        if (graph := placement.place(quad)) is not None
    ]
    return SurveyedFile(path, placement, triples, list(skolemise(placed, path)))


def _touches_blank_node(quad: ox.Quad) -> bool:
    return (
        isinstance(quad.subject, ox.BlankNode)
        or isinstance(quad.object, ox.BlankNode)
        or isinstance(quad.graph_name, ox.BlankNode)
    )


def report(files: Iterable[Surveyed]) -> LoadReport:
    """What the files hold together."""
    files = list(files)
    return LoadReport(
        files=tuple(file.path for file in files),
        documents=tuple(sorted({iri for file in files for iri in file.documents})),
        triples=sum(file.triples for file in files),
        vocabularies=tuple(file.path for file in files if file.vocabularies),
    )
