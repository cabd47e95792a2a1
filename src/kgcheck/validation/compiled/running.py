"""Evaluating compiled shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from kgcheck.errors import CheckError
from kgcheck.validation.compiled.columns import Data, Source
from kgcheck.validation.compiled.constraints.shape_based import Property
from kgcheck.validation.compiled.graph import ShapesGraph
from kgcheck.validation.compiled.messages import Messages
from kgcheck.validation.compiled.paths import Path
from kgcheck.validation.compiled.shape import Shape
from kgcheck.validation.compiled.values import Values, find_values
from kgcheck.validation.results import Result

DEPTH = 14
"""How many shapes within shapes pySHACL follows."""


def evaluate(shapes: Sequence[Shape], graph: ShapesGraph, source: Source) -> list[Result]:
    """All results of the compiled shapes of `graph` on the triples of `source`, in no particular order.

    Raises CheckError when values cannot be compared as a shape asks.
    """
    aims = _aims(shapes)
    data = Data(source, Counter(predicate for _, needed in aims for predicate in needed))
    run = _Run(data, Messages(graph))
    found: list[Result] = []
    try:
        for shape, needed in aims:
            found.extend(result for _, result in run.results(shape, shape.targets.focus(data)))
            data.done(needed)
    except (RecursionError, TypeError, ValueError) as error:
        raise CheckError(
            f"the shapes could not be checked: {error}",
            remedy="Look at the shapes (SHACL Core only) and at the node that is named.",
        ) from error
    return found


def _aims(shapes: Sequence[Shape]) -> list[tuple[Shape, frozenset[str]]]:
    """The shapes with what they read, those that read the same predicates one after the other."""
    aims = [(shape, shape.predicates()) for shape in spread(shapes)]
    return sorted(aims, key=lambda aim: (sorted(aim[1]), aim[0].node))


def spread(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """The shapes, with the property shapes of a node shape as shapes of their own with its targets.

    The results are the same, and every column can be let go earlier.
    """
    for shape in shapes:
        if shape.deactivated:
            continue
        if shape.path is not None:
            yield shape
            continue
        own = [constraint for constraint in shape.constraints if not isinstance(constraint, Property)]
        if own:
            yield replace(shape, constraints=tuple(own))
        for constraint in shape.constraints:
            if isinstance(constraint, Property) and not constraint.inner.deactivated:
                yield replace(constraint.inner, targets=shape.targets)


class _Run:
    """Implements `shape.Conformance` at one level of shapes within shapes."""

    def __init__(self, data: Data, messages: Messages, level: int = 0) -> None:
        self.data = data
        self._messages = messages
        self._level = level
        self._last: tuple[Set[str], Path | None, Values] | None = None

    def failing(self, shape: Shape, nodes: Set[str]) -> Set[str]:
        """Those of the nodes that do not conform to the shape."""
        if shape.deactivated or not nodes:
            return frozenset()
        inner = self._deeper()
        values = inner.values(nodes, shape.path)
        return {
            failure.focus
            for constraint in shape.constraints
            for failure in constraint.failures(inner, values)
        }

    def values(self, nodes: Set[str], path: Path | None) -> Values:
        """The values of the nodes; shapes that come one after the other often look at the same ones."""
        if self._last is None or self._last[0] is not nodes or self._last[1] != path:
            self._last = nodes, path, find_values(nodes, path, self.data)
        return self._last[2]

    def _deeper(self) -> _Run:
        if self._level >= DEPTH:
            raise CheckError(
                f"the shapes could not be checked: shapes are nested more than {DEPTH} deep",
                remedy="Nest fewer shapes in each other.",
            )
        return _Run(self.data, self._messages, self._level + 1)

    def results(self, shape: Shape, nodes: Set[str]) -> Iterator[tuple[str, Result]]:
        """Every result of the shape, with the one of the nodes that it comes from."""
        if shape.deactivated or not nodes:
            return
        values = self.values(nodes, shape.path)
        for constraint in shape.constraints:
            if isinstance(constraint, Property):
                yield from self._inner_results(constraint.inner, values)
                continue
            for focus, value, path in constraint.failures(self, values):
                message = shape.message
                if message is None:
                    message = self._messages.message(shape.node, constraint.component, focus, value)
                where = path or shape.path_node
                severity, component = shape.severity, constraint.component
                yield focus, Result(focus, where, value, component, severity, message, shape.node)

    def _inner_results(self, shape: Shape, values: Values) -> Iterator[tuple[str, Result]]:
        inner: dict[str, list[Result]] = {}
        for value, result in self._deeper().results(shape, values.distinct):
            inner.setdefault(value, []).append(result)
        # Two focus nodes that share a value both have its results.
        for focus, value in values.having(inner.keys()):
            for result in inner[value]:
                yield focus, result
