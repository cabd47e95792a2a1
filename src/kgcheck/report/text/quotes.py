"""The quotes of a finding, side by side where there is room."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.report.caption import Caption
from kgcheck.report.plain import counted
from kgcheck.report.sides import Side, sides
from kgcheck.report.text.bar import Bar
from kgcheck.report.text.gate import WIDE
from kgcheck.report.text.palette import LABEL, QUOTE

_CELLS = 6
"""More than this many quotes are named by number unless everything is asked for."""

_ECHOES = 2
"""How many further statements of one side are shown in full length."""


def _statement(said: Caption, *, verbose: bool) -> Text:
    text = Text()
    text.append(f"«{said.quote}»", style=QUOTE)
    text.append(f"\n{said.attribution}")
    text.append(f"\n{said.source}")
    if said.address:
        text.append(f"\n{said.address}", style=LABEL)
    where = ", ".join(part for part in (said.document, said.place) if part)
    text.append(f"\n{where}", style=LABEL)
    if said.stated and said.stated.casefold() not in said.quote.casefold():
        text.append(f"\nstated: {said.stated}")
    if said.reading:
        text.append(f"\nread as {said.reading}")
    if said.remarks:
        text.append(f"\n{'; '.join(said.remarks)}", style="italic")
    if verbose:
        text.append(f"\n{said.iri}", style=LABEL)
    return text


def _cell(side: Side, style: str, *, verbose: bool) -> RenderableType:
    first, *others = side.captions
    parts: list[RenderableType] = []
    if side.heading:
        parts.append(Text(side.heading, style=LABEL))
    parts.append(_statement(first, verbose=verbose))
    shown = others if verbose else others[:_ECHOES]
    parts.extend(Text(f"also {other.beside(first)}", style=LABEL) for other in shown)
    if hidden := len(others) - len(shown):
        parts.append(Text(f"and {hidden:,} more say the same (-v lists them)"))
    return Bar(Group(*parts), style)


def quotes(finding: Finding, report: Report, width: int, style: str, *, verbose: bool) -> RenderableType:
    """Two columns from WIDE columns on, one below that."""
    every = sides(finding, report)
    shown = every if verbose else every[:_CELLS]
    cells = [_cell(side, style, verbose=verbose) for side in shown]
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    columns = 2 if width >= WIDE and len(cells) > 1 else 1
    for _ in range(columns):
        grid.add_column(ratio=1, overflow="fold")
    for start in range(0, len(cells), columns):
        if start:
            grid.add_row()
        grid.add_row(*cells[start : start + columns])
    if hidden := len(every) - len(shown):
        grid.add_row(Text(f"and {counted(hidden, 'more statement')} (-v lists them)"))
    return grid
