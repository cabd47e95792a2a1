"""sh:equals, sh:disjoint, sh:lessThan, sh:lessThanOrEquals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgcheck.validation.compiled.graph import sh
from kgcheck.validation.compiled.ordering import comes_before
from kgcheck.validation.compiled.shape import Conformance, Constraint, Failure
from kgcheck.validation.compiled.values import Values


@dataclass(frozen=True, slots=True)
class Equals(Constraint):
    """The values are those of the other property."""

    other: str
    component = sh("EqualsConstraintComponent")

    def failures(self, run: Conformance, values: Values) -> Iterable[Failure]:
        others = set(run.data.column(self.other).pairs(values.focus))
        return (Failure(*pair) for pair in others.symmetric_difference(values.pairs()))

    def predicates(self) -> Iterable[str]:
        return (self.other,)


@dataclass(frozen=True, slots=True)
class Disjoint(Constraint):
    """No value is one of the other property."""

    other: str
    component = sh("DisjointConstraintComponent")

    def failures(self, run: Conformance, values: Values) -> Iterable[Failure]:
        for focus, value in run.data.column(self.other).pairs(values.focus):
            if value in values.of(focus):
                yield Failure(focus, value)

    def predicates(self) -> Iterable[str]:
        return (self.other,)


@dataclass(frozen=True, slots=True)
class LessThan(Constraint):
    """Every value comes before every value of the other property."""

    other: str
    component = sh("LessThanConstraintComponent")
    or_equals = False

    def failures(self, run: Conformance, values: Values) -> Iterable[Failure]:
        if (column := values.column) is not None and self._holds(column.beside(self.other)):
            return
        for focus, bound in run.data.column(self.other).pairs(values.focus):
            for value in values.of(focus):
                if not comes_before(value, bound, or_equals=self.or_equals):
                    yield Failure(focus, value)

    def _holds(self, pairs: Iterable[tuple[str, str]]) -> bool:
        """Whether all values come before what stands beside them; not where one cannot tell."""
        try:
            return all(comes_before(value, bound, or_equals=self.or_equals) for value, bound in pairs)
        except (TypeError, ValueError):
            return False

    def predicates(self) -> Iterable[str]:
        return (self.other,)


@dataclass(frozen=True, slots=True)
class LessThanOrEquals(LessThan):
    """Every value comes before every value of the other property, or equals it."""

    component = sh("LessThanOrEqualsConstraintComponent")
    or_equals = True
