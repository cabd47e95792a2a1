"""The cells of tables as claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from kgcheck.extract.computations import link_computations
from kgcheck.extract.figures import Figure, find_figures
from kgcheck.extract.grids import Cell, is_figure
from kgcheck.extract.headings import Table
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import read_table
from kgcheck.extract.times import find_times
from kgcheck.extract.words import read_words
from kgcheck.model.meaning import UnitKind
from kgcheck.semantics.quantities import Form, Quantity
from kgcheck.semantics.tables import read_table as read_semantics

_WORDS = read_table("tables.toml")
_TABLE = {
    name: re.compile(rf"(?:{pattern.replace('{month}', _WORDS['month'])})", re.IGNORECASE)
    for name, pattern in _WORDS.items()
}
_GRADES = read_table("grades.toml")
_GRADE_WORDS = {
    word: grade for group in ("strong", "weak") for grade, words in _GRADES[group].items() for word in words
}
_COLOURS = frozenset(_GRADES["colours"]["words"])
_SCALES = {
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "bn": 10**9,
    "billion": 10**9,
    "k": 1000,
    "thousand": 1000,
}
_MONEY = {row["marks"][0]: row["name"] for row in read_semantics("units.toml")["unit"] if row.get("marks")}
_COINS = {"pounds": "GBP", "dollars": "USD", "euros": "EUR"}
_NOTE = re.compile(r"[*†‡§¹²³]+$|\s?\[[0-9a-z]{1,3}\]$|(?<=[0-9%])\s?\([a-z]\)$")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands: the words of its row, of its column, of its section and over the table."""

    row: str
    column: str
    section: str
    heading: str | None

    @property
    def measure(self) -> str | None:
        """What the words over the cell say that it measures, times left out."""
        told = [part for part in (self.heading, _without_time(self.column)) if part]
        return ", ".join(told) or (self.row or None)

    @property
    def time(self) -> str | None:
        """The time that the row, the column, the section or the heading names."""
        before = _TABLE["before"].search(self.column) is not None
        for words in (self.row, "" if before else self.column, self.section, self.heading or ""):
            named = words.strip() if _TABLE["time"].fullmatch(words.strip()) else None
            if times := find_times(words, 0, len(words)):
                named = times[0].words
            if named and re.search(r"[0-9]{4}|[0-9]{2}[/-]", named):
                return f"same period last year as {named}" if before else named
        return None


def read_cells(text: str, table: Table, heading: str | None) -> Iterator[Proposal]:
    """One claim for each cell that holds a figure or a grade; `heading` stands over the table."""
    grid: list[list[Proposal | None]] = []
    heading = ", ".join(part for part in (heading, table.title) if part)[:_LONGEST_NAME] or None
    for row, section in zip(table.rows, table.sections, strict=True):
        claims: list[Proposal | None] = []
        offset = len(table.heads) - len(row)
        named = bool(row) and not _figure_alone(text, row[0])
        row_head = text[row[0].start : row[0].end][:_LONGEST_NAME] if named else ""
        for number, cell in enumerate(row):
            head = table.heads[number + offset] if 0 <= number + offset < len(table.heads) else ""
            if (number == 0 and named) or cell.start == cell.end or _TABLE["skip"].fullmatch(head.strip()):
                claims.append(None)
                continue
            found = list(_cell(text, cell, Place(row_head, head[:_LONGEST_NAME], section, heading)))
            claims.append(found[0] if found else None)
            yield from found[1:]
        _tell_points(claims)
        grid.append(claims)
        yield from (claim for claim in claims if claim)
    link_computations(text, table, grid)


def _tell_points(claims: Sequence[Proposal | None]) -> None:
    """A bare change that stands after percentages is one of percentage points."""
    level: Proposal | None = None
    for claim in claims:
        if claim is not None and claim.kind == "trend" and claim.unit == "count":
            if level is not None and level.unit == "percent":
                claim.unit = "percentage_points"
        elif claim is not None and claim.kind != "trend":
            level = claim


def _figure_alone(text: str, cell: Cell) -> bool:
    words = text[cell.start : cell.end]
    return is_figure(words) and not _TABLE["time"].fullmatch(words)


