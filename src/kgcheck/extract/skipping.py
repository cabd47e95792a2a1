"""Stretches of a sentence whose digits state no figure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kgcheck.extract.tables import any_of, read_table, words_in

_HAS_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of what only looks like a figure; `words` are those without which it is not there."""

    patterns: tuple[re.Pattern[str], ...]
    words: frozenset[str]
    when: re.Pattern[str] | None
    digits: bool

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Kind:
        """The kind in a row of the table."""
        names = row.get("names", [])
        flags = re.NOFLAG if row.get("cased") else re.IGNORECASE
        return cls(
            tuple(re.compile(p.replace("{names}", any_of(names)), flags) for p in row["patterns"]),
            frozenset(row.get("words", ())) | words_in(names),
            re.compile(row["when"]) if "when" in row else None,
            row.get("digits", True),
        )


@cache
def _kinds() -> tuple[Kind, ...]:
    return tuple(Kind.of(row) for row in read_table("skip.toml")["kind"])


def find_skips(text: str, start: int, end: int, forms: frozenset[str]) -> list[tuple[int, int]]:
    """The places of what looks like a figure and is none: clock times, ages, telephone numbers.

    `forms` are the words and signs that occur in `text[start:end]`, in lower case.
    """
    digits = _HAS_DIGIT.search(text, start, end) is not None
    found: list[tuple[int, int]] = []
    for kind in _kinds():
        if (kind.digits and not digits) or (kind.words and kind.words.isdisjoint(forms)):
            continue
        if kind.when is not None and not kind.when.search(text, start, end):
            continue
        for pattern in kind.patterns:
            found += [match.span() for match in pattern.finditer(text, start, end)]
    return sorted(found)
