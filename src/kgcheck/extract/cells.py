"""Tables of all kinds as rows and columns with places.

Three forms are read: rows of cells between `|` (Markdown, and what HTML becomes), cells that a web
page has broken over several lines, each ending in `|`, and columns parted by tabs or wide gaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kgcheck.extract.layout import Line, read_lines

_RULE = re.compile(r"\|?[\s:|+=-]*-{2,}[\s:|+=-]*\|?$")
_GAP = re.compile(r"\t+|\s{2,}")
_FIGURE = re.compile(
    r"[£$€]?[+-−–]?[£$€]?\(?[0-9][0-9,.\s]*\)?\s?(?:%|pp|k|m|bn)?$|^[-–—]$|n/?a$|^\.\.$", re.IGNORECASE
)
_MOST_BLANKS = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell, without the blanks around them."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the head. `start` and `end` delimit all of it in the text.

    `heads` are the words over each column; a corner that the page left out is an empty string.
    """

    start: int
    end: int
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def find_tables(text: str) -> Iterator[Table]:
    """The tables of a text, in order."""
    if "|" not in text and "\t" not in text and "  " not in text:
        return
    run: list[Line] = []
    kind = ""
    blanks = 0
    for line in read_lines(text):
        found = _line_kind(text, line)
        if found and (
            not run
            or found == kind
            or (kind == "rows" and found == "rule")
            or (found == "rows" and kind == "rule")
        ):
            kind = kind if kind == "rows" else found
            run.append(line)
            blanks = 0
            continue
        if run and line.start == line.end and blanks < _MOST_BLANKS and kind == "cells":
            blanks += 1
            continue
        if run:
            yield from _read(text, run, kind)
        run, blanks = ([line], 0) if found else ([], 0)
        kind = found
    if run:
        yield from _read(text, run, kind)


def _line_kind(text: str, line: Line) -> str:
    """rows for "| a | b |", cells for "a |" or "|" alone, columns for wide gaps, rule for "|---|"."""
    if line.end == line.start or line.end - line.start > 2000:
        return ""
    words = text[line.start : line.end]
    bars = words.count("|")
    if bars:
        if _RULE.fullmatch(words):
            return "rule"
        if bars == 1 and words.endswith("|"):
            return "cells"
        return "rows" if bars >= 2 or not words.startswith("|") else ""
    if "\t" in words or "  " in words:
        parts = [part for part in _GAP.split(words) if part]
        figures = sum(_FIGURE.fullmatch(part) is not None for part in parts)
        if len(parts) >= 2 and (figures or len(parts) >= 3):
            return "columns"
    return ""


def _read(text: str, run: list[Line], kind: str) -> Iterator[Table]:
    if kind == "cells":
        yield from _broken(text, run)
        return
    rows = [_split(text, line, kind) for line in run if not _RULE.fullmatch(text[line.start : line.end])]
    rows = [row for row in rows if row]
    figures = sum(_is_figure(text, cell) for row in rows[1:] for cell in row[1:])
    if kind == "columns" and (len(rows) < 3 or figures < len(rows) - 1):
        return
    if len(rows) >= 2 and any(_is_figure(text, cell) for row in rows[1:] for cell in row):
        yield _table(text, rows)


def _split(text: str, line: Line, kind: str) -> list[Cell]:
    start, end = line.start, line.end
    if kind == "columns":
        cells, place = [], start
        for gap in _GAP.finditer(text, start, end):
            cells.append(Cell(place, gap.start()))
            place = gap.end()
        return [*cells, Cell(place, end)]
    if text[start] == "|":
        start += 1
    if end > start and text[end - 1] == "|":
        end -= 1
    cells = []
    place = start
    while place <= end:
        bar = text.find("|", place, end)
        bar = end if bar < 0 else bar
        cells.append(_stripped(text, place, bar))
        place = bar + 1
    return cells


def _stripped(text: str, start: int, end: int) -> Cell:
    while start < end and (text[start].isspace() or text[start] in "*_"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*_"):
        end -= 1
    return Cell(start, end)


def _broken(text: str, run: list[Line]) -> Iterator[Table]:
    """Cells one to a line. A row begins where words follow a figure; the head is what stands before."""
    cells = [_stripped(text, line.start, line.end - 1) for line in run]
    named = [cell for cell in cells if cell.start < cell.end]
    first = next((i for i, cell in enumerate(named) if _is_figure(text, cell)), None)
    if first is None or first < 1:
        return
    head, body = named[: first - 1], named[first - 1 :]
    rows: list[list[Cell]] = []
    for cell in body:
        words = not _is_figure(text, cell)
        if words and (not rows or any(_is_figure(text, other) for other in rows[-1])):
            rows.append([])
        rows[-1].append(cell)
    if len(rows) >= 2 or (rows and len(rows[0]) >= 3):
        heads = [text[cell.start : cell.end] for cell in head]
        width = max(len(row) for row in rows)
        heads = [""] * (width - len(heads)) + heads[-width:]
        yield Table(run[0].start, run[-1].end, tuple(heads), tuple(tuple(row) for row in rows))


def _is_figure(text: str, cell: Cell) -> bool:
    return _FIGURE.match(text[cell.start : cell.end]) is not None and cell.end - cell.start < 24


def _table(text: str, rows: list[list[Cell]]) -> Table:
    width = max(len(row) for row in rows)
    head = [text[cell.start : cell.end] for cell in rows[0]]
    if any(_is_figure(text, cell) for cell in rows[0][1:]) and not all(
        re.fullmatch(r"(?:19|20)[0-9]{2}(?:[/-][0-9]{2,4})?", word) for word in head[1:]
    ):
        return Table(rows[0][0].start, rows[-1][-1].end, ("",) * width, tuple(map(tuple, rows)))
    heads = [""] * (width - len(head)) + head
    return Table(rows[0][0].start, rows[-1][-1].end, tuple(heads), tuple(map(tuple, rows[1:])))
