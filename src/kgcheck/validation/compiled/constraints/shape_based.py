"""sh:node, sh:property, sh:qualifiedValueShape."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from kgcheck.validation.compiled.graph import sh
from kgcheck.validation.compiled.shape import Conformance, Constraint, Failure, Shape, ValueConstraint, judge
from kgcheck.validation.compiled.values import Values, count_having


@dataclass(frozen=True, slots=True)
class Node(ValueConstraint):
    """Values conform to the node shape."""

    inner: Shape
    component = sh("NodeConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        return run.failing(self.inner, values)

    def shapes(self) -> Iterable[Shape]:
        return (self.inner,)


@dataclass(frozen=True, slots=True)
class Property(ValueConstraint):
    """Values conform to the property shape, whose own results are the ones that are told."""

    inner: Shape
    component = sh("PropertyConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        return run.failing(self.inner, values)

    def shapes(self) -> Iterable[Shape]:
        return (self.inner,)


@dataclass(frozen=True, slots=True)
class Qualified(Constraint):
    """So many values conform to the shape, and to none of its siblings."""

    component: str
    inner: Shape
    siblings: tuple[Shape, ...]
    count: int
    at_least: bool

    def failures(self, run: Conformance, values: Values) -> Iterable[Failure]:
        counts = count_having(values, judge(values, lambda found: self._chosen(run, found)))
        if self.at_least:
            return (Failure(focus) for focus in values.focus if counts.get(focus, 0) < self.count)
        return (Failure(focus) for focus in values.focus if counts.get(focus, 0) > self.count)

    def _chosen(self, run: Conformance, values: Set[str]) -> Set[str]:
        chosen = values - run.failing(self.inner, values)
        for sibling in self.siblings:
            chosen = chosen & run.failing(sibling, chosen)
        return chosen

    def shapes(self) -> Iterable[Shape]:
        return (self.inner, *self.siblings)
