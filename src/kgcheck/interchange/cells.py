"""Cells read as what their column promises: a choice, a number, a date. Failures become problems."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from kgcheck.errors import RowProblem
from kgcheck.interchange.columns import SEPARATOR
from kgcheck.interchange.sheet import Row, Sheet


@dataclass(slots=True)
class Cells:
    """The cells of one row. What cannot be read is added to `problems`, and None is returned."""

    row: Row
    sheet: Sheet
    problems: list[RowProblem] = field(default_factory=list)

    def text(self, column: str) -> str | None:
        """The words of a cell, runs of white space made one space."""
        words = self.row.get(column)
        return None if words is None else re.sub(r"\s+", " ", words)

    def entries(self, column: str) -> tuple[str, ...]:
        """The entries of a cell that may hold several."""
        words = self.text(column) or ""
        return tuple(dict.fromkeys(part.strip() for part in words.split(SEPARATOR) if part.strip()))

    def choice(self, column: str, table: str | None = None) -> str | None:
        """What a fixed choice means, by the table of `words.toml` of that name."""
        words = self.text(column)
        if words is None:
            return None
        meanings = choices(table or column)
        meaning = meanings.get(words.casefold())
        if meaning is None:
            known = ", ".join(dict.fromkeys(meanings.values()))
            self.refuse(column, f"{words!r} is none of its choices", f"write one of: {known}")
        return meaning

    def flag(self, column: str) -> bool:
        """Whether a cell says yes. Blank is no."""
        return self.choice(column, "yes_no") == "yes"

    def whole(self, column: str) -> int | None:
        """A whole number from 1 on, in figures or a small number word."""
        words = self.text(column)
        if words is None:
            return None
        named = choices("number").get(words.casefold())
        digits = named or re.sub(r"(?<=\d),(?=\d{3}\b)", "", words).removesuffix(".0")
        if not re.fullmatch(r"[0-9]{1,15}", digits) or int(digits) == 0:
            self.refuse(column, f"{words!r} is not a whole number", "write it in figures, such as 14")
            return None
        return int(digits)

    def offset(self, column: str) -> int | None:
        """A position in a text, counted from 0."""
        words = self.text(column)
        if words is None:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", words):
            self.refuse(column, f"{words!r} is not a position", "write a whole number, counted from 0")
            return None
        return int(words)

    def day(self, column: str) -> date | None:
        """A day in ISO form."""
        words = self.text(column)
        if words is None:
            return None
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
                raise ValueError(words)
            return date.fromisoformat(words)
        except ValueError:
            self.refuse(column, f"{words!r} is not a day", "write it as year-month-day, such as 2023-05-02")
            return None

    def refuse(self, column: str, message: str, remedy: str) -> None:
        """Note that the cell of `column` cannot be used."""
        header = self.sheet.headers.get(column, column)
        self.problems.append(RowProblem(self.row.number, header, message, remedy))


@cache
def choices(table: str) -> Mapping[str, str]:
    """Each word of a table of `words.toml`, and what it means."""
    return {word.casefold(): key for key, words in _words()[table].items() for word in words}


@cache
def unit_patterns() -> Mapping[str, str]:
    """How a bare number is read under the unit of that name."""
    return dict(_words()["unit_pattern"])


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(files("kgcheck.interchange").joinpath("words.toml").read_text("utf-8"))
