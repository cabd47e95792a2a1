"""Words that say which way something changed, and whether they speak of a change at all."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kgcheck.errors import MeaningError
from kgcheck.semantics.tables import read_table
from kgcheck.semantics.text import Token, tokenise

_TABLE = read_table("changes.toml")
_UP = frozenset(_TABLE["up"]["words"])
_DOWN = frozenset(_TABLE["down"]["words"])
_BY = frozenset(_TABLE["by"]["words"])
_LEVEL = frozenset(_TABLE["level"]["words"])
_FLAT = frozenset(tuple(token.text for token in tokenise(words)) for words in _TABLE["flat"]["words"])
_MULTIPLES = {word: Fraction(factor) for word, factor in _TABLE["multiples"].items()}
_FACTORS = {word: Fraction(factor) for word, factor in _TABLE["factors"].items()}
FACTOR_WORDS = frozenset({*_MULTIPLES, *_FACTORS})
"""The words that name a factor, such as "doubled" and "twice"."""

_REACH = 8


def word_direction(word: str) -> int:
    """1 for a word of growth, -1 for one of decline, 0 for any other."""
    return 1 if word in _UP else -1 if word in _DOWN else 0


def find_direction(tokens: Sequence[Token]) -> int:
    """The direction that the words name, 0 for none.

    Raises MeaningError where they name both.
    """
    found = {word_direction(token.text) for token in tokens} - {0}
    if len(found) > 1:
        raise MeaningError("the words name a rise and a fall", remedy="quote one change at a time")
    return found.pop() if found else 0


def is_flat(tokens: Sequence[Token]) -> bool:
    """Whether the words say that nothing changed."""
    texts = [token.text for token in tokens]
    return any(
        tuple(texts[start : start + len(phrase)]) == phrase for phrase in _FLAT for start in range(len(texts))
    )


def is_level(tokens: Sequence[Token], start: int) -> bool:
    """Whether the figure that begins at `start` is where something arrived ("fell to 3%")."""
    return (
        start > 0
        and tokens[start - 1].text in _LEVEL
        and any(word_direction(token.text) for token in tokens[max(0, start - _REACH) : start])
    )


def names_change(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the figure between `start` and `end` is the amount of a change.

    It is where a word of growth or decline leads to it ("rose by", "a fall of", "down") or follows
    it ("19 fewer", "12 more officers"), and in comparisons ("half as many").
    """
    if end < len(tokens) and tokens[end].text == "as":
        return True
    index = start - 1
    while index >= 0 and tokens[index].text in _BY:
        index -= 1
    if (
        index >= 0
        and word_direction(tokens[index].text)
        and tokens[index].text not in {"additional", "extra"}
    ):
        return True
    return end < len(tokens) and tokens[end].text in _UP | _DOWN


def find_multiple(tokens: Sequence[Token]) -> tuple[int, Fraction] | None:
    """Where a verb names a factor ("doubled", "halved"), and new over old; None without one."""
    return next(
        ((index, _MULTIPLES[token.text]) for index, token in enumerate(tokens) if token.text in _MULTIPLES),
        None,
    )


def find_factor(tokens: Sequence[Token]) -> tuple[int, Fraction] | None:
    """Where an adverb names a factor ("twice as many"), and the factor; None without one."""
    return next(
        ((index, _FACTORS[token.text]) for index, token in enumerate(tokens) if token.text in _FACTORS), None
    )
