"""What stands beside a number and says what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kgcheck.model.meaning import UnitKind
from kgcheck.semantics.numbers import Read
from kgcheck.semantics.tables import read_table
from kgcheck.semantics.text import Token, tokenise


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of `kind`; `factor` turns a number of it into the base unit of the kind."""

    kind: UnitKind
    factor: Fraction
    name: str | None = None


def _index(key: str) -> dict[tuple[str, ...], Unit]:
    found: dict[tuple[str, ...], Unit] = {}
    for row in read_table("units.toml")["unit"]:
        unit = Unit(UnitKind(row["kind"]), Fraction(row["factor"]), row.get("name"))
        for words in row.get(key, ()):
            found[tuple(token.text for token in tokenise(words))] = unit
    return found


_AFTER = _index("words")
_BEFORE = _index("marks")
_LONGEST = max(len(key) for key in _AFTER | _BEFORE)
_ONLY_GLUED = frozenset({"p", "x", "×"})
_ADJECTIVES = frozenset({"consecutive", "successive", "straight", "whole", "full", "calendar", "working"})


def read_unit(tokens: Sequence[Token], start: int) -> Read[Unit]:
    """The unit that follows a number, and the index after it; None where none does."""
    index = start
    while index < len(tokens) and tokens[index].text in _ADJECTIVES:
        index += 1
    found = _longest(_AFTER, tokens, index)
    if found is None:
        return None
    unit, end = found
    if index > start and unit.kind is not UnitKind.DURATION:
        return None
    if tokens[index].text in _ONLY_GLUED and not tokens[index].glued:
        return None
    return unit, end


def read_mark(tokens: Sequence[Token], start: int) -> Read[Unit]:
    """The currency mark that stands before a number, and the index after it; else None."""
    found = _longest(_BEFORE, tokens, start)
    if found is not None and not all(token.glued for token in tokens[start + 1 : found[1]]):
        return None  # "c $5" is about five dollars, "C$5" Canadian ones
    return found


def print_unit(kind: UnitKind, name: str | None) -> tuple[str, str]:
    """What to print before and after a number in the base unit of `kind`; empty for a bare number."""
    for row in read_table("units.toml")["unit"]:
        if row["kind"] == kind.value and row.get("name") == name and row["factor"] == "1":
            return (row["marks"][0], "") if "marks" in row else ("", row["words"][0])
    return "", ""


def _longest(table: dict[tuple[str, ...], Unit], tokens: Sequence[Token], start: int) -> Read[Unit]:
    for length in range(min(_LONGEST, len(tokens) - start), 0, -1):
        unit = table.get(tuple(token.text for token in tokens[start : start + length]))
        if unit is not None:
            return unit, start + length
    return None
