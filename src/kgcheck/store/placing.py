"""Which graph each statement of a file belongs to.

A document has a graph of its own, named like the document. A file without graph names is taken
apart: what is said about a document, its claims and whatever hangs on them goes to the graph of that
document; a vocabulary goes to the graph of the ontology; all else (agents, sources, inspections) to
one graph that all files share. Where a file holds one document, all of it goes there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kgcheck.namespaces import DERIVED, KGC, expand, kgc

ONTOLOGY = kgc("ontology")
"""The graph of all vocabularies: only what stands here tells how concepts behave."""

COMMON = "urn:kgcheck:common"
"""The graph of what belongs to no document and is no vocabulary."""

_TYPE = expand("rdf:type")
_IN_DOCUMENT = kgc("inDocument")
_DOCUMENT = kgc("Document")
_CONCEPTS = frozenset(
    {
        expand("owl:Ontology"),
        expand("skos:Concept"),
        expand("skos:ConceptScheme"),
        *(KGC + name for name in ("GradingScheme", "Measure", "MeasureFamily", "Proposition", "Question")),
    }
)

Place = Callable[[ox.Quad], ox.NamedNode | None]


@dataclass(slots=True)
class _Contents:
    """What one graph of a file is about."""

    documents: set[str] = field(default_factory=set)
    owners: dict[str, str] = field(default_factory=dict)  # claim or computation → its document
    vocabulary: bool = False


class Placement:
    """Watches the statements of a file go by, then places them."""

    def __init__(self) -> None:
        self._graphs: dict[str, _Contents] = {"": _Contents()}
        self._parents: dict[str, str] = {}  # blank node → what it hangs on

    def watch(self, quad: ox.Quad) -> None:
        """Take note of a statement that tells what a graph is about."""
        predicate = quad.predicate.value
        if predicate == _TYPE:
            contents = self._contents(quad)
            kind = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
            if kind == _DOCUMENT and isinstance(quad.subject, ox.NamedNode):
                contents.documents.add(quad.subject.value)
            elif kind in _CONCEPTS:
                contents.vocabulary = True
        elif predicate == _IN_DOCUMENT and isinstance(quad.object, ox.NamedNode):
            contents = self._contents(quad)
            contents.documents.add(quad.object.value)
            if isinstance(quad.subject, ox.NamedNode):
                contents.owners[quad.subject.value] = quad.object.value

    def hang(self, quads: Iterable[ox.Quad]) -> None:
        """Take note of what each blank node hangs on; the first in order where it is several things."""
        for quad in quads:
            if isinstance(quad.object, ox.BlankNode) and not isinstance(quad.subject, ox.Triple):
                node, above = quad.object.value, _key(quad.subject)
                self._parents[node] = min(above, self._parents.get(node, above))

    @property
    def parents(self) -> Mapping[str, str]:
        """What each blank node hangs on: an IRI, or `_:` and a label."""
        return self._parents

    @property
    def documents(self) -> set[str]:
        """All documents of which the file says something."""
        return {document for contents in self._graphs.values() for document in contents.documents}

    @property
    def vocabularies(self) -> bool:
        """Whether any graph of the file is a vocabulary."""
        return any(contents.vocabulary and not contents.documents for contents in self._graphs.values())

    def place(self, quad: ox.Quad) -> ox.NamedNode | None:
        """The graph of a statement; None where it is derived and hence to be left out."""
        graph = quad.graph_name
        if isinstance(graph, ox.NamedNode):
            if graph.value == DERIVED:
                return None
            contents = self._graphs.get(graph.value)
            if contents and contents.vocabulary and not contents.documents:
                return _ONTOLOGY
            return graph
        contents = self._graphs[""]
        if not contents.documents:
            return _ONTOLOGY if contents.vocabulary else _COMMON
        if len(contents.documents) == 1:
            return ox.NamedNode(next(iter(contents.documents)))
        owner = self._owner(quad.subject, contents)
        return ox.NamedNode(owner) if owner else _COMMON

    def _contents(self, quad: ox.Quad) -> _Contents:
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        return self._graphs.setdefault(graph, _Contents())

    def _owner(self, subject: ox.NamedNode | ox.BlankNode | ox.Triple, contents: _Contents) -> str | None:
        key = _key(subject)
        passed: set[str] = set()
        while key.startswith("_:") and key not in passed:
            passed.add(key)
            key = self._parents.get(key[2:], "")
        if key in contents.documents:
            return key
        document = contents.owners.get(key) or key.partition("#")[0]
        return document if document in contents.documents else None


_ONTOLOGY = ox.NamedNode(ONTOLOGY)
_COMMON = ox.NamedNode(COMMON)


def _key(subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    if isinstance(subject, ox.BlankNode):
        return f"_:{subject.value}"
    assert isinstance(subject, ox.NamedNode)
    return subject.value
