"""The value nodes of a set of focus nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import Protocol

from kgcheck.validation.compiled.columns import Column, Data
from kgcheck.validation.compiled.paths import Path, Predicate


class Values(Protocol):
    """Focus nodes and their values, each value of a focus node once."""

    @property
    def focus(self) -> Set[str]: ...

    @property
    def distinct(self) -> Set[str]:
        """All values of all focus nodes."""
        ...

    @property
    def column(self) -> Column | None:
        """The column that the values are read from, where it is a single one."""
        ...

    @property
    def wider(self) -> Set[str] | None:
        """A set that holds all values and maybe some more, where that is at hand earlier."""
        ...

    def of(self, focus: str) -> Collection[str]:
        """The values of one focus node."""
        ...

    def having(self, values: Set[str]) -> Iterator[tuple[str, str]]:
        """The pairs of focus node and value with these values."""
        ...

    def pairs(self) -> Iterable[tuple[str, str]]:
        """All pairs of focus node and value."""
        ...

    def fewer(self, count: int) -> Iterable[str]:
        """The focus nodes that have fewer values."""
        ...

    def more(self, count: int) -> Iterable[str]:
        """The focus nodes that have more values."""
        ...


class Themselves:
    """The values of a node shape: the focus nodes themselves."""

    def __init__(self, focus: Set[str]) -> None:
        self.focus = focus
        self.distinct = focus
        self.wider = None
        self.column = None

    def of(self, focus: str) -> Collection[str]:
        return (focus,)

    def having(self, values: Set[str]) -> Iterator[tuple[str, str]]:
        return ((node, node) for node in self.focus & values)

    def pairs(self) -> Iterable[tuple[str, str]]:
        return ((node, node) for node in self.focus)

    def fewer(self, count: int) -> Iterable[str]:
        return self.focus if count > 1 else ()

    def more(self, count: int) -> Iterable[str]:
        return self.focus if count < 1 else ()


_FEW = 10
"""So many values are looked for one by one."""


class OneStep:
    """The values along a single predicate, straight from its column."""

    def __init__(self, focus: Set[str], column: Column) -> None:
        self.focus = focus
        self.column = column

    @cached_property
    def _all(self) -> bool:
        """Whether the column is about focus nodes alone: nothing need be left out then."""
        return self.column.holders <= self.focus

    @cached_property
    def distinct(self) -> Set[str]:
        if self._all:
            return self.column.values
        return {value for _, value in self.column.pairs(self.focus)}

    @property
    def wider(self) -> Set[str] | None:
        found = self.column.values
        return found if len(found) <= len(self.focus) else None

    def of(self, focus: str) -> Collection[str]:
        return self.column.of(focus)

    def having(self, values: Set[str]) -> Iterator[tuple[str, str]]:
        if len(values) <= _FEW:
            found = ((node, value) for value in values for node in self.column.having(value))
            return (pair for pair in found if pair[0] in self.focus)
        pairs = self.column.pairs(None if self._all else self.focus)
        return (pair for pair in pairs if pair[1] in values)

    def pairs(self) -> Iterable[tuple[str, str]]:
        return self.column.pairs(self.focus)

    def fewer(self, count: int) -> Iterable[str]:
        if count < 1:
            return ()
        missing = self.focus - self.column.holders
        if count == 1:
            return missing
        repeated = self.column.repeated
        return [node for node in self.focus if node in missing or repeated.get(node, 1) < count]

    def more(self, count: int) -> Iterable[str]:
        if count < 1:
            return self.focus & self.column.holders
        return [node for node, held in self.column.repeated.items() if held > count and node in self.focus]


class FarOff:
    """The values at the end of any other path."""

    def __init__(self, focus: Set[str], path: Path, data: Data) -> None:
        self.focus = focus
        self.wider = None
        self.column = None
        follow = path.follow(data)
        self._values: Mapping[str, Collection[str]] = {node: follow(node) for node in focus}

    @cached_property
    def distinct(self) -> Set[str]:
        return {value for values in self._values.values() for value in values}

    def of(self, focus: str) -> Collection[str]:
        return self._values[focus]

    def having(self, values: Set[str]) -> Iterator[tuple[str, str]]:
        return ((node, value) for node, found in self._values.items() for value in found if value in values)

    def pairs(self) -> Iterable[tuple[str, str]]:
        return ((node, value) for node, found in self._values.items() for value in found)

    def fewer(self, count: int) -> Iterable[str]:
        return [node for node, found in self._values.items() if len(found) < count]

    def more(self, count: int) -> Iterable[str]:
        return [node for node, found in self._values.items() if len(found) > count]


def find_values(focus: Set[str], path: Path | None, data: Data) -> Values:
    """The values of the focus nodes along the path; without a path it is the nodes themselves."""
    if path is None:
        return Themselves(focus)
    if isinstance(path, Predicate) and not path.backwards:
        return OneStep(focus, data.column(path.iri))
    return FarOff(focus, path, data)


def count_having(values: Values, chosen: Set[str]) -> Mapping[str, int]:
    """How many of the chosen values each focus node has, where it has any."""
    return Counter(node for node, _ in values.having(chosen))
