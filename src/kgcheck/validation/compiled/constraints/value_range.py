"""sh:minExclusive, sh:minInclusive, sh:maxExclusive, sh:maxInclusive."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from kgcheck.validation.compiled.ordering import compare
from kgcheck.validation.compiled.shape import Conformance, ValueConstraint
from kgcheck.validation.compiled.terms import is_literal


@dataclass(frozen=True, slots=True)
class Range(ValueConstraint):
    """Values are literals that compare with the bound in one of the ways allowed (-1, 0, 1)."""

    component: str
    bound: str
    allowed: frozenset[int]

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        return {
            value
            for value in values
            if not (is_literal(value) and compare(value, self.bound) in self.allowed)
        }


ALLOWED = {
    "minExclusive": frozenset((1,)),
    "minInclusive": frozenset((0, 1)),
    "maxExclusive": frozenset((-1,)),
    "maxInclusive": frozenset((-1, 0)),
}
"""How a value may compare with the bound, by the name of the parameter."""
