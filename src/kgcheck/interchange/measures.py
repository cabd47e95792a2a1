"""Figures in the light of their measure, and what a new measure is by the figures of its rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from kgcheck.errors import MeaningError
from kgcheck.interchange.cells import Cells, choices, unit_patterns
from kgcheck.interchange.concepts import Concepts
from kgcheck.model.meaning import Meaning, UnitKind
from kgcheck.semantics import Policy, interpret, interpret_change

Key = TypeVar("Key", bound=str)

BARE = re.compile(r"[+-]?\d[\d,]*(\.\d+)?")

# What a change of so many of these says of the measure that changes.
LEVEL_OF = {
    UnitKind.COUNT: UnitKind.COUNT,
    UnitKind.POINTS: UnitKind.RATIO,
    UnitKind.MONEY: UnitKind.MONEY,
    UnitKind.DURATION: UnitKind.DURATION,
}


@dataclass(slots=True)
class Evident:
    """What the rows of a new measure show: rows by unit kind and by currency or other unit."""

    kinds: dict[UnitKind, list[Cells]] = field(default_factory=lambda: defaultdict(list))
    changes: set[UnitKind] = field(default_factory=set)
    units: dict[str, list[Cells]] = field(default_factory=lambda: defaultdict(list))
    first: Cells | None = None


@dataclass(slots=True)
class Measures:
    """Reads stated values, and remembers what they show of the measures that the sheet brings in."""

    concepts: Concepts
    policy: Policy
    said: dict[str, str] = field(default_factory=dict)
    evident: dict[str, Evident] = field(default_factory=lambda: defaultdict(Evident))

    def hear(self, cells: Cells, measure: str) -> None:
        """Note the unit that a row gives for its measure; it holds for all rows of the measure."""
        unit = cells.text("unit")
        if unit is None or cells.choice("unit") is None:
            return
        if self.said.setdefault(measure, unit).casefold() != unit.casefold():
            other = self.said[measure]
            message = f"the unit is {unit!r} here and {other!r} in another row of the same measure"
            cells.refuse("unit", message, "make the rows agree, or make two measures of them")

    def with_unit(self, words: str, measure: str) -> str:
        """The words; a bare number takes on the unit of its measure's `unit` cells."""
        pattern = unit_patterns().get(self.said.get(measure, "").casefold())
        return pattern.format(words) if pattern and BARE.fullmatch(words) else words

    def read_value(self, cells: Cells, measure: str) -> tuple[str, Meaning] | None:
        """A statistic's words and what they mean."""
        words = self.with_unit(cells.text("stated") or cells.text("quote") or "", measure)
        known = self.concepts.vocabulary.measures.get(measure)
        uncertainty = cells.text("uncertainty")
        try:
            meaning = interpret(
                words,
                kind=known.kind if known else self._said_kind(measure),
                policy=self.policy,
                natural=known.natural if known else None,
                uncertainty=uncertainty,
            )
        except MeaningError as error:
            self._unreadable(cells, words, error)
            return None
        if measure in self.concepts.minted:
            evident = self._seen(cells, measure)
            evident.kinds[meaning.kind].append(cells)
            if meaning.unit and meaning.kind in (UnitKind.MONEY, UnitKind.QUANTITY):
                evident.units[meaning.unit].append(cells)
        return words, meaning

    def read_change(self, cells: Cells, measure: str, direction: str | None) -> tuple[str, Meaning] | None:
        """A trend's stated change, signed."""
        self._seen(cells, measure)
        stated = cells.text("stated")
        if stated is None:
            return None
        words = self.with_unit(stated, measure)
        known = self.concepts.vocabulary.measures.get(measure)
        kind = known.kind if known else self._said_kind(measure)
        try:
            meaning = interpret_change(words, direction=direction, kind=kind, policy=self.policy)
        except MeaningError as error:
            self._unreadable(cells, words, error)
            return None
        self.evident[measure].changes.add(meaning.kind)
        if not cells.row.get("direction") and not self._signed(words):
            message = f"{words!r} does not say whether it went up or down"
            cells.refuse("direction", message, "fill in up, down or flat")
            return None
        return words, meaning

    def _signed(self, words: str) -> bool:
        """Whether the words themselves say which way it went, so that a direction changes nothing."""
        try:
            ways = {
                interpret_change(words, direction=way, policy=self.policy).point for way in ("up", "down")
            }
        except MeaningError:
            return True
        return len(ways) == 1

    def read_rank(self, cells: Cells, measure: str) -> None:
        """Note that a rank speaks of the measure, which says nothing of its unit."""
        self._seen(cells, measure)

    def settle(self) -> None:
        """Give every new measure its unit kind. What its rows leave open or mix is a problem."""
        for iri, minted in self.concepts.minted.items():
            if minted.role.name != "measure":
                continue
            evident = self.evident[iri]
            kind = self._said_kind(iri) or self._shown_kind(evident, minted.label)
            if kind is not None:
                minted.note("unitKind", kind.value)
            elif evident.first is not None:
                message = f"no row shows what kind of number {minted.label!r} is"
                evident.first.refuse("unit", message, "fill in the unit: percent, count, money or duration")

    def _seen(self, cells: Cells, measure: str) -> Evident:
        evident = self.evident[measure]
        if evident.first is None:
            evident.first = cells
        return evident

    def _said_kind(self, measure: str) -> UnitKind | None:
        said = self.said.get(measure)
        return UnitKind(choices("unit")[said.casefold()]) if said else None

    def _shown_kind(self, evident: Evident, label: str) -> UnitKind | None:
        if not evident.kinds:
            shown = {LEVEL_OF[kind] for kind in evident.changes if kind in LEVEL_OF}
            return shown.pop() if len(shown) == 1 else None
        _refuse_mixture({f"a {kind.value}": rows for kind, rows in evident.kinds.items()}, label)
        _refuse_mixture({f"in {unit}": rows for unit, rows in evident.units.items()}, label)
        return _usual(evident.kinds)

    def _unreadable(self, cells: Cells, words: str, error: MeaningError) -> None:
        column = "stated" if cells.row.get("stated") else "quote"
        remedy = error.remedy or (
            "mend the words"
            if column == "stated"
            else "put the words of the value alone into the column 'stated'"
        )
        cells.refuse(column, f"{words!r} has no value that can be read: {error.message}", remedy)


def _usual(rows: Mapping[Key, list[Cells]]) -> Key:
    """What most rows have; of several, the last by alphabet."""
    return max(rows, key=lambda key: (len(rows[key]), str(key)))


def _refuse_mixture(rows: Mapping[str, list[Cells]], label: str) -> None:
    """One measure is one kind of number: the rows that differ from most others are refused."""
    if len(rows) < 2:
        return
    usual = _usual(rows)
    others = ", ".join(str(cells.row.number) for cells in rows[usual][:5])
    for key in sorted(set(rows) - {usual}):
        for cells in rows[key]:
            message = f"{label!r} is {key} here and {usual} in row {others}"
            cells.refuse("stated", message, "make two measures of them, or mend the value")
