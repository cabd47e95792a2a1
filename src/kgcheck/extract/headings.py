"""What stands over the columns and sections of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgcheck.extract.grids import Cell, is_figure
from kgcheck.extract.tables import read_table

_WORDS = read_table("tables.toml")
_TIME = re.compile(_WORDS["time"].replace("{month}", _WORDS["month"]), re.IGNORECASE)
_MOST_HEADS = 4


@dataclass(frozen=True, slots=True)
class Table:
    """The body of a table; `start` and `end` delimit all of it in the text.

    `heads` are the words over each column; a corner that the page left out is an empty string.
    `title` is the row over the whole table, and `sections` names for each row the one that it is in.
    """

    start: int
    end: int
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    sections: tuple[str, ...] = ()


def read_headings(
    text: str, start: int, end: int, rows: Sequence[Sequence[Cell]], head: Sequence[Cell] | None = None
) -> Table:
    """The table with its first rows read as heads; `head` gives the heads where they stand apart."""
    words = [[text[cell.start : cell.end] for cell in row] for row in rows]
    titles: list[str] = []
    over: list[list[str]] = []
    first = 0
    if head is None:
        while first < len(rows) - 1 and _is_title(words[first]):
            titles.append(next(word for word in words[first] if word))
            first += 1
        while first < len(rows) - 1 and len(over) < _MOST_HEADS and _is_head(words[first], over):
            over.append(words[first])
            first += 1
    else:
        over = [[text[cell.start : cell.end] for cell in head]]
    width = max(map(len, [*words[first:], *([] if head is not None else over)]))
    body: list[tuple[Cell, ...]] = []
    sections: list[str] = []
    section = ""
    for row, told in zip(rows[first:], words[first:], strict=True):
        if len(told) > 1 and _is_title(told):
            section = next(word for word in told if word)
            continue
        body.append(tuple(row))
        sections.append(section)
    return Table(start, end, _joined(over, width), tuple(body), " ".join(titles), tuple(sections))


def _is_title(row: Sequence[str]) -> bool:
    """Whether a row has one cell only, or one spread over all columns."""
    told = {word for word in row if word}
    return (
        len(told) == 1
        and (len(row) == 1 or not row[-1] or (len(row) > 2 and row.count(row[0]) == len(row)))
        and not any(map(is_figure, told))
    )


def _is_head(row: Sequence[str], over: Sequence[Sequence[str]]) -> bool:
    """Whether a row names columns: no figures but years; below another head only where that left gaps."""
    rest = [word for word in row[1:] if word]
    if not rest or any(is_figure(word) and not _TIME.fullmatch(word) for word in rest):
        return False
    if not over:
        return not is_figure(row[0]) or bool(_TIME.fullmatch(row[0]))
    upper = over[-1]
    spread = any(not word for word in upper[1:]) or len(set(upper[1:])) < len(upper[1:])
    return not row[0] or row[0] == upper[0] or (spread and len(rest) == len(row) - 1)


def _joined(over: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """The words over each column, from the top; a gap in an upper row takes the word to its left."""
    columns: list[list[str]] = [[] for _ in range(width)]
    for level, row in enumerate(over):
        padded = [""] * (width - len(row)) + list(row[-width:])
        last = ""
        for column, word in enumerate(padded):
            last = word or (last if column and level < len(over) - 1 else "")
            if last and last not in columns[column]:
                columns[column].append(last)
    return tuple(" ".join(words) for words in columns)