def _cell(text: str, cell: Cell, place: Place) -> Iterator[Proposal]:
    words_of_cell = text[cell.start : cell.end]
    if note := _NOTE.search(words_of_cell):
        cell = Cell(cell.start, cell.start + note.start())
    quote = text[cell.start : cell.end].rstrip()
    cell = Cell(cell.start, cell.start + len(quote))
    grade = _GRADE_WORDS.get(quote.casefold())
    if grade and (grade not in _COLOURS or _TABLE["grade"].search(place.column)):
        yield Proposal(
            cell.start, cell.end, quote, "grade", grade, unit="grade", period=place.time,
            measure=_without_time(place.column) or None, confidence=0.8, notes=_notes(place),
        )  # fmt: skip
        return
    if not quote or len(quote) > _LONGEST_NAME:
        return
    words = read_words(text, cell.start, cell.end)
    figures = list(find_figures(words, []))
    if len(figures) == 2 and is_figure(quote) and "(" in quote:
        for figure in figures:
            start, end = words.starts[figure.first], words.ends[figure.last - 1]
            yield _claim(text, Cell(start, end), figure, place)
        return
    if len(figures) == 1 and figures[0].last - figures[0].first >= len(words) - 3:
        yield _claim(text, cell, figures[0], place)


def _claim(text: str, cell: Cell, figure: Figure, place: Place) -> Proposal:
    quantity = figure.quantity
    head = place.column
    change = _TABLE["change"].search(head) is not None
    if quantity.kind is None:
        quantity = _with_head(quantity, head, place, change)
        figure = replace(figure, quantity=quantity)
    value, quote = figure.value, text[cell.start : cell.end]
    kind = "proportion" if quantity.kind is UnitKind.RATIO else "statistic"
    direction = None
    comparator, approx, unit = figure.comparator, figure.approximate, figure.unit
    if quote.startswith("(") and quote.endswith(")") and isinstance(value, int | float):
        value = -value
    if change and isinstance(value, int | float):
        kind = "trend"
        direction = "down" if value < 0 else "up" if value > 0 else "flat"
        value = abs(value)
        if comparator != "=" and quote[:1] in "+-":
            comparator = "="
    elif _TABLE["rank"].fullmatch(head.strip()) and isinstance(value, int):
        kind, unit = "rank", "rank_from_top"
    return Proposal(
        cell.start, cell.end, quote, kind, value, comparator, approx, unit,
        measure=place.measure, period=place.time, direction=direction, stated=quote, confidence=0.85,
        notes=_notes(place),
    )  # fmt: skip


def _with_head(quantity: Quantity, head: str, place: Place, change: bool) -> Quantity:
    """A bare number under "%", "£m" or "(thousands)" takes its unit from there, else from the heading."""
    counted = re.search(r"\bnumbers?\b|\bcount\b", head, re.IGNORECASE) is not None
    if change and _TABLE["points"].search(head):
        return replace(quantity, form=Form.SHARE, factor=Fraction(1, 100), kind=UnitKind.POINTS)
    if _TABLE["percent"].search(head) and not counted and (not change or "%" in head or "per" in head):
        return replace(quantity, form=Form.SHARE, factor=Fraction(1, 100), kind=UnitKind.RATIO)
    for words in (head, place.row, place.heading or ""):
        if words and not counted and (told := _scaled(quantity, words, words is head)):
            return told
    if not counted and not change and re.search(r"[(,]\s?(?:%|per ?cent)", place.heading or place.row):
        return replace(quantity, form=Form.SHARE, factor=Fraction(1, 100), kind=UnitKind.RATIO)
    return quantity


def _scaled(quantity: Quantity, words: str, head: bool) -> Quantity | None:
    """The quantity in the money or the thousands that the words name, or None where they name none."""
    money, scale = _TABLE["money"].search(words), _TABLE["scale"].search(words)
    if money and not head and not money["mark_"] and not money["scale"]:
        money = None
    if money is None and scale is None:
        return None
    named = (money and money["scale"]) or (scale and (scale["scale"] or scale["scale_"])) or ""
    factor = 1000 if "000" in named else _SCALES.get(named.casefold().rstrip("s") or "", 1)
    mark = (money["mark"] or money["mark_"]) if money else None
    coin = _COINS.get((scale["coin"] or "").casefold()) if scale else None
    number = quantity.number.scaled(factor)
    if mark or coin:
        unit = _MONEY.get((mark or "").removeprefix("US")) or coin
        return replace(quantity, number=number, kind=UnitKind.MONEY, unit=unit)
    if _TABLE["spending"].search(words) and not head:
        return replace(quantity, number=number, kind=UnitKind.MONEY, unit=None)
    return replace(quantity, number=number)


def _without_time(head: str) -> str:
    """The words over a column but for its time."""
    head = head.strip()
    if _TABLE["time"].fullmatch(head):
        return ""
    for time in reversed(find_times(head, 0, len(head))):
        head = head[: time.start] + head[time.end :]
    return re.sub(r"\(\s*\)|\s{2,}", " ", head).strip(" ,:–")


def _notes(place: Place) -> dict[str, object]:
    notes: dict[str, object] = {"row": place.row, "column": place.column}
    if place.section:
        notes["section"] = place.section
    return notes
