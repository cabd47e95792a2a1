"""Which kind of claim a row is, and which cells that kind has."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz import process

from kgcheck.errors import MeaningError
from kgcheck.interchange.cells import Cells
from kgcheck.model.claim import Kind
from kgcheck.semantics import interpret, interpret_change


@dataclass(frozen=True, slots=True)
class Form:
    """A kind as `kinds.toml` describes it. Of each group in `needs` one column must be filled."""

    name: str
    kind: Kind
    heading: str
    signs: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]
    takes: frozenset[str]


def form_of(cells: Cells) -> Form | None:
    """The kind that a row is, by its `kind` cell or else by the columns that it fills.

    A kind that cannot be told, a column that it lacks and one that it has no use for are noted as
    problems.
    """
    said = cells.text("kind")
    form = _said(cells, said) if said else _inferred(cells)
    if form is None:
        return None
    for group in form.needs:
        if not any(cells.row.get(column) for column in group):
            cells.refuse(
                group[0],
                f"a {form.name} needs {' or '.join(repr(column) for column in group)}",
                "fill it in" if len(group) == 1 else "fill in one of them",
            )
    for column in cells.row.cells:
        if column not in form.takes:
            cells.refuse(
                column,
                f"a {form.name} has no {column!r}",
                "leave the cell blank, or give that part of the claim a row of its own",
            )
    return form


def forms() -> tuple[Form, ...]:
    """All kinds, in the order in which they are inferred."""
    return _table()[0]


@cache
def _table() -> tuple[tuple[Form, ...], Mapping[str, Form]]:
    table = tomllib.loads(files("kgcheck.interchange").joinpath("kinds.toml").read_text("utf-8"))
    found, named = [], {}
    for entry in table["kind"]:
        form = Form(
            name=entry["name"],
            kind=Kind(entry["class"]),
            heading=entry["heading"],
            signs=tuple(entry["signs"]),
            needs=tuple(tuple(group) for group in entry["needs"]),
            takes=frozenset((*table["every"], *entry["takes"])),
        )
        found.append(form)
        for word in (entry["name"], entry["class"], *entry["also"]):
            named[word.casefold()] = form
    return tuple(found), named


def _said(cells: Cells, said: str) -> Form | None:
    named = _table()[1]
    form = named.get(said.casefold())
    if form is None:
        near = process.extractOne(said.casefold(), list(named), score_cutoff=70)
        names = ", ".join(form.name for form in forms())
        known = f"did you mean {named[near[0]].name!r}? " if near else ""
        cells.refuse("kind", f"there is no kind {said!r}", f"{known}Write one of: {names}")
    return form


def _inferred(cells: Cells) -> Form | None:
    for form in forms():
        if any(cells.row.get(column) for column in form.signs):
            if form.kind is Kind.STATISTICAL and _states_change(cells.row.get("stated") or ""):
                return _table()[1][Kind.TREND.value.casefold()]
            return form
    cells.refuse(
        "measure",
        "the row does not say what is claimed",
        "fill in 'measure' for a figure, 'grade' for a grading, 'proposition' for a statement",
    )
    return None


def _states_change(words: str) -> bool:
    """Whether the words have no value but a change: "up 12%"."""
    try:
        interpret(words)
    except MeaningError:
        try:
            interpret_change(words)
        except MeaningError:
            return False
        return True
    return False
