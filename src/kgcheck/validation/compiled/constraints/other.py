"""sh:closed, sh:hasValue, sh:in."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from kgcheck.namespaces import PREFIXES
from kgcheck.validation.compiled.graph import TYPE, sh
from kgcheck.validation.compiled.shape import Conformance, Constraint, Failure, ValueConstraint
from kgcheck.validation.compiled.values import Values

_EVERYTHING = (TYPE, f"<{PREFIXES['rdfs']}Resource>")
"""True of every node, so no shape is closed against it."""


@dataclass(frozen=True, slots=True)
class Closed(Constraint):
    """Values have no properties but the allowed ones."""

    allowed: frozenset[str]
    component = sh("ClosedConstraintComponent")

    def failures(self, run: Conformance, values: Values) -> Iterable[Failure]:
        held: dict[str, list[tuple[str, str]]] = {}
        for predicate in sorted(run.data.predicates() - self.allowed):
            for node, value in run.data.column(predicate).pairs(values.distinct):
                if (predicate, value) != _EVERYTHING:
                    held.setdefault(node, []).append((predicate, value))
        for focus, node in values.having(held.keys()):
            for predicate, value in held[node]:
                yield Failure(focus, value, predicate)


@dataclass(frozen=True, slots=True)
class HasValue(Constraint):
    """One of the values is this term."""

    term: str
    component = sh("HasValueConstraintComponent")

    def failures(self, run: Conformance, values: Values) -> Iterable[Failure]:
        having = {focus for focus, _ in values.having({self.term})}
        return map(Failure, values.focus - having)


@dataclass(frozen=True, slots=True)
class In(ValueConstraint):
    """Values are among these terms."""

    terms: frozenset[str]
    component = sh("InConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        return values - self.terms
