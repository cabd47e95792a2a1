"""sh:class, sh:datatype, sh:nodeKind."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from kgcheck.validation.compiled.graph import sh
from kgcheck.validation.compiled.shape import Conformance, ValueConstraint
from kgcheck.validation.compiled.terms import has_datatype

_KINDS = {
    "<": frozenset(map(sh, ("IRI", "IRIOrLiteral", "BlankNodeOrIRI"))),
    "_": frozenset(map(sh, ("BlankNode", "BlankNodeOrLiteral", "BlankNodeOrIRI"))),
    '"': frozenset(map(sh, ("Literal", "BlankNodeOrLiteral", "IRIOrLiteral"))),
}
"""The node kinds that a term satisfies, by its first character."""


@dataclass(frozen=True, slots=True)
class Class(ValueConstraint):
    """Values are instances of the class or of one below it."""

    kind: str
    component = sh("ClassConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        return values - run.data.instances(self.kind)


@dataclass(frozen=True, slots=True)
class Datatype(ValueConstraint):
    """Values are literals of the datatype, and well formed."""

    kind: str
    component = sh("DatatypeConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        return {value for value in values if not has_datatype(value, self.kind)}


@dataclass(frozen=True, slots=True)
class NodeKind(ValueConstraint):
    """Values are IRIs, blank nodes, literals, or of two of these kinds."""

    kind: str
    component = sh("NodeKindConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        allowed = {sign for sign, kinds in _KINDS.items() if self.kind in kinds}
        return {value for value in values if value[0] not in allowed}
