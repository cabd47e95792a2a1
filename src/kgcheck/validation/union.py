"""All graphs of a store but the derived one, looked into as if they were one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import pyoxigraph as ox

from kgcheck.namespaces import DERIVED, expand
from kgcheck.validation.compiled import terms

_DERIVED = ox.NamedNode(DERIVED)
_TYPE = ox.NamedNode(expand("rdf:type"))


class Union:
    """Single nodes of the union; terms are strings as `compiled.terms` has them, each told once."""

    def __init__(self, quads: ox.Store) -> None:
        self._quads = quads

    def objects(self, subject: str, predicate: str) -> set[str]:
        """The values of a node, none for a literal; `predicate` is an IRI without brackets."""
        if terms.is_literal(subject):
            return set()
        quads = self._matching(terms.node(subject), ox.NamedNode(predicate), None)
        return {terms.from_oxigraph(quad.object) for quad in quads}

    def holders(self, value: str) -> set[str]:
        """The nodes that have `value`, a node too, under any predicate."""
        quads = self._matching(None, None, terms.node(value))
        return {terms.from_oxigraph(quad.subject) for quad in quads}

    def describes(self, subject: str) -> bool:
        """Whether anything is said about a node."""
        return any(True for _ in self._matching(terms.node(subject), None, None))

    def instances(self, kind: str) -> set[str]:
        """The nodes that have exactly this class."""
        quads = self._matching(None, _TYPE, terms.node(kind))
        return {terms.from_oxigraph(quad.subject) for quad in quads}

    @cached_property
    def subjects(self) -> frozenset[str]:
        """All nodes about which anything is said."""
        return frozenset(terms.from_oxigraph(quad.subject) for quad in self._matching(None, None, None))

    def _matching(
        self,
        subject: ox.NamedNode | ox.BlankNode | None,
        predicate: ox.NamedNode | None,
        value: ox.NamedNode | ox.BlankNode | None,
    ) -> Iterator[ox.Quad]:
        for quad in self._quads.quads_for_pattern(subject, predicate, value, None):
            if quad.graph_name != _DERIVED:
                yield quad
