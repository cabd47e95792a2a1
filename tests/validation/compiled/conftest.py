"""Both engines on triples as they stand in a file, without a store that would write `01` as `1`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Set
from dataclasses import replace

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kgcheck.namespaces import PREFIXES, expand
from kgcheck.validation.compiled import ShapesGraph, compile_shapes, evaluate
from kgcheck.validation.compiled.terms import from_oxigraph, to_rdflib
from kgcheck.validation.loggers import quiet_rdflib
from kgcheck.validation.results import Result
from kgcheck.validation.shacl import run_pyshacl

Triples = list[ox.Triple]
TYPE = f"<{expand('rdf:type')}>"


class Triplets:
    """A source of columns in memory."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.triples = [tuple(map(from_oxigraph, triple)) for triple in triples]

    def read(self, predicate: str) -> tuple[list[str], list[str]]:
        pairs = [(s, o) for s, p, o in self.triples if p == predicate]
        return [s for s, _ in pairs], [o for _, o in pairs]

    def subjects(self, predicate: str) -> Iterable[str]:
        return self.read(predicate)[0]

    def objects(self, predicate: str) -> Iterable[str]:
        return set(self.read(predicate)[1])

    def repeats(self, predicate: str) -> bool:
        subjects, _ = self.read(predicate)
        return len(set(subjects)) < len(subjects)

    def holding(self, predicate: str, value: str) -> Iterable[str]:
        return [s for s, p, o in self.triples if (p, o) == (predicate, value)]

    def beside(self, predicate: str, other: str) -> Iterable[tuple[str, str]]:
        return {
            (a, b)
            for s, p, a in self.triples
            for r, q, b in self.triples
            if (p, q) == (predicate, other) and r == s
        }

    def predicates(self) -> Set[str]:
        return {p for _, p, _ in self.triples}

    def graph(self) -> Graph:
        """The same for pySHACL, with the prefixes that a store's union has."""
        graph = Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        for s, p, o in self.triples:
            graph.add((to_rdflib(s), to_rdflib(p), to_rdflib(o)))
        return graph


class Engines:
    """Shapes and data that both engines are asked about."""

    def __init__(self, data: Triples, shapes: Triples) -> None:
        self.data = Triplets(data)
        self.shapes = ShapesGraph(shapes, PREFIXES)

    @property
    def left(self) -> list[str]:
        """Why the compiler leaves shapes to pySHACL."""
        compiled = compile_shapes(self.shapes)
        return [*compiled.left.values(), *([compiled.refused] if compiled.refused else [])]

    def compiled(self) -> Counter[Result]:
        with quiet_rdflib():
            found = evaluate(compile_shapes(self.shapes).shapes, self.shapes, self.data)
        return Counter(map(_without_blank_words, found))

    def pyshacl(self) -> Counter[Result]:
        with quiet_rdflib():
            found = run_pyshacl(self.data.graph(), self.shapes.rdflib())
        return Counter(map(_without_blank_words, found))


def _without_blank_words(result: Result) -> Result:
    """No blank node comes into a store, so none is put into words; pySHACL writes out what is below it."""
    blank = any(term is not None and term[0] == "_" for term in (result.focus, result.value))
    return replace(result, message="") if blank else result


def parse(text: str) -> Triples:
    """The triples of a text in Turtle, in which kgcheck's prefixes and `ex:` are known."""
    prefixes = PREFIXES | {"ex": "https://example.org/"}
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())
    return [quad.triple for quad in ox.parse(head + text, ox.RdfFormat.TURTLE)]


@pytest.fixture(scope="session")
def engines() -> Callable[[str | Triples, str | Triples], Engines]:
    """Makes `Engines` of data and shapes, each in Turtle or as triples."""

    def make(data: str | Triples, shapes: str | Triples) -> Engines:
        data, shapes = (parse(part) if isinstance(part, str) else part for part in (data, shapes))
        return Engines(data, shapes)

    return make
