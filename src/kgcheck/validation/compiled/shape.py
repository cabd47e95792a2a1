"""Compiled shapes and their constraints."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from kgcheck.errors import CheckError
from kgcheck.validation.compiled.columns import Data
from kgcheck.validation.compiled.graph import sh
from kgcheck.validation.compiled.paths import Path
from kgcheck.validation.compiled.values import Values


class Failure(NamedTuple):
    """A focus node that breaks a constraint, with the value at fault and a path other than the shape's."""

    focus: str
    value: str | None = None
    path: str | None = None


class Conformance(Protocol):
    """What constraints ask of whoever evaluates them."""

    @property
    def data(self) -> Data: ...

    def failing(self, shape: Shape, nodes: Set[str]) -> Set[str]:
        """Those of the nodes that do not conform to the shape."""
        ...


class Constraint:
    """One parameter of a shape, applied to all its focus nodes at once."""

    component: str

    def failures(self, run: Conformance, values: Values) -> Iterable[Failure]:
        """Every validation result, as often as SHACL counts it."""
        raise NotImplementedError

    def predicates(self) -> Iterable[str]:
        """The predicates that are read besides those of the shape's path."""
        return ()

    def shapes(self) -> Iterable[Shape]:
        """The shapes that the constraint refers to."""
        return ()


class ValueConstraint(Constraint):
    """A constraint that looks at values one by one: each distinct value is judged once."""

    def faulty(self, run: Conformance, values: Set[str]) -> Set[str]:
        """Those of the values that break the constraint."""
        raise NotImplementedError

    def failures(self, run: Conformance, values: Values) -> Iterable[Failure]:
        faulty = judge(values, lambda found: self.faulty(run, found))
        return (Failure(focus, value) for focus, value in values.having(faulty)) if faulty else ()


def judge(values: Values, choose: Callable[[Set[str]], Set[str]]) -> Set[str]:
    """What is chosen of the values, maybe with others that no focus node has.

    `choose` must look at each value by itself.
    """
    if values.wider is not None:
        with suppress(CheckError, RecursionError, TypeError, ValueError):  # the value of somebody else
            return choose(values.wider)
    return choose(values.distinct)


@dataclass(frozen=True, slots=True)
class Targets:
    """Where a shape finds its focus nodes."""

    classes: Collection[str] = ()
    nodes: Collection[str] = ()
    subjects_of: Collection[str] = ()
    objects_of: Collection[str] = ()

    def focus(self, data: Data) -> Set[str]:
        """The focus nodes."""
        parts: list[Set[str]] = [data.instances(kind) for kind in self.classes]
        parts += [data.column(predicate).holders for predicate in self.subjects_of]
        parts += [data.column(predicate).values for predicate in self.objects_of]
        if self.nodes:
            parts.append(set(self.nodes))
        return parts[0] if len(parts) == 1 else set().union(*parts)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A node shape, or a property shape with its path."""

    node: str
    severity: str = sh("Violation")
    message: str | None = None
    path: Path | None = None
    path_node: str | None = None
    constraints: tuple[Constraint, ...] = ()
    targets: Targets = field(default_factory=Targets)
    deactivated: bool = False

    def within(self) -> Iterator[Shape]:
        """This shape and all that it refers to, directly or not."""
        yield self
        for constraint in self.constraints:
            for shape in constraint.shapes():
                yield from shape.within()

    def predicates(self) -> frozenset[str]:
        """The predicates that are read to check the shape."""
        found: set[str] = {*self.targets.subjects_of, *self.targets.objects_of}
        for shape in self.within():
            if shape.path is not None:
                found.update(shape.path.predicates())
            for constraint in shape.constraints:
                found.update(constraint.predicates())
        return frozenset(found)
