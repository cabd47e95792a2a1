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


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, longest first; a space stands for any run of blanks."""
    told = sorted({phrase for phrase in phrases if phrase}, key=lambda phrase: (-len(phrase), phrase))
    return (
        "(?:"
        + "|".join(re.escape(p).replace(r"\ ", r"[ \t\u00a0]+").replace("'", "['’]") for p in told)
        + ")"
    )
