"""The lines of a table cut into cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgcheck.extract.layout import Line

_GAP = re.compile(r"\t|\s{2,}")
_GAPS = re.compile(r"(?:\t\s*)+|\s{2,}")
_MOST_COLUMNS = 40
_FIGURE = re.compile(
    r"[<>~≈]?\s?[£$€]?[+\-−–]?[£$€]?\(?[0-9][0-9,.\s]*\)?\s?(?:%|pp|p\.p\.|k|m|bn)?\)?"
    r"(?:\s?\([<>]?[0-9][0-9.,]*\s?%?\))?[*†‡§¹²³]{0,3}(?:\s?\[[0-9a-z]{1,3}\])?$"
    r"|^[-–—]$|^n\.?/?a\.?$|^\.\.+$|^\*$|^\[?[a-z]\]$",
    re.IGNORECASE,
)
_LONGEST_FIGURE = 32
_TAIL = re.compile(r"\s(?:[£$€]?[+\-−–]?[£$€]?\(?[0-9][0-9,]*(?:\.[0-9]+)?\)?%?|\.\.|[–-]|n/a)(?=\s|$)")
_MOST_NAMES = 8
_DATES = re.compile(r"(?:19|20)[0-9]{2}$")


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell, without the blanks around them."""

    start: int
    end: int


def is_figure(words: str) -> bool:
    """Whether a cell holds a figure, or a sign that there is none."""
    return len(words) <= _LONGEST_FIGURE and _FIGURE.match(words) is not None


def stripped(text: str, start: int, end: int) -> Cell:
    """A cell without the blanks and marks of emphasis around its words."""
    while start < end and (text[start].isspace() or text[start] in "*_"):
        start += 1
    while end > start and (text[end - 1].isspace() or (text[end - 1] in "*_" and text[start] in "*_")):
        end -= 1
    while end > start and text[end - 1] in "*_" and text[start - 1 : start] in {"*", "_"}:
        end -= 1
    return Cell(start, end)


def read_rows(text: str, lines: Sequence[Line]) -> list[list[Cell]]:
    """Rows whose cells stand between bars."""
    rows = []
    for line in lines:
        start, end = line.start, line.end
        if text[start] == "|":
            start += 1
        if end > start and text[end - 1] == "|":
            end -= 1
        cells, place = [], start
        while place <= end:
            bar = text.find("|", place, end)
            bar = end if bar < 0 else bar
            cells.append(stripped(text, place, bar))
            place = bar + 1
        rows.append(cells)
    return rows


def read_broken(text: str, lines: Sequence[Line]) -> list[list[Cell]]:
    """Cells one to a line. A row begins where words follow a figure; the head is what stands before.

    A bare year is a head, or the name of a row where the first row is named by one.
    """
    cells = [stripped(text, line.start, line.end - 1) for line in lines]
    named = [cell for cell in cells if cell.start < cell.end]
    years = [_DATES.match(text[cell.start : cell.end]) is not None for cell in named]
    figures = [is_figure(text[cell.start : cell.end]) for cell in named]
    first = next((i for i, figure in enumerate(figures) if figure and not years[i]), None)
    if first is None or first < 1:
        return []
    by_years = years[first - 1]
    rows: list[list[Cell]] = []
    figured = False
    for place in range(first - 1, len(named)):
        figure = figures[place] and not (by_years and years[place])
        if not rows or (not figure and figured):
            rows.append([])
            figured = False
        rows[-1].append(named[place])
        figured = figured or figure
    return [named[: first - 1], *rows] if len(rows) >= 2 or len(rows[0]) >= 3 else []


def read_columns(text: str, lines: Sequence[Line]) -> list[list[Cell]]:
    """Columns parted by tabs or wide gaps; a cell that a line leaves out stays empty."""
    rows = [_cut(text, line, _GAP) for line in lines]
    if any("\t" in text[line.start : line.end] for line in lines):
        even = len(set(map(len, rows))) == 1
        return rows if even else [_cut(text, line, _GAPS) for line in lines]
    widest = max(rows, key=len)
    if len(widest) > _MOST_COLUMNS:
        return rows
    origins = [text.rfind("\n", 0, line.start) + 1 for line in lines]
    base = origins[next(i for i, row in enumerate(rows) if row is widest)]
    spans = [(cell.start - base, cell.end - base) for cell in widest]
    return [
        _aligned(row, origin, spans) if 1 < len(row) < len(widest) else row
        for row, origin in zip(rows, origins, strict=True)
    ]


def _cut(text: str, line: Line, gaps: re.Pattern[str]) -> list[Cell]:
    cells, place = [], line.start
    for gap in gaps.finditer(text, line.start, line.end):
        cells.append(stripped(text, place, gap.start()))
        place = gap.end()
    return [*cells, stripped(text, place, line.end)]


def _aligned(row: Sequence[Cell], origin: int, spans: Sequence[tuple[int, int]]) -> list[Cell]:
    """The cells under those of the widest row, from the right, which is where figures are aligned."""
    placed = [Cell(row[0].start, row[0].start)] * len(spans)
    free = len(spans)
    for cell in reversed(row):
        start, end = cell.start - origin, cell.end - origin
        ways = [
            (min(abs(end - right), abs(start - left)), -column)
            for column, (left, right) in enumerate(spans[:free])
        ]
        if not ways:
            return list(row)
        free = -min(ways)[1]
        placed[free] = cell
    return placed


def tail_of(words: str) -> list[tuple[int, int]]:
    """The places of two figures or more at the end of a line that begins with a few words, else none."""
    found: list[tuple[int, int]] = []
    for match in _TAIL.finditer(words):
        if found and match.start() != found[-1][1]:
            found = []
        found.append((match.start() + 1, match.end()))
    if len(found) < 2 or found[-1][1] != len(words):
        return []
    name = words[: found[0][0]]
    fits = len(name.split()) <= _MOST_NAMES and name[:1].isalpha() and name.rstrip()[-1:] not in ",.;"
    years = all(_DATES.match(words[a:b]) for a, b in found)
    return found if fits and not years else []


def read_tails(text: str, lines: Sequence[Line]) -> list[list[Cell]]:
    """Lines of a name and as many figures each, the longest run of them."""
    rows: list[list[Cell]] = []
    for line in lines:
        places = tail_of(text[line.start : line.end])
        row = [
            stripped(text, line.start, line.start + places[0][0]),
            *(Cell(line.start + a, line.start + b) for a, b in places),
        ]
        if rows and len(row) != len(rows[0]):
            return []
        rows.append(row)
    return rows
