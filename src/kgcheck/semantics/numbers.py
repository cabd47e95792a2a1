"""Digits and number words.

Numbers are exact rationals while they are read; only finished bounds become decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias, TypeVar

from kgcheck.errors import MeaningError
from kgcheck.model.interval import LIMIT
from kgcheck.semantics.tables import read_table
from kgcheck.semantics.text import Token, tokenise

PLACES = 12
"""The most decimal places that are read or kept."""

_TABLE = read_table("numbers.toml")
_UNITS: dict[str, int] = _TABLE["cardinals"]
_TENS: dict[str, int] = _TABLE["tens"]
_SCALES: dict[str, int] = _TABLE["scales"]
_SHORT: dict[str, int] = _TABLE["short_scales"]
_ORDINALS: dict[str, int] = _TABLE["ordinals"]
_PARTS: dict[str, int] = {name: m for name, m in _ORDINALS.items() if m > 2} | _TABLE["fractions"]
_NOTHING = frozenset(_TABLE["nothing"]["words"])
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_ARTICLES = frozenset({"a", "an", "one"})


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written.

    `step` is one unit of the last digit shown, 1 for whole numbers; `whole` means that no decimals
    are shown; `scale` is what its scale words multiply by and is part of `value` and `step`.
    """

    value: Fraction
    step: Fraction
    whole: bool
    scale: int = 1

    @property
    def place(self) -> Fraction:
        """One unit of the last significant figure: 100 for 1,200, 1 for 593, 0.1 for 2.8."""
        if not self.whole or self.value == 0:
            return self.step
        number, place = abs(int(self.value)), 1
        while number % 10 == 0:
            number //= 10
            place *= 10
        return Fraction(place)

    def scaled(self, factor: int) -> Numeral:
        """The number multiplied by a scale word."""
        step = self.step if self.whole else self.step * factor
        return Numeral(self.value * factor, step, self.whole, self.scale * factor)

    def negated(self) -> Numeral:
        """The number with the other sign."""
        return replace(self, value=-self.value)


T = TypeVar("T")
Read: TypeAlias = "tuple[T, int] | None"
"""What was read and the index of the token after it; None where nothing of the kind begins."""


def word_at(tokens: Sequence[Token], index: int) -> str:
    """The text of a word or symbol token, or an empty string where there is none."""
    if 0 <= index < len(tokens) and tokens[index].kind != "number":
        return tokens[index].text
    return ""


def read_number(tokens: Sequence[Token], start: int, *, money: bool = False) -> Read[Numeral]:
    """The number that begins at `start`, with its scale words, and the index after it.

    Reads "1,234.5", "3.2 million", "50k", "twenty-one", "two and a half", "half a million",
    "a dozen", "a hundred", "two point five". None where no number begins.
    Raises MeaningError beyond 10^15 or 12 decimals.
    """
    found = (
        _read_half_of_scale(tokens, start)
        or _read_digits(tokens, start)
        or _read_words(tokens, start)
        or _read_article_and_scale(tokens, start)
    )
    if found is None:
        return None
    numeral, index = _read_and_a_fraction(tokens, *found)
    numeral, index = _read_scales(tokens, numeral, index, money=money)
    if abs(numeral.value) > LIMIT * 1000:
        raise MeaningError(
            f"the number is larger than {LIMIT:,}", remedy="check the scale words and the zeros"
        )
    return numeral, index


def read_fraction(tokens: Sequence[Token], start: int) -> Read[tuple[int, int]]:
    """Numerator and denominator of "two thirds", "a half", "three-quarters", "2/3"; else None."""
    if word_at(tokens, start) == "half":
        index = start + 1
        return None if _scale_follows(tokens, index) else ((1, 2), index)
    if _is_digits_fraction(tokens, start):
        n, m = int(tokens[start].text), int(tokens[start + 2].text)
        return ((n, m), start + 3) if 0 < n < m <= 100 else None
    head = word_at(tokens, start)
    numerator = 1 if head in _ARTICLES else _UNITS.get(head, 0)
    if start < len(tokens) and tokens[start].kind == "number" and tokens[start].text.isdigit():
        numerator = int(tokens[start].text)
    name = word_at(tokens, start + 1)
    denominator = _PARTS.get(name) or _PARTS.get(name.removesuffix("s"))
    plural = name.endswith("s") or name == "halves"
    if not denominator or numerator == 0 or numerator >= denominator or plural != (numerator > 1):
        return None
    return None if _scale_follows(tokens, start + 2) else ((numerator, denominator), start + 2)


