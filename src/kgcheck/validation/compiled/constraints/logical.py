"""sh:not, sh:and, sh:or, sh:xone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

from kgcheck.validation.compiled.graph import sh
from kgcheck.validation.compiled.shape import Conformance, Shape, ValueConstraint


@dataclass(frozen=True, slots=True)
class Not(ValueConstraint):
    """Values do not conform to the shape."""

    inner: Shape
    component = sh("NotConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        return values - run.failing(self.inner, values)

    def shapes(self) -> Iterable[Shape]:
        return (self.inner,)


@dataclass(frozen=True, slots=True)
class And(ValueConstraint):
    """Values conform to all the shapes."""

    members: tuple[Shape, ...]
    component = sh("AndConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        return {value for member in self.members for value in run.failing(member, values)}

    def shapes(self) -> Iterable[Shape]:
        return self.members


@dataclass(frozen=True, slots=True)
class Or(ValueConstraint):
    """Values conform to one or more of the shapes."""

    members: tuple[Shape, ...]
    component = sh("OrConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        for member in self.members:
            values = run.failing(member, values)
            if not values:
                break
        return values

    def shapes(self) -> Iterable[Shape]:
        return self.members


@dataclass(frozen=True, slots=True)
class Xone(ValueConstraint):
    """Values conform to exactly one of the shapes; a shape listed twice counts twice."""

    members: tuple[Shape, ...]
    component = sh("XoneConstraintComponent")

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        held = Counter(value for member in self.members for value in values - run.failing(member, values))
        return {value for value in values if held[value] != 1}

    def shapes(self) -> Iterable[Shape]:
        return self.members
