"""The cells of tables as claims, and what follows from what among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from kgcheck.extract.cells import Cell, Table
from kgcheck.extract.figures import Figure, find_figures
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import read_table
from kgcheck.extract.times import find_times
from kgcheck.extract.words import read_words
from kgcheck.model.meaning import UnitKind
from kgcheck.semantics.quantities import Form, Quantity
from kgcheck.semantics.tables import read_table as read_semantics

_TABLE = {
    name: re.compile(rf"(?:{pattern})", re.IGNORECASE) for name, pattern in read_table("tables.toml").items()
}
_GRADES = read_table("grades.toml")
_GRADE_WORDS = {
    word: grade for group in ("strong", "weak") for grade, words in _GRADES[group].items() for word in words
}
_SCALES = {
    "m": 1_000_000,
    "bn": 1_000_000_000,
    "k": 1000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "thousand": 1000,
    "000": 1000,
    "000s": 1000,
}
_MONEY = {row["marks"][0]: row["name"] for row in read_semantics("units.toml")["unit"] if row.get("marks")}
_TOLERANCE = 0.02
_MOST_OPERANDS = 60


def read_cells(text: str, table: Table, heading: str | None) -> Iterator[Proposal]:
    """One claim for each cell that holds a figure or a grade; `heading` stands over the table."""
    grid: list[list[Proposal | None]] = []
    for row in table.rows:
        claims: list[Proposal | None] = []
        offset = len(table.heads) - len(row)
        named = bool(row) and not _figure_alone(text, row[0])
        row_head = text[row[0].start : row[0].end] if named else ""
        for place, cell in enumerate(row):
            head = table.heads[place + offset] if 0 <= place + offset < len(table.heads) else ""
            if (place == 0 and named) or cell.start == cell.end or _TABLE["skip"].fullmatch(head.strip()):
                claims.append(None)
                continue
            claims.append(_cell(text, cell, row_head, head, heading))
        grid.append(claims)
        yield from (claim for claim in claims if claim)
    _compute(text, table, grid)
    _total_period(text, table, grid)


def _figure_alone(text: str, cell: Cell) -> bool:
    words = text[cell.start : cell.end]
    return re.fullmatch(r"[£$€+-]?[0-9][0-9,.]*%?", words) is not None and not re.fullmatch(
        r"(?:19|20)[0-9]{2}", words
    )


def _cell(text: str, cell: Cell, row_head: str, head: str, heading: str | None) -> Proposal | None:
    quote = text[cell.start : cell.end]
    measure = ", ".join(part for part in (heading, head) if part) or None
    grade = _GRADE_WORDS.get(quote.casefold())
    if grade:
        return Proposal(
            cell.start,
            cell.end,
            quote,
            "grade",
            grade,
            unit="grade",
            measure=head or None,
            confidence=0.8,
            notes=_notes(row_head, head),
        )
    words = read_words(text, cell.start, cell.end)
    figures = list(find_figures(words, []))
    if len(figures) != 1 or figures[0].last - figures[0].first < len(words) - 3:
        return None
    return _claim(text, cell, figures[0], row_head, head, measure)


def _claim(text: str, cell: Cell, figure: Figure, row_head: str, head: str, measure: str | None) -> Proposal:
    quantity = figure.quantity
    if quantity.kind is None:
        quantity = _with_head(quantity, head)
        figure = replace(figure, quantity=quantity)
    value = figure.value
    kind = "proportion" if quantity.kind is UnitKind.RATIO else "statistic"
    direction = None
    comparator, approx, unit = figure.comparator, figure.approximate, figure.unit
    if _TABLE["change"].search(head) and isinstance(value, int | float):
        kind = "trend"
        direction = "down" if value < 0 else "up" if value > 0 else "flat"
        value = abs(value)
    elif _TABLE["rank"].fullmatch(head.strip()) and isinstance(value, int):
        kind, unit = "rank", "rank_from_top"
    notes = _notes(row_head, head)
    before = _TABLE["before"].search(head) is not None
    times = find_times(row_head, 0, len(row_head)) or ([] if before else find_times(head, 0, len(head)))
    period = times[0].words if times else None
    if period and before:
        period = f"same period last year as {period}"
    quote = text[cell.start : cell.end]
    return Proposal(
        cell.start,
        cell.end,
        quote,
        kind,
        value,
        comparator,
        approx,
        unit,
        measure=measure,
        period=period,
        direction=direction,
        stated=quote,
        confidence=0.85,
        notes=notes,
    )


def _with_head(quantity: Quantity, head: str) -> Quantity:
    """A bare number under "%" or "£m" takes its unit from there."""
    counted = re.search(r"\bnumber\b", head, re.IGNORECASE) is not None
    changed = _TABLE["change"].search(head) is not None and "%" not in head
    if _TABLE["percent"].search(head) and not counted and not changed:
        return replace(quantity, form=Form.SHARE, factor=Fraction(1, 100), kind=UnitKind.RATIO)
    if money := _TABLE["money"].search(head):
        scale = _SCALES.get((money["scale"] or "").casefold(), 1)
        return replace(
            quantity,
            number=quantity.number.scaled(scale),
            kind=UnitKind.MONEY,
            unit=_MONEY.get(money["mark"]),
        )
    if _TABLE["thousands"].search(head):
        return replace(quantity, number=quantity.number.scaled(1000))
    return quantity


def _notes(row_head: str, head: str) -> dict[str, object]:
    return {"row": row_head, "column": head}


def _compute(text: str, table: Table, grid: Sequence[Sequence[Proposal | None]]) -> None:
    """Totals, differences and percentages, where the numbers bear them out or nearly do."""
    for claims, row in zip(grid, table.rows, strict=True):
        counts = [
            claim
            for claim in claims
            if claim and claim.kind in {"statistic", "proportion"} and isinstance(claim.value, int | float)
        ]
        if len(counts) >= 2:
            new, old = counts[0], counts[1]
            for claim in claims:
                if claim and claim.kind == "trend" and isinstance(claim.value, int | float):
                    _link(claim, "percent-change" if claim.unit == "percent" else "difference", [new, old])
        if row and _TABLE["total"].search(text[row[0].start : row[0].end]):
            for place, claim in enumerate(claims):
                parts = [other[place] for other in grid if other is not claims and place < len(other)]
                operands = [
                    part
                    for part in parts
                    if part is not None
                    and part.kind == "statistic"
                    and part.unit == (claim.unit if claim else "")
                ]
                if (
                    claim
                    and claim.kind == "statistic"
                    and 2 <= len(operands) <= _MOST_OPERANDS
                    and _sums(claim, operands)
                ):
                    _link(claim, "sum", operands)


def _total_period(text: str, table: Table, grid: Sequence[Sequence[Proposal | None]]) -> None:
    """A total over rows that name times is about all of them."""
    for claims, row in zip(grid, table.rows, strict=True):
        if not row or not _TABLE["total"].search(text[row[0].start : row[0].end]):
            continue
        for place, claim in enumerate(claims):
            others = [other[place] for other in grid if other is not claims and place < len(other)]
            periods = [other.period for other in others if other is not None and other.period]
            if claim is not None and claim.period is None and len(periods) >= 2:
                claim.period = f"{periods[0]} to {periods[-1].removeprefix('same period last year as ')}"


def _link(claim: Proposal, operation: str, operands: list[Proposal]) -> None:
    claim.notes["computed"] = (operation, operands)


def _sums(claim: Proposal, operands: Sequence[Proposal]) -> bool:
    total = sum(part.value for part in operands if isinstance(part.value, int | float))
    return (
        isinstance(claim.value, int | float)
        and abs(total - claim.value) <= _TOLERANCE * max(1.0, abs(claim.value)) * 5
    )
