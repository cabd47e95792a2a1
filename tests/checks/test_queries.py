"""What every packaged query keeps to: known columns, claims joined by block, the same rows on any engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.paths import AlternativePath
from rdflib.plugins import sparql
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import URIRef, Variable

from kgcheck.checks.registry import load_checks
from kgcheck.derive.names import BLOCKS, COLUMNS
from kgcheck.namespaces import KGC

HERE = Path(__file__).parent
CHECKS = load_checks()
FIRING = {name: sorted((HERE / "cases" / name).glob("fires-*.ttl")) for name in CHECKS}
BLOCK = Variable("block")


@pytest.fixture(params=CHECKS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def algebra(name: str) -> CompValue:
    return sparql.prepareQuery(CHECKS[name].query).algebra


def nodes(part: object) -> Iterator[CompValue]:
    """A node of the algebra and all below it, patterns inside of filters included."""
    if isinstance(part, CompValue):
        yield part
        for value in part.values():
            yield from nodes(value)
    elif isinstance(part, list | tuple) and not isinstance(part, rdflib.term.Identifier):
        for item in part:
            yield from nodes(item)


def predicates(path: object) -> Iterator[str]:
    """The properties of a triple pattern; of paths only the choice between properties is allowed."""
    if isinstance(path, AlternativePath):
        for arm in path.args:
            yield from predicates(arm)
    else:
        assert isinstance(path, URIRef), f"{path} is no property"
        yield str(path).removeprefix(KGC)


def test_query_reads_known_columns_only(name: str) -> None:
    read = {
        predicate
        for node in nodes(algebra(name))
        if node.name == "BGP"
        for triple in node.triples
        for predicate in predicates(triple[1])
    }
    assert read
    assert read <= BLOCKS | COLUMNS


class Bound:
    """Claims that a part of a query speaks of, and those of them that it ties to ?block."""

    def __init__(self, claims: set[Variable], tied: set[Variable]) -> None:
        self.claims, self.tied = claims, tied

    @property
    def loose(self) -> set[Variable]:
        return self.claims - self.tied

    def joined(self, other: Bound) -> Bound:
        return Bound(self.claims | other.claims, self.tied | other.tied)


def bound(node: CompValue) -> Bound:
    """Where the claims of a part of a query come from.

    A claim is a variable of which something is said. It is tied by standing in ?block, or by being
    another name of one that does. A sub-select has to tie what it speaks of by itself; so has each
    arm of a UNION, unless what surrounds it does.
    """
    if node.name == "BGP":
        claims = {triple[0] for triple in node.triples}
        blocks = (t for t in node.triples if t[2] == BLOCK and all(p in BLOCKS for p in predicates(t[1])))
        return Bound(claims, {triple[0] for triple in blocks})
    if node.name in ("Join", "LeftJoin"):
        return bound(node.p1).joined(bound(node.p2))
    if node.name == "Union":
        one, other = bound(node.p1), bound(node.p2)
        # What one arm alone ties is no tie for what follows the UNION.
        tied = one.tied & other.tied
        return Bound(one.loose | other.loose | tied, tied)
    if node.name == "Extend":
        inner = bound(node.p)
        if node.var == BLOCK and node.expr in inner.claims:
            return Bound(inner.claims, inner.tied | {node.expr})
        variables = {v for v in _variables(node.expr) if v in inner.claims or v in inner.tied}
        if variables and variables <= inner.tied:
            return Bound(inner.claims, inner.tied | {node.var})
        return inner
    if node.name == "Filter":
        inner = bound(node.p)
        for found in nodes(node.expr):
            if found.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
                assert not bound(found.graph).loose - inner.tied
        return inner
    if node.name == "Project":
        inner = bound(node.p)
        assert not inner.loose, f"{inner.loose} are not tied to ?block"
        return Bound(inner.claims & set(node.PV), inner.tied & set(node.PV))
    if node.name in ("values", "ToMultiSet"):
        return bound(node.p) if isinstance(node.get("p"), CompValue) else Bound(set(), set())
    return bound(node.p)


def _variables(expression: object) -> set[Variable]:
    if isinstance(expression, Variable):
        return {expression}
    if isinstance(expression, CompValue):
        return {v for key, value in expression.items() for v in _variables(value) if key != "_vars"}
    if isinstance(expression, list | tuple):
        return {v for item in expression for v in _variables(item)}
    return set()


def test_query_joins_claims_by_block(name: str) -> None:
    assert not bound(algebra(name).p).loose


@pytest.mark.parametrize(
    "where",
    [
        "?claim kgc:blockSame ?block ; kgc:figure ?figure . ?other kgc:figure ?figure .",
        "?claim kgc:blockSame ?block ; kgc:blockKin ?kin . ?other kgc:blockKin ?kin .",
        "{ ?claim kgc:blockSame ?block } UNION { ?claim kgc:blockKin ?kin . ?one kgc:blockKin ?block }",
        "?claim kgc:blockSame ?block . { SELECT ?figure WHERE { ?one kgc:figure ?figure } }",
        "?claim kgc:blockSame ?block FILTER EXISTS { ?other kgc:figure ?figure }",
    ],
)
def test_a_loose_claim_is_seen(where: str) -> None:
    query = f"PREFIX kgc: <{KGC}> SELECT ?block ?claim WHERE {{ {where} }}"
    with pytest.raises(AssertionError):
        assert not bound(sparql.prepareQuery(query).algebra.p).loose


def test_rdflib_gives_the_same_rows(name: str, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql, "SPARQL_LOAD_GRAPHS", False)
    run(FIRING[name][:1], select=[name])
    derived = run.derived.raw.dump(format=ox.RdfFormat.N_QUADS)
    dataset = rdflib.Dataset()
    dataset.parse(data=derived or b"", format="nquads")
    theirs = sorted(tuple(map(_plain, row)) for row in dataset.query(CHECKS[name].query))
    solutions = run.derived.raw.query(CHECKS[name].query)
    assert isinstance(solutions, ox.QuerySolutions)
    ours = sorted(
        tuple(_plain(solution[column]) for column in CHECKS[name].columns) for solution in solutions
    )
    assert ours
    assert ours == theirs


def _plain(term: object) -> str:
    """A value in the same words from both engines; decimals differ in how far a division is carried."""
    text = str(getattr(term, "value", term)) if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
    return f"{float(text):.9f}" if re.fullmatch(r"-?\d+(\.\d+)?([Ee][+-]?\d+)?", text) else text
