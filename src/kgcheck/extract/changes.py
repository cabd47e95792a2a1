"""Whether a figure is the amount of a change, which way it goes, and the words that say so."""

from __future__ import annotations

from kgcheck.extract.figures import Figure
from kgcheck.extract.passages import Sentence
from kgcheck.extract.tables import read_table
from kgcheck.extract.words import Words
from kgcheck.model.meaning import UnitKind
from kgcheck.semantics.directions import is_level, word_direction
from kgcheck.semantics.tables import read_table as read_semantics

_TABLE = read_table("statistics.toml")
_STOPS = frozenset(_TABLE["noun_stops"])
_CHANGES = _TABLE["changes"]
_BY = frozenset(read_semantics("changes.toml")["by"]["words"])
_ADVERBS = frozenset(_CHANGES["adverbs"])
_MAKING = frozenset(_CHANGES["making_up"])
_COMPARATIVES = frozenset(_CHANGES["comparatives"])
_PAST = frozenset(_CHANGES["past"])
_LOSSES = frozenset(_CHANGES["losses"])
_ADDITIONS = frozenset(_CHANGES["additions"])
_CAUSED = {word: sign for sign, name in ((1, "raising"), (-1, "lowering")) for word in _CHANGES[name]}
_BESIDE = {word: sign for sign, name in ((1, "above"), (-1, "below")) for word in _CHANGES[name]}
_BY_REACH = 8


def has_leading_direction(sentence: Sentence, figure: Figure) -> bool:
    words = sentence.words
    index = figure.first - 1
    while index >= 0 and words.text(index) in _BY:
        index -= 1
    return word_direction(words.text(index)) != 0


def direction_of(sentence: Sentence, figure: Figure) -> str | None:
    """up or down where the figure is the amount of a change, else None."""
    words, tokens = sentence.words, sentence.words.tokens
    if figure.quantity.kind is UnitKind.TIMES:
        return None
    if is_level(tokens, figure.first):
        return None
    sign = words.text(figure.number)
    if sign in {"+", "-"} and not (
        figure.number and tokens[figure.number].glued and tokens[figure.number - 1].kind == "number"
    ):
        return "up" if sign == "+" else "down"
    index = figure.first - 1
    while index >= 0 and (words.text(index) in _BY or words.text(index) in _ADVERBS):
        index -= 1
    if words.text(figure.first - 1) == "by" and not word_direction(words.text(index)):
        for place in range(index, max(-1, index - _BY_REACH), -1):
            if caused := _CAUSED.get(words.text(place)):
                return _named(caused)
            if word_direction(words.text(place)):
                index = place
                break
    if words.text(figure.first - 1) == "of" and not word_direction(words.text(index)):
        index = _change_in(words, index)
    leading = words.text(index)
    if leading == "up" and (words.text(index + 1) == "of" or words.text(index - 1) in _MAKING):
        return None  # "made up of", "make up a fifth"
    if (
        leading in _LOSSES
        and words.text(index + 1) == "by"
        and figure.quantity.kind in (None, UnitKind.COUNT)
    ):
        return None  # "lost by 40 votes"
    if leading in _LOSSES and figure.quantity.kind is UnitKind.MONEY:
        return None
    if leading in {"(", ","} and index > 0:
        leading = ""
    if word_direction(leading) and leading not in _ADDITIONS and leading not in _COMPARATIVES:
        return _named(word_direction(leading))
    share = figure.quantity.kind is UnitKind.RATIO
    for ahead in range(figure.last, min(len(words), figure.last + (3 if share else 2))):
        follower = words.text(ahead)
        if follower in _ADDITIONS:
            return None
        if follower in _COMPARATIVES and ahead > figure.last:
            break
        if word_direction(follower):
            if follower.endswith("ed") or follower in _PAST:
                break
            return _named(word_direction(follower))
        if tokens[ahead].kind != "word" or follower in _STOPS:
            break
    if figure.quantity.kind is UnitKind.POINTS:
        if beside := _BESIDE.get(words.text(figure.last), 0):
            return _named(beside)
        near = [
            word_direction(words.text(i)) or _CAUSED.get(words.text(i), 0)
            for i in range(max(0, figure.first - 8), min(len(words), figure.last + 5))
        ]
        found = {sign for sign in near if sign}
        if len(found) == 1:
            return _named(found.pop())
    return None


def _change_in(words: Words, index: int) -> int:
    """Where "an increase in revenue of 6.7 percent" has its increase; else `index`."""
    for place in range(index, max(-1, index - _BY_REACH), -1):
        if words.text(place) in {"in", "to"} and word_direction(words.text(place - 1)):
            return place - 1
    return index


def _named(sign: int) -> str:
    return "up" if sign > 0 else "down"


def with_direction(sentence: Sentence, figure: Figure, start: int, end: int) -> tuple[int, int]:
    """The figure together with the word that says which way it went."""
    words = sentence.words
    if words.text(figure.number) in {"+", "-"}:
        return start, end
    index = figure.first - 1
    while index >= 0 and words.text(index) in _BY:
        index -= 1
    if word_direction(words.text(index)):
        return words.starts[index], end
    for ahead in range(figure.last, min(len(words), figure.last + 3)):
        if word_direction(words.text(ahead)):
            return start, max(end, words.ends[ahead])
    return start, end
