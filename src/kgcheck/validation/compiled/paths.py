"""SHACL property paths, followed through columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from kgcheck.validation.compiled import terms
from kgcheck.validation.compiled.columns import Data, Lookup
from kgcheck.validation.compiled.graph import FIRST, NIL, REST, ShapesGraph, Unsupported, sh

DEPTH = 10
"""How deep pySHACL follows a path; it gives up on deeper ones."""


class Path(Protocol):
    """A way from a node to its values."""

    def follow(self, data: Data) -> Lookup:
        """From a node to those at the end of the path."""
        ...

    def predicates(self) -> Iterator[str]:
        """The predicates that the path walks along."""
        ...


@dataclass(frozen=True, slots=True)
class Predicate:
    """One step, forwards or (`^`) backwards."""

    iri: str
    backwards: bool = False

    def follow(self, data: Data) -> Lookup:
        column = data.column(self.iri)
        return column.with_object if self.backwards else column.of

    def predicates(self) -> Iterator[str]:
        yield self.iri


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after the other (`/`)."""

    steps: tuple[Path, ...]

    def follow(self, data: Data) -> Lookup:
        first, *others = (step.follow(data) for step in self.steps)

        def ends(start: str) -> Collection[str]:
            reached = first(start)
            for step in others:
                if len(reached) == 1:  # as nearly everywhere, and then nothing can come twice
                    (node,) = reached
                    reached = step(node)
                else:
                    reached = {end for node in reached for end in step(node)}
            return reached

        return ends

    def predicates(self) -> Iterator[str]:
        for step in self.steps:
            yield from step.predicates()


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of the paths (`|`)."""

    choices: tuple[Path, ...]

    def follow(self, data: Data) -> Lookup:
        choices = [choice.follow(data) for choice in self.choices]
        return lambda start: {end for choice in choices for end in choice(start)}

    def predicates(self) -> Iterator[str]:
        for choice in self.choices:
            yield from choice.predicates()


@dataclass(frozen=True, slots=True)
class Repeated:
    """A path any number of times: `*`, `+` or, at most once, `?`."""

    inner: Path
    with_start: bool
    once: bool = False

    def follow(self, data: Data) -> Lookup:
        step = self.inner.follow(data)

        def ends(start: str) -> Collection[str]:
            found = {start} if self.with_start else set()
            waiting = set(step(start))
            if self.once:
                return found | waiting
            while waiting:
                node = waiting.pop()
                if node not in found:
                    found.add(node)
                    waiting.update(step(node))
            return found

        return ends

    def predicates(self) -> Iterator[str]:
        return self.inner.predicates()


def read_path(graph: ShapesGraph, node: str, *, backwards: bool = False, depth: int = 0) -> Path:
    """The path that a node of the shapes graph describes.

    Raises Unsupported for a path that is none, and for those that pySHACL would not follow or follows in
    its own way, such as the inverse of a sequence.
    """
    if terms.is_iri(node):
        return Predicate(node, backwards)
    if depth >= DEPTH or terms.is_literal(node):
        raise Unsupported("it has a path that is too deep or none")
    if graph.value(node, FIRST) is not None:
        if backwards:
            raise Unsupported("it has the inverse of a sequence as a path")
        return _sequence(graph, node, depth)
    if (inner := graph.value(node, sh("inversePath"))) is not None:
        return read_path(graph, inner, backwards=not backwards, depth=depth + 1)
    if (choices := graph.value(node, sh("alternativePath"))) is not None:
        read = tuple(
            read_path(graph, choice, backwards=backwards, depth=depth + 1) for choice in graph.items(choices)
        )
        if len(read) < 2:
            raise Unsupported("it has a path of fewer than two alternatives")
        return Alternative(read)
    for name, with_start, once in (
        ("zeroOrMorePath", True, False),
        ("oneOrMorePath", False, False),
        ("zeroOrOnePath", True, True),
    ):
        if (inner := graph.value(node, sh(name))) is not None:
            return Repeated(read_path(graph, inner, backwards=backwards, depth=depth + 1), with_start, once)
    raise Unsupported("it has a path that is none")


def _sequence(graph: ShapesGraph, head: str, depth: int) -> Path:
    steps: list[Path] = []
    seen: set[str] = set()
    while head != NIL:
        first, rest = graph.value(head, FIRST), graph.value(head, REST)
        if first is None or rest is None or head in seen or depth >= DEPTH:
            raise Unsupported("it has a path that is too deep or no list")
        steps.append(read_path(graph, first, depth=depth + 1))
        seen.add(head)
        head = rest
        depth += 1
    if len(steps) < 2:
        raise Unsupported("it has a path of fewer than two steps")
    return Sequence(tuple(steps))