def read_ordinal(tokens: Sequence[Token], start: int) -> Read[int]:
    """The rank in "fourth", "21st", "twenty-first"; else None."""
    if start >= len(tokens):
        return None
    token = tokens[start]
    if token.kind == "number":
        ending = word_at(tokens, start + 1)
        if token.text.isdigit() and ending in _ORDINAL_ENDINGS and tokens[start + 1].glued:
            return int(token.text), start + 2
        return None
    if token.text in _ORDINALS:
        return _ORDINALS[token.text], start + 1
    unit = _ORDINALS.get(word_at(tokens, start + 1), 0)
    if token.text in _TENS and 0 < unit < 10:
        return _TENS[token.text] + unit, start + 2
    return None


def parse_ordinal(words: str) -> int | None:
    """The first rank named in `words` ("fourth from bottom" is 4), or None.

    Raises MeaningError for words that cannot be read at all.
    """
    tokens = tokenise(words)
    for start in range(len(tokens)):
        if found := read_ordinal(tokens, start):
            return found[0]
    return None


def is_nothing(word: str) -> bool:
    """Whether the word counts nothing: "no", "none", "nil"."""
    return word in _NOTHING


def is_short_scale(word: str) -> bool:
    """Whether the word is a scale only where it touches its digits: "k", "m"."""
    return word in _SHORT


def _read_digits(tokens: Sequence[Token], start: int) -> Read[Numeral]:
    if start >= len(tokens) or tokens[start].kind != "number":
        return None
    text = tokens[start].text.replace(",", "")
    decimals = len(text.partition(".")[2])
    if decimals > PLACES:
        raise MeaningError(f"more than {PLACES} decimal places", remedy="round the number")
    if word_at(tokens, start + 1) in _ORDINAL_ENDINGS and tokens[start + 1].glued:
        return None
    if _is_digits_fraction(tokens, start):
        return None
    return Numeral(Fraction(text), Fraction(1, 10**decimals), decimals == 0), start + 1


def _read_words(tokens: Sequence[Token], start: int) -> Read[Numeral]:
    """A cardinal in words: hundreds gather below each scale word, scale words must fall."""
    total = group = 0
    index, last_scale, expects = start, 10**18, 100
    while word := word_at(tokens, index):
        if word in _UNITS and expects >= (10 if _UNITS[word] < 10 else 20) and (group % 10 == 0):
            group, expects = group + _UNITS[word], 0
        elif word in _TENS and expects >= 100:
            group, expects = group + _TENS[word], 10
        elif word == "hundred" and 0 < group < 100:
            group, expects = group * 100, 100
        elif word in _SCALES and word != "hundred" and group and _SCALES[word] < last_scale:
            last_scale = _SCALES[word]
            total, group, expects = total + group * last_scale, 0, 100
        elif word == "and" and index > start and expects == 100 and _continues(tokens, index + 1, group):
            pass
        else:
            break
        index += 1
    if index == start:
        return None
    decimals = ""
    if word_at(tokens, index) == "point":
        after = index + 1
        while (digit := _UNITS.get(word_at(tokens, after), 10)) < 10:
            decimals, after = decimals + str(digit), after + 1
        index = after if decimals else index
    if len(decimals) > PLACES:
        raise MeaningError(f"more than {PLACES} decimal places", remedy="round the number")
    step = Fraction(1, 10 ** len(decimals))
    return Numeral(total + group + int(decimals or 0) * step, step, not decimals), index


