"""What follows from what among the cells of a table: totals, differences, percentages, shares."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgcheck.extract.headings import Table
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import read_table

_TABLE = read_table("tables.toml")
_TOTAL = re.compile(rf"(?:{_TABLE['total']})", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:{_TABLE['before']})", re.IGNORECASE)
_NEAR = 0.02
"""Within this part of itself a total is still taken for the sum of its parts, which a check then tells."""

_MOST_OPERANDS = 60
_MOST_TOTALS = 40
_MOST_COLUMNS = 12
_LEVELS = frozenset({"statistic", "proportion"})

Row = Sequence[Proposal | None]


def link_computations(text: str, table: Table, grid: Sequence[Row]) -> None:
    """Note beside each claim what it is computed from, where the numbers bear it out or nearly do."""
    names = [text[row[0].start : row[0].end] if row else "" for row in table.rows]
    totals = [place for place, name in enumerate(names) if _TOTAL.match(name.strip())][:_MOST_TOTALS]
    for claims in grid:
        _link_changes(claims)
    for total in totals:
        _link_sums(grid, total, [place for place in totals if place < total])
        _total_period(grid, total)
    if len(totals) == 1:
        _link_shares(grid, totals[0])


def _link_changes(claims: Row) -> None:
    """A change or a difference in a row, and the two levels of the row that it follows from."""
    levels = [claim for claim in claims if claim and claim.kind in _LEVELS and _number(claim) is not None]
    changes = [claim for claim in claims if claim and claim.kind == "trend" and _number(claim) is not None]
    if len(levels) < 2 or len(levels) > _MOST_COLUMNS:
        return
    pairs = [(new, old) for new in levels for old in levels if new is not old and new.unit == old.unit]
    for change in changes:
        relative = change.unit in {"percent", "ratio"}
        borne = next((pair for pair in pairs if _bears(change, *pair, relative)), None)
        if borne is None and _BEFORE.search(str(levels[1].notes.get("column", ""))):
            borne = (levels[0], levels[1]) if _nearly(change, levels[0], levels[1], relative) else None
        if borne is not None:
            _link(change, "percent-change" if relative else "difference", list(borne))


def _bears(change: Proposal, new: Proposal, old: Proposal, relative: bool) -> bool:
    """Whether the change is that from old to new, as far as its last digit tells."""
    a, b, said = _number(new), _number(old), _number(change)
    if a is None or b is None or said is None or (relative and not b):
        return False
    worth = (a - b) / abs(b) * 100 if relative else a - b
    if change.unit == "ratio":
        said *= 100
    sign = -1 if change.direction == "down" else 1
    return abs(worth - sign * said) <= 0.5 * _granule(change) * 1.02 + (
        0 if relative else _rounding(new, old)
    )


def _nearly(change: Proposal, new: Proposal, old: Proposal, relative: bool) -> bool:
    """Whether two columns whose heads say that one comes before the other nearly give the change."""
    a, b, said = _number(new), _number(old), _number(change)
    if a is None or b is None or said is None or not b:
        return False
    worth = abs((a - b) / b * 100 if relative else a - b)
    return abs(worth - said) <= max(1.0, 0.25 * said)


def _link_sums(grid: Sequence[Row], total: int, earlier: Sequence[int]) -> None:
    """Each cell of a row of totals, and the cells above it since the last total, or all of them."""
    first = earlier[-1] + 1 if earlier else 0
    beside = [grid[first:total], grid[:total], grid[total + 1 :]]
    beside = [rows for rows in beside if len(rows) <= 2 * _MOST_OPERANDS]
    for column, claim in enumerate(grid[total]):
        if claim is None or claim.kind != "statistic" or _number(claim) is None:
            continue
        for rows in beside:
            parts = [
                part
                for row in rows
                if column < len(row)
                and (part := row[column]) is not None
                and part.kind == "statistic"
                and part.unit == claim.unit
                and _number(part) is not None
                and "sum" not in part.notes.get("computed", ("",))
            ]
            if 2 <= len(parts) <= _MOST_OPERANDS and _sums(claim, parts):
                _link(claim, "sum", parts)
                break


def _link_shares(grid: Sequence[Row], total: int) -> None:
    """Percentages of a row that are its count over the count of all."""
    for place, claims in enumerate(grid):
        if place == total:
            continue
        for share in claims:
            if share is None or share.kind != "proportion" or share.unit != "percent":
                continue
            for column, part in enumerate(claims):
                whole = grid[total][column] if column < len(grid[total]) else None
                if (
                    part is not None
                    and whole is not None
                    and part.kind == whole.kind == "statistic"
                    and (a := _number(part)) is not None
                    and (b := _number(whole))
                    and (said := _number(share)) is not None
                    and abs(a / b * 100 - said) <= 0.51 * _granule(share)
                ):
                    _link(share, "share", [part, whole])
                    break


def _total_period(grid: Sequence[Row], total: int) -> None:
    """A total over rows that name times is about all of them."""
    for column, claim in enumerate(grid[total]):
        others = [row[column] for place, row in enumerate(grid) if place != total and column < len(row)]
        periods = list(dict.fromkeys(other.period for other in others if other is not None and other.period))
        if claim is not None and claim.period is None and len(periods) >= 2:
            claim.period = f"{periods[0]} to {periods[-1].removeprefix('same period last year as ')}"


def _link(claim: Proposal, operation: str, operands: list[Proposal]) -> None:
    claim.notes["computed"] = (operation, operands)


def _sums(claim: Proposal, operands: Sequence[Proposal]) -> bool:
    total = sum(_number(part) or 0 for part in operands)
    said = _number(claim) or 0
    return abs(total - said) <= max(_NEAR * abs(said), len(operands) * _granule(claim))


def _number(claim: Proposal) -> float | None:
    return claim.value if isinstance(claim.value, int | float) else None


def _granule(claim: Proposal) -> float:
    """The worth of the last digit that the cell prints."""
    digits = re.search(r"[0-9][0-9,]*(?:\.([0-9]+))?", claim.quote)
    if digits is None:
        return 1.0
    printed = float(digits.group().replace(",", ""))
    scale = abs(_number(claim) or 0) / printed if printed else 1.0
    return 10.0 ** -len(digits[1] or "") * (scale or 1.0)


def _rounding(*claims: Proposal) -> float:
    """How far rounding may take a difference of the claims' numbers."""
    return sum(0.5 * _granule(claim) for claim in claims) if any("." in c.quote for c in claims) else 0.0
