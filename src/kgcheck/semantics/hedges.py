"""Words that weaken or bound a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kgcheck.errors import MeaningError
from kgcheck.semantics.tables import read_table
from kgcheck.semantics.text import Token, tokenise


class Sense(StrEnum):
    """What a hedge does to its number."""

    ABOUT = "about"
    BELOW = "below"
    ABOVE = "above"
    MORE = "more"
    AT_LEAST = "at-least"
    LESS = "less"
    AT_MOST = "at-most"
    EXACTLY = "exactly"


@dataclass(frozen=True, slots=True)
class Hedge:
    """A sense and the words that carry it. `about` says that the bound itself is approximate."""

    sense: Sense
    words: str
    about: bool = False


def _index(key: str) -> dict[tuple[str, ...], Hedge]:
    return {
        tuple(token.text for token in tokenise(words)): Hedge(Sense(row["sense"]), words)
        for row in read_table("hedges.toml")["hedge"]
        for words in row.get(key, ())
    }


def _phrases(key: str) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(token.text for token in tokenise(words)) for words in read_table("hedges.toml")[key]["words"]
    )


_BEFORE = _index("before")
_AFTER = _index("after")
_EMPHASIS = _phrases("emphasis")
_DENIAL = _phrases("denial")
_LONGEST = max(map(len, [*_BEFORE, *_AFTER, *_EMPHASIS]))


def read_hedge_before(tokens: Sequence[Token], end: int, floor: int = 0) -> tuple[Hedge | None, int]:
    """The hedge that ends at `end` and the index where it begins; emphasis between is passed over.

    Nothing before `floor` is looked at. Raises MeaningError for a denied number ("not 30%") and for
    hedges that do not combine.
    """
    hedge: Hedge | None = None
    index = end
    while index > floor:
        for length in range(min(_LONGEST, index - floor), 0, -1):
            phrase = tuple(token.text for token in tokens[index - length : index])
            if phrase in _BEFORE:
                hedge = _combine(_BEFORE[phrase], hedge)
                index -= length
                break
            if phrase in _EMPHASIS:
                index -= length
                break
            if phrase in _DENIAL:
                raise MeaningError(
                    f'"{" ".join(phrase)}" denies the number', remedy="state what the number is instead"
                )
        else:
            break
    return hedge, index


def read_hedge_after(tokens: Sequence[Token], start: int) -> tuple[Hedge | None, int]:
    """The hedge that begins at `start` ("or more") and the index after it."""
    index = start
    if index < len(tokens) and tokens[index].text == "(":
        index += 1
    for length in range(min(_LONGEST, len(tokens) - index), 0, -1):
        phrase = tuple(token.text for token in tokens[index : index + length])
        if phrase in _AFTER:
            return _AFTER[phrase], index + length
    return None, start


def combine_hedges(before: Hedge | None, after: Hedge | None) -> Hedge | None:
    """One hedge from the words before and after a number. Raises MeaningError if they disagree."""
    return before if after is None else _combine(after, before)


def _combine(outer: Hedge, inner: Hedge | None) -> Hedge:
    """ "up to about 30": the bound counts, its place is approximate."""
    if inner is None or inner.sense is outer.sense:
        return outer
    words = f"{outer.words} {inner.words}"
    if Sense.ABOUT in (outer.sense, inner.sense) and Sense.EXACTLY not in (outer.sense, inner.sense):
        bound = inner if outer.sense is Sense.ABOUT else outer
        return Hedge(bound.sense, words, about=True)
    raise MeaningError(f'"{words}" cannot be read as one hedge', remedy="keep the hedge that is meant")