def _continues(tokens: Sequence[Token], index: int, group: int) -> bool:
    """Whether "and" joins "six" in "a hundred and six" instead of naming a second number.

    In "a hundred and six thousand" it does, in "a thousand and six thousand" it does not.
    """
    word, after = word_at(tokens, index), word_at(tokens, index + 1)
    if word not in _UNITS and word not in _TENS:
        return False
    return after not in _SCALES or (group > 0 and after != "hundred")


def _read_article_and_scale(tokens: Sequence[Token], start: int) -> Read[Numeral]:
    if word_at(tokens, start) in {"a", "an"}:
        scale = _SCALES.get(word_at(tokens, start + 1))
        if scale:
            base = Numeral(Fraction(scale), Fraction(1), True)
            index = start + 2
            if word_at(tokens, index) == "and" and _continues(tokens, index + 1, 0):
                rest = _read_words(tokens, index + 1)
                if rest and rest[0].value < scale:
                    return Numeral(base.value + rest[0].value, Fraction(1), True), rest[1]
            return base, index
    return None


def _read_half_of_scale(tokens: Sequence[Token], start: int) -> Read[Numeral]:
    """ "half a million", "a quarter of a million", "three quarters of a million"."""
    index, parts = start, Fraction(0)
    if word_at(tokens, start) == "half":
        index, parts = start + 1, Fraction(1, 2)
    else:
        head = word_at(tokens, start)
        numerator = 1 if head in _ARTICLES else _UNITS.get(head, 0)
        if numerator and word_at(tokens, start + 1) in {"half", "quarter", "quarters", "third", "thirds"}:
            name = word_at(tokens, start + 1).removesuffix("s")
            index, parts = start + 2, Fraction(numerator, _PARTS[name])
    if not parts or not _scale_follows(tokens, index):
        return None
    while word_at(tokens, index) in {"of", "a", "an"}:
        index += 1
    scale = _SCALES[word_at(tokens, index)]
    value = parts * scale
    return Numeral(value, Fraction(1), value.denominator == 1), index + 1


def _scale_follows(tokens: Sequence[Token], index: int) -> bool:
    """Whether "of a million" or "a dozen" stands at `index`."""
    if word_at(tokens, index) == "of":
        index += 1
    return word_at(tokens, index) in {"a", "an"} and word_at(tokens, index + 1) in _SCALES


def _read_and_a_fraction(tokens: Sequence[Token], numeral: Numeral, index: int) -> tuple[Numeral, int]:
    """ "two and a half", "2 1/2"."""
    after = index + 1 if word_at(tokens, index) == "and" else index
    if not numeral.whole or (after == index and not _is_digits_fraction(tokens, index)):
        return numeral, index
    if after > index and word_at(tokens, after) not in _ARTICLES | {"three", "two"}:
        return numeral, index
    found = read_fraction(tokens, after)
    if found is None:
        return numeral, index
    (n, m), end = found
    return Numeral(numeral.value + Fraction(n, m), Fraction(1, m), False), end


def _read_scales(
    tokens: Sequence[Token], numeral: Numeral, index: int, *, money: bool
) -> tuple[Numeral, int]:
    while word := word_at(tokens, index):
        scale = _SCALES.get(word)
        if scale is None and word in _SHORT and (tokens[index].glued or money):
            scale = _SHORT[word]
        if scale is None:
            break
        if abs(numeral.value) * scale > LIMIT * 1000:
            raise MeaningError(f"the number is larger than {LIMIT:,}", remedy="check the scale words")
        numeral, index = numeral.scaled(scale), index + 1
    return numeral, index


def _is_digits_fraction(tokens: Sequence[Token], start: int) -> bool:
    return (
        start + 2 < len(tokens)
        and tokens[start].kind == "number"
        and tokens[start].text.isdigit()
        and tokens[start + 1].text == "/"
        and tokens[start + 1].glued
        and tokens[start + 2].kind == "number"
        and tokens[start + 2].text.isdigit()
        and tokens[start + 2].glued
    )
