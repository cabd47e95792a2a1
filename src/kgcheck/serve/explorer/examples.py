"""Queries to begin from: one file each in `queries`, a title and an explanation in its first comments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Example:
    """A query with its name (that of its file), title and one or two sentences on what it shows."""

    name: str
    title: str
    says: str
    query: str


@cache
def examples() -> tuple[Example, ...]:
    """All of them, by name."""
    folder = files("kgcheck.serve.explorer") / "queries"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".rq")), key=lambda e: e.name)
    return tuple(_read(entry.name.removesuffix(".rq"), entry.read_text(encoding="utf-8")) for entry in found)


def _read(name: str, text: str) -> Example:
    lines = text.splitlines()
    count = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    title, *says = (line.removeprefix("#").strip() for line in lines[:count])
    return Example(name, title, " ".join(says), "\n".join(lines[count:]) + "\n")
