"""From rows back to statements."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kgcheck.engines.endpoint.queries import ANY, DEPTH, Part
from kgcheck.engines.endpoint.results import Row, Term
from kgcheck.errors import EndpointError
from kgcheck.namespaces import SKOLEM, expand

_FIRST, _REST = expand("rdf:first"), expand("rdf:rest")
_GENID = "/.well-known/genid/"


def statement(row: Row, subject: Term, predicate: Term, value: Term, part: Part) -> ox.Quad:
    """A quad in the graph that the part is, or that the row names.

    Raises EndpointError for a subject or predicate that RDF does not allow there.
    """
    if not isinstance(predicate, ox.NamedNode) or isinstance(subject, ox.Literal):
        raise EndpointError(f"could not check: the service gave {subject} {predicate} {value} as a statement")
    graph: ox.NamedNode | ox.DefaultGraph = ox.DefaultGraph()
    if part.graph == ANY:
        named = row["graph"]
        assert isinstance(named, ox.NamedNode), "GRAPH binds names alone"
        graph = named
    elif part.graph is not None:
        graph = ox.NamedNode(part.graph)
    return ox.Quad(subject, predicate, value, graph)


def is_stand_in(iri: str) -> bool:
    """Whether an IRI stands for a blank node (RDF 1.1 Concepts, 3.5); kgcheck writes some of its own."""
    return iri.startswith(SKOLEM) or _GENID in iri


def unnamed(quad: ox.Quad, graph: ox.NamedNode | ox.DefaultGraph | ox.BlankNode) -> ox.Quad:
    """The statement in this graph, with blank nodes again for what stands in for them.

    So the store gives them the names that it always gives.
    """
    subject, value = quad.subject, quad.object
    if isinstance(subject, ox.NamedNode) and is_stand_in(subject.value):
        subject = _blank(subject)
    if isinstance(value, ox.NamedNode) and is_stand_in(value.value):
        value = _blank(value)
    return ox.Quad(subject, quad.predicate, value, graph)


def _blank(name: ox.NamedNode) -> ox.BlankNode:
    return ox.BlankNode(f"k{hashlib.sha256(name.value.encode()).hexdigest()[:32]}")


def whole(rows: Iterable[Row], part: Part) -> list[ox.Quad]:
    """All statements of a part."""
    return [statement(row, row["s"], row["p"], row["o"], part) for row in rows]


@dataclass(frozen=True, slots=True)
class Tree:
    """Statements about roots and what hangs on them; lists are set aside, to be asked for by their owners."""

    quads: frozenset[ox.Quad]
    owners: tuple[str, ...]


def tree(rows: Iterable[Row], part: Part) -> Tree:
    """Take rows of paths apart (see `queries.described`).

    Raises EndpointError where things without a name hang too deep, or a list hangs on one of them.
    """
    quads: set[ox.Quad] = set()
    cells: set[str] = set()
    deepest: set[ox.Quad] = set()
    for row in rows:
        subject = row["s0"]
        for level in range(DEPTH + 1):
            value = row.get(f"o{level}")
            if value is None:
                break
            quad = statement(row, subject, row[f"p{level}"], value, part)
            quads.add(quad)
            if quad.predicate.value in (_FIRST, _REST) and isinstance(quad.subject, ox.BlankNode):
                cells.add(quad.subject.value)
            elif level == DEPTH and isinstance(value, ox.BlankNode):
                deepest.add(quad)
            subject = value
    kept = {quad for quad in quads if not (_is_in(quad.subject, cells) or _is_in(quad.object, cells))}
    if deepest & kept:
        raise _tangled(f"things without a name hang more than {DEPTH} deep on each other")
    owners = {quad.subject for quad in quads - kept if not _is_in(quad.subject, cells)}
    if any(isinstance(owner, ox.BlankNode) for owner in owners):
        raise _tangled("a list hangs on something without a name")
    return Tree(frozenset(kept), tuple(sorted(str(getattr(owner, "value", "")) for owner in owners)))


def _is_in(term: object, cells: set[str]) -> bool:
    return isinstance(term, ox.BlankNode) and term.value in cells


def _tangled(what: str) -> EndpointError:
    return EndpointError(
        f"could not check: {what}, in a graph of more than one page",
        remedy="Keep each document in a graph of its own, give those things IRIs, or raise --endpoint-page.",
    )


def listed(rows: Iterable[Row], part: Part) -> frozenset[ox.Quad]:
    """The statements of lists and of what they hang on (see `queries.lists`)."""
    quads: set[ox.Quad] = set()
    for row in rows:
        quads.add(statement(row, row["s0"], row["p0"], row["o0"], part))
        quads.add(statement(row, row["cell"], row["p"], row["o"], part))
    return frozenset(quads)
