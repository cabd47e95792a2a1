"""A store on disk as one more thing to read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeGuard

import pyoxigraph as ox

from kgcheck.errors import InputError
from kgcheck.namespaces import expand, kgc
from kgcheck.store.lines import ending, write_lines
from kgcheck.store.placing import ONTOLOGY, REVISIONS, is_internal

_REVISIONS = ox.NamedNode(REVISIONS)
_REVISION = ox.NamedNode("urn:kgcheck:revision")
_TYPE = ox.NamedNode(expand("rdf:type"))
_DOCUMENT = ox.NamedNode(kgc("Document"))
_ONTOLOGY = ox.NamedNode(ONTOLOGY)


def stored_in(folder: Path) -> bool:
    """Whether Oxigraph keeps a store in this folder."""
    return (folder / "CURRENT").is_file() and any(folder.glob("MANIFEST-*"))


class StoredGraphs:
    """What a store on disk held when this was made; others may go on changing the store.

    Raises InputError for a store that cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._raw = ox.Store.read_only(str(path))
        except OSError as error:
            raise InputError(f"the store cannot be opened: {error}", path) from None
        self.documents = {
            quad.subject.value
            for quad in self._raw.quads_for_pattern(None, _TYPE, _DOCUMENT)
            if isinstance(quad.subject, ox.NamedNode) and _settled(quad.graph_name)
        }
        self.vocabularies = any(self._raw.quads_for_pattern(None, None, None, _ONTOLOGY))
        self.triples = len(self._raw)
        self.graphs: set[str] = set()

    def lines(self, *, ontology: bool = False, prefix: str = "") -> Iterator[bytes]:
        """All statements but derived ones, and those that were still on their way, as lines of N-Quads.

        With `ontology` all stand in its graph; the names of graphs get the `prefix`.
        """
        for name in self._raw.named_graphs():
            if not _settled(name):
                continue
            graph = ONTOLOGY if ontology else name.value
            self.graphs.add(graph)
            for text in write_lines(self._raw.quads_for_pattern(None, None, None, name)):
                yield text.replace(ending(name.value), ending(prefix + graph))


def revisions(raw: ox.Store) -> dict[str, str]:
    """The graphs of an archive, each with a mark that is another one after every change of it."""
    found: dict[str, list[str]] = {}
    for quad in raw.quads_for_pattern(None, _REVISION, None, _REVISIONS):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            found.setdefault(quad.subject.value, []).append(quad.object.value)
    # Where a change only added something the note of the one before is still there.
    return {graph: " ".join(sorted(marks)) for graph, marks in found.items()}


def notes(graphs: Iterable[str]) -> Iterator[ox.Quad]:
    """What is to be stored along with an addition to these graphs."""
    for graph in graphs:
        yield ox.Quad(ox.NamedNode(graph), _REVISION, ox.Literal(uuid.uuid4().hex), _REVISIONS)


def revised(graphs: Iterable[str], gone: Iterable[str] = ()) -> str:
    """The steps of an update that note a change of these graphs, or that they are `gone`.

    The names must be safe to stand between angle brackets.
    """
    place, property_ = f"<{REVISIONS}>", f"<{_REVISION.value}>"
    changed = sorted(graphs)
    steps = [
        f"DELETE WHERE {{ GRAPH {place} {{ <{name}> {property_} ?mark }} }}" for name in (*changed, *gone)
    ]
    if changed:
        notes = " ".join(f'<{name}> {property_} "{uuid.uuid4().hex}" .' for name in changed)
        steps.append(f"INSERT DATA {{ GRAPH {place} {{ {notes} }} }}")
    return " ;\n".join(steps)


def _settled(graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> TypeGuard[ox.NamedNode]:
    return isinstance(graph, ox.NamedNode) and not is_internal(graph.value)
