"""The graphs of a store on disk: which there are, what they say around their claims, who points to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kgcheck.engines.stored.texts import Texts
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
_PLACED = kgc("inDocument")


def _written(iri: str) -> bytes:
    return f"<{iri}>".encode()


_TYPE = _written(expand("rdf:type"))
_IN_DOCUMENT = _written(_PLACED)
_EVIDENCE = _written(kgc("evidence"))
_SELECTOR = _written(expand("oa:hasSelector"))
_TELLING = frozenset({_TYPE, _IN_DOCUMENT, _EVIDENCE, _SELECTOR})
"""What tells of a subject, or of what stands beside it, that it belongs to a claim."""
_CLAIMS = frozenset({*(_written(KGC + kind.value) for kind in Kind), _written(kgc("Claim"))})
_END = b" .\n"


_SUBJECTS = "SELECT DISTINCT ?subject WHERE { ?subject ?property ?value }"
_OBJECTS = "SELECT DISTINCT ?value WHERE { ?subject ?property ?value FILTER(isIRI(?value)) }"
_REPEATED = f"""
SELECT ?claim WHERE {{ GRAPH ?graph {{ ?claim <{_PLACED}> ?document }} }}
GROUP BY ?claim HAVING (COUNT(DISTINCT ?graph) > 1)
"""
_MANY = 1_000
"""More claims than that are not looked up one by one."""


@dataclass(frozen=True, slots=True)
class Parted:
    """The statements of one graph: those `around` its claims, and the IRIs of the `claims`."""

    around: tuple[ox.Quad, ...]
    claims: tuple[str, ...]


class Graphs:
    """A store on disk as it was when this was opened, with `base`: the vocabularies and all that is shared.

    A statement that the ontology makes already is not made again by a document. What is read of graphs is
    kept in `texts`. Raises InputError for a store that cannot be opened.
    """

    def __init__(self, folder: Path, base: Store, texts: Texts) -> None:
        try:
            self._raw = ox.Store.read_only(str(folder))
        except OSError as error:
            raise InputError(f"the store cannot be opened: {error}", folder) from None
        self.base = base
        self._texts = texts
        self._speaking: dict[str, frozenset[str]] = {}
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

    def _text(self, graph: str) -> bytes:
        """What a graph says, as N-Triples."""
        if (text := self._texts.get(graph)) is None:
            text = self._raw.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph)) or b""
            self._texts.keep(graph, text)
        return text

    def parted(self, graph: str) -> Parted:
        """What a graph says, parted into its claims and all else."""
        claims: set[bytes] = set()
        evidence: set[bytes] = set()
        said: dict[bytes, list[bytes]] = defaultdict(list)
        for line in self._text(graph).splitlines(keepends=True):
            subject, predicate, value = line.split(b" ", 2)
            said[subject].append(line)
            if predicate in _TELLING:
                thing = value[: -len(_END)]
                if predicate in (_IN_DOCUMENT, _EVIDENCE) or thing in _CLAIMS:
                    claims.add(subject)
                if predicate in (_EVIDENCE, _SELECTOR):
                    evidence.add(thing)
        others = b"".join(
            line
            for subject, lines in said.items()
            if subject.startswith(b"<") and subject not in claims and subject not in evidence
            for line in lines
        )
        place = ox.NamedNode(graph)
        around = (
            ox.Quad(quad.subject, quad.predicate, quad.object, place)
            for quad in ox.parse(others, ox.RdfFormat.N_TRIPLES, lenient=True)
        )
        names = sorted(claim[1:-1].decode() for claim in claims)
        return Parted(tuple(quad for quad in around if not self._said(quad)), tuple(names))

    def copy(self, graphs: Iterable[str], into: Store) -> None:
        """Add graphs to a store in memory, without what the ontology says already."""
        for name in graphs:
            place = ox.NamedNode(name)
            into.raw.load(self._text(name), ox.RdfFormat.N_TRIPLES, to_graph=place, lenient=True)
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
        asked: set[str] = set()
        for name, part in parts.items():
            asked.update(map(_subject, part.around))
            rows = copied.raw.query(_OBJECTS, default_graph=ox.NamedNode(name))
            assert isinstance(rows, ox.QuerySolutions)
            asked.update(thing.value for (thing,) in rows if isinstance(thing, ox.NamedNode))
        own = {claim for part in parts.values() for claim in part.claims}
        found = self._placing(own)
        for iri in asked - self._concepts - own:
            if not iri.startswith(SKOLEM):
                found |= self._speaking_of(iri)
        return {name for name in found - parts.keys() - SHARED if _kept(name)}

    def _placing(self, claims: Collection[str]) -> set[str]:
        """The graphs that say of one of these claims in which document it is; of many claims, not all those
        that are the only one to say so."""
        asked = claims if len(claims) <= _MANY else self._repeated.intersection(claims)
        return {
            _name(quad)
            for claim in asked
            for quad in self._raw.quads_for_pattern(ox.NamedNode(claim), ox.NamedNode(_PLACED), None, None)
        }

    @cached_property
    def _repeated(self) -> frozenset[str]:
        """The claims that more than one graph puts in a document."""
        rows = self._raw.query(_REPEATED)
        assert isinstance(rows, ox.QuerySolutions)
        return frozenset(claim.value for (claim,) in rows if isinstance(claim, ox.NamedNode))

    def _speaking_of(self, iri: str) -> frozenset[str]:
        """The graphs that say anything of a thing."""
        if iri not in self._speaking:
            quads = self._raw.quads_for_pattern(ox.NamedNode(iri), None, None, None)
            self._speaking[iri] = frozenset(map(_name, quads))
        return self._speaking[iri]


def _subject(quad: ox.Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""


def _name(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _kept(name: str) -> bool:
    return name not in ("", DERIVED, REVISIONS) and not name.startswith(INCOMING)
