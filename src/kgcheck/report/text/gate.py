"""The gate's table: dimension by dimension, what each side says and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kgcheck.model.finding import Reason
from kgcheck.report.plain import plain
from kgcheck.report.text.palette import LABEL

WIDE = 97
"""From this width on there is room for two columns of quotes and for the note in its own column: a
page of 100 columns, less the indentation of a finding."""

_DIMENSION, _RELATION = 11, 8


def _row(cells: Sequence[Text], widths: Sequence[int | None]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for width in widths:
        grid.add_column(width=width, ratio=None if width else 1, overflow="fold")
    grid.add_row(*cells)
    return grid


def gate_table(reasons: Sequence[Reason], width: int, *, a: str = "a", b: str = "b") -> RenderableType:
    """Every reason on a row; ▶ marks the one that decides. Notes go under their row when narrow."""
    wide = width >= WIDE
    widths: list[int | None] = [1, _DIMENSION, _RELATION, None, None, *([None] if wide else [])]
    titles = ["", "dimension", "relation", a, b, *(["what follows"] if wide else [])]
    rows: list[RenderableType] = [_row([Text(title, style=LABEL) for title in titles], widths)]
    for reason in reasons:
        style = "bold" if reason.decides else ""
        cells = [
            Text("▶" if reason.decides else ""),
            Text(plain(reason.dimension), style=style),
            Text(plain(reason.relation), style=style),
            Text(plain(reason.a)),
            Text(plain(reason.b)),
        ]
        note = Text(plain(reason.note or ""), style="" if reason.decides else LABEL)
        if wide:
            rows.append(_row([*cells, note], widths))
            continue
        rows.append(_row(cells, widths))
        if note.plain:
            rows.append(_row([Text(""), Text("→"), note], [1, _DIMENSION, None]))
    return Group(*rows)
