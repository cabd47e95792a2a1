"""The columns that a claim sheet may have, as `columns.toml` lists them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SEPARATOR = "|"
"""What parts the entries of a cell that may hold several."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the other headers that mean it, and what people read about it."""

    name: str
    group: str
    about: str
    example: str
    also: tuple[str, ...] = ()
    required: bool = False
    listed: bool = False
    incidental: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns in order, and the headers that are too vague to be one of them."""

    all: tuple[Column, ...]
    ambiguous: Mapping[str, tuple[str, ...]]

    def named(self, header: str) -> Column | None:
        """The column that a header means, or None."""
        return _index().get(folded(header))

    def headers(self) -> list[str]:
        """Every header that is understood, names first."""
        return [column.name for column in self.all] + [other for column in self.all for other in column.also]


def folded(header: str) -> str:
    """A header as headers are compared: lower case, words parted by one underscore."""
    return re.sub(r"[\s_-]+", "_", header.strip().casefold()).strip("_?:.")


def is_note(header: str) -> bool:
    """Whether a header marks a column for people alone, which the importer leaves unread."""
    return header.strip().startswith("_") or folded(header).startswith(("note", "comment"))


def columns_table() -> str:
    """All columns as Markdown tables, one for each group; docs/claim-sheets.md holds them."""
    parts = []
    for group in dict.fromkeys(column.group for column in columns().all):
        parts += [
            f"### {group}",
            "",
            "| Column | What it holds | Example | Also known as |",
            "|---|---|---|---|",
        ]
        for column in columns().all:
            if column.group == group:
                name = f"**`{column.name}`**" if column.required else f"`{column.name}`"
                about = column.about + (f"; several with `{SEPARATOR}` between" if column.listed else "")
                cells = (name, about, f"`{column.example}`", ", ".join(column.also))
                parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        parts.append("")
    return "\n".join(parts)


@cache
def columns() -> Columns:
    """The columns of `columns.toml`."""
    table = tomllib.loads(files("kgcheck.interchange").joinpath("columns.toml").read_text("utf-8"))
    found = tuple(
        Column(
            name=entry["name"],
            group=group["name"],
            about=entry["about"],
            example=entry["example"],
            also=tuple(entry.get("also", ())),
            required=entry.get("required", False),
            listed=entry.get("list", False),
            incidental=entry.get("incidental", False),
        )
        for group in table["group"]
        for entry in group["column"]
    )
    vague = {folded(header): tuple(meanings) for header, meanings in table["ambiguous"].items()}
    return Columns(found, vague)


@cache
def _index() -> Mapping[str, Column]:
    return {folded(name): column for column in columns().all for name in (column.name, *column.also)}
