"""Labelled paragraphs that line up: the label on the left, its text wrapped beside it."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kgcheck.report.text.palette import LABEL

LABEL_WIDTH = 11


def fields(rows: list[tuple[str, RenderableType]]) -> Table:
    """One row per label and text."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=LABEL_WIDTH, style=LABEL)
    grid.add_column(ratio=1, overflow="fold")
    for label, content in rows:
        grid.add_row(Text(label), Text(content) if isinstance(content, str) else content)
    return grid
