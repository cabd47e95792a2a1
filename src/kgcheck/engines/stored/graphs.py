"""The graphs of a store on disk: which there are, what they say around their claims, who points to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kgcheck.errors import InputError
from kgcheck.model.claim import Kind
from kgcheck.namespaces import DERIVED, KGC, SKOLEM, expand, kgc
from kgcheck.store import COMMON, ONTOLOGY, Store
from kgcheck.store.stored import INCOMING, REVISIONS, revisions

SHARED = frozenset({COMMON, ONTOLOGY})
"""The graphs that all documents rest on."""

_ONTOLOGY = ox.NamedNode(ONTOLOGY)
_COMMON = ox.NamedNode(COMMON)
IDENTIFIER = expand("dct:identifier")
_TYPE = expand("rdf:type")
_SIGNS = frozenset({kgc("inDocument"), kgc("evidence")})
_CLAIMS = frozenset(KGC + kind.value for kind in Kind) | {kgc("Claim")}


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
        """What a graph says, parted into its claims and all else."""
        quads = list(self.quads(graph))
        claims = {
            _subject(quad)
            for quad in quads
            if quad.predicate.value in _SIGNS
            or (quad.predicate.value == _TYPE and getattr(quad.object, "value", "") in _CLAIMS)
        }
        hidden = set(claims)
        below: dict[str, list[str]] = {}
        for quad in quads:
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(SKOLEM):
                below.setdefault(_subject(quad), []).append(quad.object.value)
        waiting = list(claims)
        while waiting:
            for node in below.get(waiting.pop(), ()):
                if node not in hidden:
                    hidden.add(node)
                    waiting.append(node)
        around = tuple(quad for quad in quads if _subject(quad) not in hidden and not self._said(quad))
        return Parted(around, tuple(sorted(claims)))

    def copy(self, graphs: Iterable[str], into: Store) -> None:
        """Add graphs to a store in memory."""
        for graph in graphs:
            into.raw.bulk_extend(quad for quad in self.quads(graph) if not self._said(quad))

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

    def pointed_to(self, graphs: Collection[str]) -> set[str]:
        """The graphs of documents of which one of these graphs names a thing, themselves left out."""
        found: set[str] = set()
        asked: set[str] = set()
        for graph in graphs:
            for quad in self.quads(graph):
                for term in (quad.subject, quad.object):
                    if isinstance(term, ox.NamedNode) and not term.value.startswith(SKOLEM):
                        asked.add(term.value)
        for iri in asked - self._concepts:
            for quad in self._raw.quads_for_pattern(ox.NamedNode(iri), None, None, None):
                found.add(_name(quad))
        return {name for name in found - set(graphs) - SHARED if _kept(name)}


def _subject(quad: ox.Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""


def _name(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _kept(name: str) -> bool:
    return name not in ("", DERIVED, REVISIONS) and not name.startswith(INCOMING)
