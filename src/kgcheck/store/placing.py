"""Which graph each statement of a file belongs to.

A document has a graph of its own, named like the document. A file without graph names is taken
apart: what is said about a document, its claims and whatever hangs on them goes to the graph of that
document; a vocabulary goes to the graph of the ontology; all else (agents, sources, inspections) to
one graph that all files share. Where a file holds one document, all of it goes there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kgcheck.namespaces import DERIVED, KGC, expand, kgc
from kgcheck.store.lines import Piece

ONTOLOGY = kgc("ontology")
"""The graph of all vocabularies: only what stands here tells how concepts behave."""

COMMON = "urn:kgcheck:common"
"""The graph of what belongs to no document and is no vocabulary."""


INCOMING = "urn:kgcheck:incoming:"
"""Begins the names of graphs that are on their way into an archive; nobody else sees them."""

REVISIONS = "urn:kgcheck:revisions"
"""The graph in which an archive notes the last change of each of its graphs."""


def is_internal(graph: str) -> bool:
    """Whether a graph is kgcheck's own, which no file may write to."""
    return graph in (DERIVED, REVISIONS) or graph.startswith(INCOMING)


def _typed(iri: str) -> bytes:
    return f"<{expand('rdf:type')}> <{iri}>".encode()


_IN_DOCUMENT = f"<{kgc('inDocument')}>".encode()
_DOCUMENT = _typed(kgc("Document"))
_CONCEPTS = [
    _typed(iri)
    for iri in (
        expand("owl:Ontology"),
        expand("skos:Concept"),
        expand("skos:ConceptScheme"),
        *(KGC + name for name in ("GradingScheme", "Measure", "MeasureFamily", "Proposition", "Question")),
    )
]


@dataclass(slots=True)
class _Contents:
    """What one graph of a file is about."""

    documents: set[str] = field(default_factory=set)
    owners: dict[bytes, str] = field(default_factory=dict)  # claims whose IRI does not tell → document
    vocabulary: bool = False


class Placement:
    """Watches the statements of a file go by, then places them."""

    def __init__(self) -> None:
        self._graphs: dict[str, _Contents] = {}

    def watch(self, piece: Piece) -> None:
        """Take note of what tells what a graph is about."""
        contents = self._graphs.get(piece.graph)
        if contents is None:
            contents = self._graphs[piece.graph] = _Contents()
        text = piece.text
        for subject, _ in _find(text, _DOCUMENT):
            if subject.startswith(b"<"):
                contents.documents.add(subject[1:-1].decode())
        for subject, rest in _find(text, _IN_DOCUMENT):
            if rest.startswith(b"<"):
                document = rest[1 : rest.index(b">")].decode()
                contents.documents.add(document)
                if not piece.graph and subject.partition(b"#")[0] != b"<" + document.encode():
                    contents.owners[subject] = document
        if not (contents.documents or contents.vocabulary):
            contents.vocabulary = any(True for kind in _CONCEPTS for _ in _find(text, kind))

    @property
    def documents(self) -> set[str]:
        """All documents of which the file says something."""
        return {document for contents in self._graphs.values() for document in contents.documents}

    @property
    def vocabularies(self) -> bool:
        """Whether any graph of the file is a vocabulary."""
        return any(contents.vocabulary and not contents.documents for contents in self._graphs.values())

    def settled(self, graph: str) -> bool:
        """Whether nothing that is still to come can change the place of what stands in a graph."""
        return is_internal(graph) or bool(graph and self._graphs[graph].documents)

    def place(self, graph: str) -> str | None:
        """Where the statements of a graph belong.

        None where it depends on the subject, see `owner`; empty where they are derived, or in a graph
        that is kgcheck's own, and hence to be left out.
        """
        if is_internal(graph):
            return ""
        contents = self._graphs[graph]
        if contents.vocabulary and not contents.documents:
            return ONTOLOGY
        if graph:
            return graph
        if not contents.documents:
            return COMMON
        return next(iter(contents.documents)) if len(contents.documents) == 1 else None

    def owner(self, subject: bytes) -> str:
        """The graph for what a file without graph names says about an IRI in angle brackets."""
        contents = self._graphs[""]
        iri = subject[1:-1].decode()
        if iri in contents.documents:
            return iri
        document = contents.owners.get(subject) or iri.partition("#")[0]
        return document if document in contents.documents else COMMON


def _find(text: bytes, middle: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The lines with `middle` after the subject: the subject, and some of what follows."""
    before, *pieces = text.split(b" " + middle + b" ")
    for piece in pieces:
        subject = before[before.rfind(b"\n") + 1 :]
        if b" " not in subject:  # else it is what a literal says
            yield subject, piece
        before = piece
