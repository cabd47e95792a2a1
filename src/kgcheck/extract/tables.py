"""The tables of words beside this package, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_table(name: str) -> dict[str, Any]:
    """The TOML table `name` ("ranks.toml") of this package."""
    return tomllib.loads(files(__package__).joinpath("grammar").joinpath(name).read_text(encoding="utf-8"))


def words_of(phrases: Iterable[str]) -> frozenset[str]:
    """Every word of the phrases but the shortest, to ask whether a text can hold one of them."""
    return frozenset(word for phrase in phrases for word in re.findall(r"[^\W\d_]{3,}", phrase.casefold()))


def words_in(phrases: Iterable[str]) -> frozenset[str]:
    """Every word of the phrases."""
    return frozenset(word for phrase in phrases for word in re.findall(r"[^\W\d_]+", phrase.casefold()))


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, longest first; a space stands for any run of blanks.

    Phrases that begin alike share their beginning, so that a place in a text is tried once for each
    letter and not once for each phrase.
    """
    root: _Letters = {}
    for phrase in phrases:
        letters = root
        for letter in phrase:
            letters = letters.setdefault(letter, {})
        if phrase:
            letters[_END] = {}
    return f"(?:{_pattern(root)})"


_Letters = dict[str, "_Letters"]
_END = ""
_SPELLINGS = {" ": r"[ \t\u00a0]+", "'": "['’]"}


def _pattern(letters: _Letters) -> str:
    ways = [
        _SPELLINGS.get(letter, re.escape(letter)) + _pattern(letters[letter])
        for letter in sorted(letters)
        if letter
    ]
    if not ways:
        return ""
    optional = _END in letters
    return f"(?:{'|'.join(ways)}){'?' if optional else ''}" if optional or len(ways) > 1 else ways[0]
