"""The queries that a service is asked: plain patterns, one key to page by, nothing that sorts what it skips.

Written for the engines as they are. Virtuoso fails on VALUES beside UNION and sorts 10,000 rows at
most; Oxigraph plans a property path badly inside OPTIONAL. A key to page by is a string, since SPARQL
compares no IRIs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kgcheck.namespaces import KGC, expand

DEPTH = 4
"""How deep things without a name may hang within each other; evidence hangs two deep."""

_REST, _FIRST = f"<{expand('rdf:rest')}>", f"<{expand('rdf:first')}>"
_CLASSES = (
    "Document",
    "Source",
    "Statement",
    "Computation",
    "Topic",
    "Area",
    "Population",
    "Method",
    "Measure",
    "MeasureFamily",
    "Programme",
    "Inspection",
    "Question",
    "GradingScheme",
    "Grade",
    "Proposition",
)
"""A graph with any of these is about claims, and so is one with anything that stands in a document."""


ANY = "?graph"
"""In the place of a graph: whichever."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a service: one named graph, all of them (ANY), or the default graph (None).

    `apart` leaves out what a named graph says too: in many services the default graph is all of them.
    """

    graph: str | None
    apart: bool = False

    def holds(self, pattern: str) -> str:
        """The pattern, asked of this part."""
        if self.graph is None:
            return pattern
        return f"GRAPH {ANY if self.graph == ANY else iri(self.graph)} {{ {pattern} }}"

    def says(self, subject: str, predicate: str, value: str) -> str:
        """One statement of this part."""
        triple = f"{subject} {predicate} {value} ."
        beyond = f" FILTER NOT EXISTS {{ GRAPH ?elsewhere {{ {triple} }} }}" if self.apart else ""
        return self.holds(triple) + beyond


def iri(text: str) -> str:
    """An IRI as a query writes it. Raises ValueError for what is none, which no query must hold."""
    return str(ox.NamedNode(text))


def string(text: str) -> str:
    """A string as a query writes it."""
    return str(ox.Literal(text))


ANY_NAMED = "ASK { GRAPH ?graph { ?s ?p ?o } }"


def claims_in(part: Part) -> str:
    """Whether a part says of anything that it is a document or stands in one."""
    claim = part.says("?s", f"<{KGC}inDocument>", "?o")
    document = part.says("?s", f"<{expand('rdf:type')}>", f"<{KGC}Document>")
    return f"ASK {{ {{ {claim} }} UNION {{ {document} }} }}"


def _about_claims() -> str:
    kinds = " UNION ".join(
        f"{{ GRAPH ?graph {{ ?s <{expand('rdf:type')}> <{KGC}{name}> }} }}" for name in _CLASSES
    )
    return f"{{ GRAPH ?graph {{ ?s <{KGC}inDocument> ?o }} }} UNION {kinds}"


def graph_names(after: str, limit: int) -> str:
    """The next graphs that are about claims."""
    return (
        f"SELECT ?graph WHERE {{ {_about_claims()} FILTER(STR(?graph) > {string(after)}) }} "
        f"GROUP BY ?graph ORDER BY STR(?graph) LIMIT {limit}"
    )


def containers(after: str, limit: int) -> str:
    """The next graphs that hold more than one document."""
    return (
        f"SELECT ?graph WHERE {{ GRAPH ?graph {{ ?s <{expand('rdf:type')}> <{KGC}Document> }} "
        f"FILTER(STR(?graph) > {string(after)}) }} "
        f"GROUP BY ?graph HAVING (COUNT(DISTINCT ?s) > 1) ORDER BY STR(?graph) LIMIT {limit}"
    )


def graph_count() -> str:
    """How many graphs are about claims."""
    return f"SELECT (COUNT(DISTINCT ?graph) AS ?n) WHERE {{ {_about_claims()} }}"


def _from(graphs: Iterable[str]) -> str:
    return " ".join(f"FROM NAMED {iri(graph)}" for graph in graphs)


def graph_sizes(graphs: Iterable[str]) -> str:
    """How many statements each of the graphs holds; empty ones are not listed."""
    return (
        f"SELECT ?graph (COUNT(*) AS ?n) {_from(graphs)} "
        "WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
    )


def whole_graphs(graphs: Iterable[str]) -> str:
    """All statements of the graphs."""
    return f"SELECT ?graph ?s ?p ?o {_from(graphs)} WHERE {{ GRAPH ?graph {{ ?s ?p ?o }} }}"


def everything(part: Part) -> str:
    """All statements of a part."""
    return f"SELECT ?s ?p ?o WHERE {{ {part.says('?s', '?p', '?o')} }}"


def size(part: Part) -> str:
    """How many statements a part holds."""
    return f"SELECT (COUNT(*) AS ?n) WHERE {{ {part.says('?s', '?p', '?o')} }}"


def subjects(part: Part, after: str, limit: int) -> str:
    """The next subjects of a part, with the number of their statements."""
    return (
        f"SELECT ?s (COUNT(*) AS ?n) WHERE {{ {part.says('?s', '?p', '?o')} "
        f"FILTER(isIRI(?s)) FILTER(STR(?s) > {string(after)}) }} GROUP BY ?s ORDER BY STR(?s) LIMIT {limit}"
    )


def described(part: Part, roots: Sequence[str]) -> str:
    """What a part says of the roots and of the things without a name that hang on them, as a pattern."""
    values = " ".join(iri(root) for root in roots)
    return f"VALUES ?s0 {{ {values} }} {part.says('?s0', '?p0', '?o0')} {_below(part)}"


def nameless(part: Part) -> str:
    """What a part says of things without a name that hang on nothing, as a pattern."""
    return (
        f"{part.says('?s0', '?p0', '?o0')} FILTER(isBlank(?s0)) "
        f"FILTER NOT EXISTS {{ {part.holds('?above ?relation ?s0 .')} }} {_below(part)}"
    )


def _below(part: Part, level: int = 1) -> str:
    if level > DEPTH:
        return ""
    above = f"?o{level - 1}"
    step = part.holds(f"{above} ?p{level} ?o{level} .")
    return f"OPTIONAL {{ {step} FILTER(isBlank({above})) {_below(part, level + 1)} }}"


def lists(part: Part, roots: Sequence[str]) -> str:
    """The lists that hang on the roots, cell by cell, as a pattern."""
    values = " ".join(iri(root) for root in roots)
    cells = f"?s0 ?p0 ?o0 . ?o0 {_FIRST} ?first . ?o0 {_REST}* ?cell . ?cell ?p ?o ."
    return f"VALUES ?s0 {{ {values} }} {part.holds(cells)}"


def rows(pattern: str) -> str:
    """All that a pattern finds."""
    return f"SELECT * WHERE {{ {pattern} }}"


def row_count(pattern: str) -> str:
    """How much a pattern finds."""
    return f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"


def related(relation: str, end: str, names: Sequence[str]) -> str:
    """What any named graph says with the relation of the names at one end, `?s0` or `?o0`, as a pattern."""
    values = " ".join(iri(name) for name in names)
    return f"VALUES {end} {{ {values} }} GRAPH {ANY} {{ ?s0 {iri(relation)} ?o0 . }}"
