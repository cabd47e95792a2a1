"""How wide stated words are read: a named table of widths."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from kgcheck.errors import InputError, SyntaxInFile, UsageError
from kgcheck.semantics.tables import read_table

NAMES = ("default", "strict")
"""The policies that come with kgcheck."""


@dataclass(frozen=True, slots=True)
class Width:
    """Half-widths of the inner and the outer interval, in the unit that the table states."""

    inner: Fraction
    outer: Fraction


@dataclass(frozen=True, slots=True)
class Policy:
    """Widths for every form of words. See policies/default.toml for what each one measures."""

    name: str
    digits: Width
    round: Width
    round_share: Width
    fraction: Width
    one_in: Width
    multiple: Width
    about: Width
    near: Width
    bound: Fraction
    largest_share: Fraction
    percent_granule: Fraction
    exact_up_to: Fraction
    small_denominator: Fraction
    multiple_granule: Fraction
    fraction_granules: tuple[tuple[int, Fraction], ...]

    def __hash__(self) -> int:
        """By name: policies are part of the key of every cached meaning, and few share a name."""
        return hash(self.name)


def load_policy(name: str = "default") -> Policy:
    """The policy of that name, or the one in the TOML file at that path.

    Raises UsageError for a name that is neither, InputError for a file that cannot be read and
    SyntaxInFile for one that is no policy.
    """
    if name in NAMES:
        return _packaged(name)
    path = Path(name)
    if path.suffix != ".toml":
        raise UsageError(
            f"there is no policy {name!r}", remedy=f"choose {' or '.join(NAMES)}, or name a file"
        )
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the policy: {error}", path=path) from error
    except tomllib.TOMLDecodeError as error:
        raise SyntaxInFile(f"not TOML: {error}", path=path) from error
    try:
        return _build(table)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError) as error:
        raise SyntaxInFile(
            f"not a policy: {error}", path=path, remedy="copy policies/default.toml and change its widths"
        ) from error


@cache
def _packaged(name: str) -> Policy:
    return _build(read_table(f"policies/{name}.toml"))


def _build(table: Mapping[str, Any]) -> Policy:
    granule = table["granule"]
    return Policy(
        name=str(table["name"]),
        digits=_width(table["digits"]),
        round=_width(table["round"]),
        round_share=_width(table["round_share"]),
        fraction=_width(table["fraction"]),
        one_in=_width(table["one_in"]),
        multiple=_width(table["multiple"]),
        about=_width(table["about"]),
        near=_width(table["near"]),
        bound=_positive(table["bound"]["inner"]),
        largest_share=_positive(granule["largest_share"]),
        percent_granule=_positive(granule["percent"]),
        exact_up_to=_positive(granule["exact_up_to"]),
        small_denominator=_positive(granule["small_denominator"]),
        multiple_granule=_positive(granule["multiple"]),
        fraction_granules=tuple((int(m), _positive(g)) for m, g in granule["fractions"].items()),
    )


def _width(row: Mapping[str, str]) -> Width:
    return Width(_positive(row["inner"]), _positive(row["outer"]))


def _positive(text: str) -> Fraction:
    value = Fraction(text)
    if value < 0:
        raise ValueError(f"a width is negative: {text}")
    return value
