"""sh:minCount, sh:maxCount."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgcheck.validation.compiled.graph import sh
from kgcheck.validation.compiled.shape import Conformance, Constraint, Failure
from kgcheck.validation.compiled.values import Values


@dataclass(frozen=True, slots=True)
class MinCount(Constraint):
    """There are at least so many values."""

    count: int
    component = sh("MinCountConstraintComponent")

    def failures(self, run: Conformance, values: Values) -> Iterable[Failure]:
        return map(Failure, values.fewer(self.count))


@dataclass(frozen=True, slots=True)
class MaxCount(Constraint):
    """There are at most so many values."""

    count: int
    component = sh("MaxCountConstraintComponent")

    def failures(self, run: Conformance, values: Values) -> Iterable[Failure]:
        return map(Failure, values.more(self.count))
