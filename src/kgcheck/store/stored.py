"""A store on disk as one more thing to read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kgcheck.errors import InputError
from kgcheck.namespaces import DERIVED, expand, kgc
from kgcheck.store.placing import ONTOLOGY

INCOMING = "urn:kgcheck:incoming:"
"""Begins the names of graphs that are on their way into an archive; nobody else sees them."""

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
            if isinstance(quad.subject, ox.NamedNode) and _settled(quad)
        }
        self.vocabularies = any(self._raw.quads_for_pattern(None, None, None, _ONTOLOGY))
        self.triples = len(self._raw)

    def quads(self) -> Iterator[ox.Quad]:
        """All statements but derived ones, and those that were still on their way."""
        return filter(_settled, self._raw)

    def ontology_quads(self) -> Iterator[ox.Quad]:
        """All of these in the graph of the ontology."""
        for subject, predicate, value, _ in self.quads():
            yield ox.Quad(subject, predicate, value, _ONTOLOGY)


def _settled(quad: ox.Quad) -> bool:
    graph = quad.graph_name
    return isinstance(graph, ox.NamedNode) and graph.value != DERIVED and not graph.value.startswith(INCOMING)
