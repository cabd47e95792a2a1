"""What the graphs say of a subject, as plain text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kgcheck.namespaces import DERIVED, expand
from kgcheck.store import ONTOLOGY, Store

_iri = cache(expand)
_TOLD = frozenset({ox.NamedNode, ox.Literal})
"""Values that have a text. Every statement is asked: looking a type up is quicker than `isinstance`."""


@dataclass(frozen=True, slots=True)
class Properties:
    """Property IRI → the texts of its values, sorted so that storage order cannot matter."""

    values: Mapping[str, list[str]]

    def one(self, curie: str) -> str | None:
        """The first value of a property."""
        found = self.values.get(_iri(curie))
        return found[0] if found else None

    def flag(self, curie: str) -> bool:
        """Whether a property is true, in either of the two ways in which xsd:boolean writes it."""
        return self.one(curie) in ("true", "1")

    def all(self, *curies: str) -> tuple[str, ...]:
        """All values of some properties, each once."""
        return tuple(dict.fromkeys(v for curie in curies for v in self.values.get(_iri(curie), ())))


def subjects_by_graph(store: Store) -> Iterator[Mapping[str, Properties]]:
    """For each graph but the ontology's and the derived one: its subjects and their properties.

    One graph, which is one document, is in memory at a time.
    """
    for graph in store.raw.named_graphs():
        if not isinstance(graph, ox.NamedNode) or graph.value in (DERIVED, ONTOLOGY):
            continue
        found: dict[str, dict[str, list[str]]] = {}
        for subject, predicate, value, _ in store.raw.quads_for_pattern(None, None, None, graph):
            if type(value) in _TOLD:
                properties = found.setdefault(subject.value, {})
                properties.setdefault(predicate.value, []).append(value.value)
        for properties in found.values():
            for predicate, texts in properties.items():
                if len(texts) > 1:
                    properties[predicate] = sorted(set(texts))
        yield {subject: Properties(properties) for subject, properties in found.items()}


def properties_of(store: Store, iri: str) -> Properties:
    """What all document graphs together say of one subject."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, predicate, value, graph in store.raw.quads_for_pattern(ox.NamedNode(iri), None, None, None):
        own = isinstance(graph, ox.NamedNode) and graph.value != DERIVED
        if own and type(value) in _TOLD:
            found[predicate.value].add(value.value)
    return Properties({predicate: sorted(texts) for predicate, texts in found.items()})
