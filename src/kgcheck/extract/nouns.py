"""The noun after a number: how far it goes, and whether it makes of the number a figure at all."""

from __future__ import annotations

from kgcheck.extract.changes import has_leading_direction
from kgcheck.extract.figures import Figure
from kgcheck.extract.passages import Sentence
from kgcheck.extract.tables import read_table
from kgcheck.semantics.quantities import is_year

_TABLE = read_table("statistics.toml")
_STOPS = frozenset(_TABLE["noun_stops"])
_IDLE = frozenset(_TABLE["idle_nouns"])
_PLURALS = frozenset(_TABLE["plurals"])
_MOST_NOUNS = 4


def noun_end(sentence: Sentence, index: int, end: int) -> tuple[int, str]:
    """Where the noun phrase after a number ends, and its words."""
    words, text = sentence.words, sentence.text
    if end < sentence.end and not text[end].isspace() and text[end] not in "-–":
        return end, ""
    last = index
    while last < len(words) and last - index < _MOST_NOUNS:
        token = words.tokens[last]
        if token.kind != "word" or (token.text in _STOPS and not (token.text == "of" and last > index)):
            break
        if last > index and _gap(text, words.ends[last - 1], words.starts[last]):
            break
        if token.text == "of" and (
            last + 1 >= len(words) or words.text(last + 1) not in {"the", "staff", "public"}
        ):
            break
        if token.text.endswith(("ed", "ing")) and last > index:
            break
        last += 1
        capitals = text[words.starts[last - 1] : words.ends[last - 1]].isupper()
        if token.text.endswith("s") and not (
            token.text.endswith("ss") or capitals or words.text(last) == "of"
        ):
            break
    while last > index and words.text(last - 1) in {"of", "the"}:
        last -= 1
    if last == index or text[words.starts[index] - 1] == "\n":
        return end, ""
    return words.ends[last - 1], text[words.starts[index] : words.ends[last - 1]]


def _gap(text: str, before: int, after: int) -> bool:
    return any(mark in text[before:after] for mark in ".,;:()\n")


def is_idle(sentence: Sentence, figure: Figure, noun: str) -> bool:
    """Whether a bare number is a name, a year or a way of speaking rather than a figure."""
    words = sentence.words
    token = words.tokens[figure.number]
    head = noun.casefold().split()[-1] if noun else ""
    first = noun.casefold().split()[0] if noun else ""
    spelled = token.kind == "word"
    small = abs(figure.quantity.number.value) < 10
    before = words.text(figure.first - 1)
    if is_year(token) and figure.hedge is None and not head.endswith("s"):
        return True
    if token.kind == "number" and before in {"/", "#", "@", "-"} and words.tokens[figure.number].glued:
        return True
    if (
        words.text(figure.last) in {"/", "@", ":"}
        and figure.last < len(words)
        and words.tokens[figure.last].glued
    ):
        return True
    if figure.number == 0 and words.text(figure.last) in {".", ")"}:
        return True
    if spelled and figure.quantity.number.value == 1:
        return True
    if small and (head in _IDLE or first in _IDLE):
        return True
    if spelled and small and not _is_plural(head):
        return True
    if not noun and small and token.kind == "number" and not has_leading_direction(sentence, figure):
        return figure.hedge is None and before not in {"of", "to", "was", "is", "at", "(", "+"}
    return False


def _is_plural(noun: str) -> bool:
    return (noun.endswith("s") and not noun.endswith("ss")) or noun in _PLURALS
