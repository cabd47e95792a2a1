"""Labelled paragraphs that line up: the label on the left, its text wrapped beside it."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kgcheck.report.text.palette import LABEL

LABEL_WIDTH = 11


INDENT = 3
"""Columns by which everything of an item but its number is set in."""


def headed(label: str, text: Text, style: str = "") -> Table:
    """A label, such as a number, with its text hanging beside it."""
    grid = Table.grid()
    grid.add_column(min_width=INDENT if label else 0)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(Text(f"{label} " if label else "", style=style), text)
    return grid


def fields(rows: list[tuple[str, RenderableType]]) -> Table:
    """One row per label and text."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=LABEL_WIDTH, style=LABEL)
    grid.add_column(ratio=1, overflow="fold")
    for label, content in rows:
        grid.add_row(Text(label), Text(content) if isinstance(content, str) else content)
    return grid
