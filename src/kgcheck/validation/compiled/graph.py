"""A shapes graph, small enough to be kept whole in dictionaries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kgcheck.namespaces import PREFIXES
from kgcheck.validation.compiled import terms

if TYPE_CHECKING:
    from rdflib import Graph

SH = PREFIXES["sh"]
_RDF, _RDFS = PREFIXES["rdf"], PREFIXES["rdfs"]
TYPE = terms.iri(_RDF + "type")
FIRST, REST, NIL = (terms.iri(_RDF + name) for name in ("first", "rest", "nil"))
CLASS, SUBCLASS = (terms.iri(_RDFS + name) for name in ("Class", "subClassOf"))


def sh(name: str) -> str:
    """The term of the SHACL vocabulary."""
    return f"<{SH}{name}>"


TARGETS = tuple(sh(f"target{what}") for what in ("Class", "Node", "ObjectsOf", "SubjectsOf"))


_SWITCHES = frozenset(map(sh, ("closed", "deactivated", "qualifiedValueShapesDisjoint", "uniqueLang")))
"""Parameters that are true or false; rdflib by itself would take `1` for true."""


class Unsupported(Exception):
    """A shape that pySHACL has to check; the message says why."""


class ShapesGraph:
    """The triples of a shapes graph; terms are strings as `terms` has them."""

    def __init__(self, triples: Iterable[ox.Triple], prefixes: Mapping[str, str] | None = None) -> None:
        self.prefixes = dict(prefixes or {})
        self._forward: dict[str, dict[str, list[str]]] = {}
        self._backward: dict[str, dict[str, list[str]]] = {}
        for triple in dict.fromkeys(triples):
            subject, predicate, value = (
                terms.from_oxigraph(term) for term in (triple.subject, triple.predicate, triple.object)
            )
            objects = self._forward.setdefault(subject, {}).setdefault(predicate, [])
            if value not in objects:
                objects.append(value)
                self._backward.setdefault(predicate, {}).setdefault(value, []).append(subject)

    def objects(self, subject: str, predicate: str) -> Collection[str]:
        return self._forward.get(subject, {}).get(predicate, ())

    def predicates(self, subject: str) -> Collection[str]:
        return self._forward.get(subject, {}).keys()

    def subjects(self, predicate: str, value: str | None = None) -> Collection[str]:
        """The subjects that have the predicate, with this value if one is given; each once."""
        holders = self._backward.get(predicate, {})
        if value is not None:
            return holders.get(value, ())
        return list(dict.fromkeys(subject for subjects in holders.values() for subject in subjects))

    def values(self, predicate: str) -> Collection[str]:
        """The objects of the predicate, each once."""
        return self._backward.get(predicate, {}).keys()

    def value(self, subject: str, predicate: str) -> str | None:
        """The only object, None where there is none. Raises Unsupported where there are more."""
        found = self.objects(subject, predicate)
        if len(found) > 1:
            raise Unsupported(f"it has {len(found)} values for {predicate}")
        return next(iter(found), None)

    def items(self, head: str) -> list[str]:
        """The members of a list. Raises Unsupported for what is no list, or one that is not well formed."""
        found: list[str] = []
        seen: set[str] = set()
        while head != NIL:
            first, rest = self.value(head, FIRST), self.value(head, REST)
            if first is None or rest is None or head in seen:
                raise Unsupported("it has a list that is not well formed")
            found.append(first)
            seen.add(head)
            head = rest
        return found

    @cached_property
    def implicit(self) -> Collection[str]:
        """The classes whose instances among the shapes are targets by themselves."""
        return (CLASS, *self.subjects(SUBCLASS, CLASS))

    def rdflib(self, without_targets: Collection[str] = ()) -> Graph:
        """The same graph for rdflib, with the shapes `without_targets` left aimless."""
        from rdflib import Graph

        graph = Graph(bind_namespaces="none")
        for prefix, namespace in self.prefixes.items():
            graph.bind(prefix, namespace)
        for subject, properties in self._forward.items():
            aimless = subject in without_targets
            for predicate, values in properties.items():
                if aimless and predicate in TARGETS:
                    continue
                for value in values:
                    if aimless and predicate == TYPE and value in self.implicit:
                        continue
                    if predicate in _SWITCHES and (truth := terms.truth(value)) is not None:
                        value = terms.expand("true" if truth else "false")
                    s, p, o = map(terms.to_rdflib, (subject, predicate, value))
                    graph.add((s, p, o))
        return graph
