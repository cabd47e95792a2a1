"""The graphs of a store on disk: which there are, what they say around their claims, who points to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kgcheck.errors import InputError
from kgcheck.model.claim import Kind
from kgcheck.namespaces import DERIVED, KGC, SKOLEM, expand, kgc
from kgcheck.store import COMMON, ONTOLOGY, Store
from kgcheck.store.placing import INCOMING, REVISIONS
from kgcheck.store.stored import revisions

SHARED = frozenset({COMMON, ONTOLOGY})
"""The graphs that all documents rest on."""

_ONTOLOGY = ox.NamedNode(ONTOLOGY)
_COMMON = ox.NamedNode(COMMON)
IDENTIFIER = expand("dct:identifier")
_TYPE = ox.NamedNode(expand("rdf:type"))
_IN_DOCUMENT = ox.NamedNode(kgc("inDocument"))
_EVIDENCE = ox.NamedNode(kgc("evidence"))
_SELECTOR = ox.NamedNode(expand("oa:hasSelector"))
_CLAIMS = frozenset(KGC + kind.value for kind in Kind) | {kgc("Claim")}


_SUBJECTS = "SELECT DISTINCT ?subject WHERE { ?subject ?property ?value }"
_OBJECTS = "SELECT DISTINCT ?value WHERE { ?subject ?property ?value FILTER(isIRI(?value)) }"


@dataclass(frozen=True, slots=True)
class Parted:
    """The statements of one graph: those `around` its claims, and the IRIs of the `claims`."""

    around: tuple[ox.Quad, ...]
    claims: tuple[str, ...]


class Graphs:
    """A store on disk as it was when this was opened, with `base`: the vocabularies and all that is shared.

    A statement that the ontology makes already is not made again by a document. Raises InputError for a
    store that cannot be opened.
    """

    def __init__(self, folder: Path, base: Store) -> None:
        try:
            self._raw = ox.Store.read_only(str(folder))
        except OSError as error:
            raise InputError(f"the store cannot be opened: {error}", folder) from None
        self.base = base
        for graph in (ONTOLOGY, COMMON):
            base.raw.bulk_extend(self.quads(graph))
        self._concepts = frozenset(
            quad.subject.value
            for quad in base.raw.quads_for_pattern(None, None, None, _ONTOLOGY)
            if isinstance(quad.subject, ox.NamedNode)
        )
        for quad in filter(self._said, list(base.raw.quads_for_pattern(None, None, None, _COMMON))):
            base.raw.remove(quad)

    def marks(self) -> dict[str, str]:
        """All graphs of documents and of what they share, each with the mark of its last change."""
        known = revisions(self._raw)
        names = (name.value for name in self._raw.named_graphs() if isinstance(name, ox.NamedNode))
        return {name: known.get(name, "") for name in names if _kept(name)}

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """What a graph says."""
        return self._raw.quads_for_pattern(None, None, None, ox.NamedNode(graph))

    def parted(self, graph: str) -> Parted:
        """What a graph says, parted into its claims and all else.

        Hardly anything in a graph is not about its claims, so that is told by its subjects.
        """
        place = ox.NamedNode(graph)
        claims: set[str] = set()
        evidence: set[str] = set()
        for quad in self._raw.quads_for_pattern(None, _IN_DOCUMENT, None, place):
            claims.add(_subject(quad))
        for quad in self._raw.quads_for_pattern(None, _EVIDENCE, None, place):
            claims.add(_subject(quad))
            evidence.add(_object(quad))
        for quad in self._raw.quads_for_pattern(None, _TYPE, None, place):
            if _object(quad) in _CLAIMS:
                claims.add(_subject(quad))
        for quad in self._raw.quads_for_pattern(None, _SELECTOR, None, place):
            evidence.add(_object(quad))
        rows = self._raw.query(_SUBJECTS, default_graph=place)
        assert isinstance(rows, ox.QuerySolutions)
        about_claims = claims | evidence
        around = tuple(
            quad
            for (subject,) in rows
            if isinstance(subject, ox.NamedNode) and subject.value not in about_claims
            for quad in self._raw.quads_for_pattern(subject, None, None, place)
            if not self._said(quad)
        )
        return Parted(around, tuple(sorted(claims)))

    def copy(self, graphs: Iterable[str], into: Store) -> None:
        """Add graphs to a store in memory."""
        names = list(graphs)
        into.raw.bulk_extend(quad for name in names for quad in self.quads(name))
        for name in names:
            place = ox.NamedNode(name)
            rows = into.raw.query(_SUBJECTS, default_graph=place)
            assert isinstance(rows, ox.QuerySolutions)
            for (subject,) in list(rows):
                if isinstance(subject, ox.NamedNode) and subject.value in self._concepts:
                    for quad in list(into.raw.quads_for_pattern(subject, None, None, place)):
                        if self._said(quad):
                            into.raw.remove(quad)

    def _said(self, quad: ox.Quad) -> bool:
        known = isinstance(quad.subject, ox.NamedNode) and quad.subject.value in self._concepts
        return known and ox.Quad(quad.subject, quad.predicate, quad.object, _ONTOLOGY) in self.base.raw

    def said_elsewhere(self, quad: ox.Quad, apart_from: Collection[str]) -> bool:
        """Whether another graph says the same."""
        found = self._raw.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return any(_kept(_name(twin)) and _name(twin) not in apart_from for twin in found)

    def pointing_to(self, iris: Iterable[str]) -> set[str]:
        """The graphs that say anything of or by these IRIs."""
        found: set[str] = set()
        for iri in iris:
            node = ox.NamedNode(iri)
            for quad in self._raw.quads_for_pattern(None, None, node, None):
                found.add(_name(quad))
            for quad in self._raw.quads_for_pattern(node, None, None, None):
                found.add(_name(quad))
        return set(filter(_kept, found))

    def identified(self, words: Iterable[str]) -> set[str]:
        """The graphs of documents with one of these identifiers."""
        return {
            _name(quad)
            for text in words
            for quad in self._raw.quads_for_pattern(None, ox.NamedNode(IDENTIFIER), ox.Literal(text), None)
            if _kept(_name(quad))
        }

    def pointed_to(self, parts: Mapping[str, Parted], copied: Store) -> set[str]:
        """The graphs of documents of which one of these graphs names a thing, themselves left out.

        `copied` holds the graphs already. What several documents call their claim is in the graphs of all.
        """
        found: set[str] = set()
        asked: set[str] = set()
        for name, part in parts.items():
            for claim in part.claims:
                for quad in self._raw.quads_for_pattern(ox.NamedNode(claim), _IN_DOCUMENT, None, None):
                    found.add(_name(quad))
            asked.update(map(_subject, part.around))
            rows = copied.raw.query(_OBJECTS, default_graph=ox.NamedNode(name))
            assert isinstance(rows, ox.QuerySolutions)
            asked.update(thing.value for (thing,) in rows if isinstance(thing, ox.NamedNode))
        own = {claim for part in parts.values() for claim in part.claims}
        for iri in asked - self._concepts - own:
            if not iri.startswith(SKOLEM):
                for quad in self._raw.quads_for_pattern(ox.NamedNode(iri), None, None, None):
                    found.add(_name(quad))
        return {name for name in found - parts.keys() - SHARED if _kept(name)}


def _subject(quad: ox.Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""


def _object(quad: ox.Quad) -> str:
    return quad.object.value if isinstance(quad.object, ox.NamedNode) else ""


def _name(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _kept(name: str) -> bool:
    return name not in ("", DERIVED, REVISIONS) and not name.startswith(INCOMING)
