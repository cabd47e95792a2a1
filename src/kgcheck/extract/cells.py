"""Tables of all kinds as rows and columns with places.

Four forms are read: rows of cells between `|` (Markdown, and what HTML becomes), cells that a web
page has broken over several lines, each ending in `|`, columns parted by tabs or wide gaps, and
lines that end in several figures with nothing but a blank between them, as PDF leaves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgcheck.extract.grids import Cell, is_figure, read_broken, read_columns, read_rows, read_tails, tail_of
from kgcheck.extract.headings import Table, read_headings
from kgcheck.extract.layout import Line, read_lines

_RULE = re.compile(r"\|?[\s:|+=-]*-{2,}[\s:|+=-]*\|?$")
_GAP = re.compile(r"\t|\s{2,}")
_MOST_BLANKS = 1
_LONGEST = 2000
_FEWEST_TAILS = 3
_FORMS = {"rows": read_rows, "cells": read_broken, "columns": read_columns, "tails": read_tails}


def find_tables(text: str) -> Iterator[Table]:
    """The tables of a text, in order."""
    run: list[Line] = []
    form = ""
    blanks = 0
    for line in read_lines(text):
        found = _form(text, line)
        if found and (not run or found == form or {form, found} == {"rows", "rule"}):
            form = form if form == "rows" else found
            run.append(line)
            blanks = 0
            continue
        if run and line.start == line.end and blanks < _MOST_BLANKS and form == "cells":
            blanks += 1
            continue
        if run:
            yield from _read(text, run, form)
        run, blanks = ([line], 0) if found else ([], 0)
        form = found
    if run:
        yield from _read(text, run, form)


def _form(text: str, line: Line) -> str:
    """rows for "| a | b |", cells for "a |" or "|" alone, columns for wide gaps, rule for "|---|", tails."""
    if line.end == line.start or line.end - line.start > _LONGEST:
        return ""
    words = text[line.start : line.end]
    bars = words.count("|")
    if bars:
        if _RULE.fullmatch(words):
            return "rule"
        if bars == 1 and words.endswith("|"):
            return "cells"
        return "rows" if bars >= 2 or not words.startswith("|") else ""
    if _GAP.search(words):
        parts = [part for part in _GAP.split(words) if part.strip()]
        figures = sum(is_figure(part) for part in parts)
        return "columns" if len(parts) >= 2 and (figures or len(parts) >= 3) else ""
    return "tails" if words[-1] in "0123456789%)" and tail_of(words) else ""


def _read(text: str, run: list[Line], form: str) -> Iterator[Table]:
    if form in {"", "rule"}:
        return
    lines = [line for line in run if not _RULE.fullmatch(text[line.start : line.end])]
    rows, head = _FORMS[form](text, lines), None
    if form == "cells":
        rows, head = rows[1:], rows[0] if rows else None
    figures = sum(_is_figure(text, cell) for row in rows[1:] for cell in row[1:])
    if form == "columns" and (len(rows) < 3 or figures < len(rows) - 1):
        return
    if form == "tails":
        if len(rows) < _FEWEST_TAILS:
            return
        head = _line_above(text, run[0], len(rows[0]) - 1)
    if head is None and (
        len(rows) < 2 or not any(_is_figure(text, cell) for row in rows[1:] for cell in row)
    ):
        return
    if rows:
        start = head[0].start if form == "tails" and head else run[0].start
        yield read_headings(text, start, run[-1].end, rows, head)


def _line_above(text: str, first: Line, width: int) -> list[Cell]:
    """The heads over columns that only blanks part: as many words as there are columns, one more at most."""
    begin = max(text.rfind("\n", 0, max(0, first.start - 1)) + 1, first.start - _LONGEST, 0)
    words = [
        Cell(begin + m.start(), begin + m.end())
        for m in re.finditer(r"\S+", text[begin : first.start].rstrip())
    ]
    return words if width <= len(words) <= width + 1 else []


def _is_figure(text: str, cell: Cell) -> bool:
    return is_figure(text[cell.start : cell.end])
