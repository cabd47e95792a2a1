"""A stretch of text as words with their places.

The words are the tokens of `kgcheck.semantics`, so that its readers of numbers, hedges and units
work on running text; beside each stands where it begins and ends in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kgcheck.semantics.tables import read_table
from kgcheck.semantics.text import Token

_SMALL_SPACES = "\u2009\u00a0\u202f"
_SMALL_SPACE = re.compile(f"[{_SMALL_SPACES}]")
_TOKEN = re.compile(
    rf"(?P<number>[0-9]{{1,3}}(?:[,{_SMALL_SPACES}][0-9]{{3}})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?|(?<![\w.])\.[0-9]+)"
    r"|(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒])"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<symbol>\+/-|<=|>=|[^\s\w])"
)
_VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5",
    "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8", "⅒": "1/10",
}  # fmt: skip
_FORM = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|[^\s\w]")
_PLAIN = str.maketrans(
    {**dict.fromkeys("‐‑‒–—―−﹣－", "-"), **dict.fromkeys("’‘`´", "'"), **dict.fromkeys("“”", '"')}
)
_RUNS_ON = re.compile(r"[.,]?[0-9]")
_COUNTS = read_table("numbers.toml")
_FOLD = re.compile(rf"({'|'.join([*_COUNTS['cardinals'], *_COUNTS['tens']])})fold")
_OPAQUE = "\ufffc"
"""Stands for digits that no reader understands, such as an address or a version."""


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens with their places; `starts` and `ends` count from the beginning of the whole text."""

    tokens: tuple[Token, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.tokens)

    def text(self, index: int) -> str:
        """The token at `index` in lower case, or an empty string where there is none."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def index_at(self, place: int) -> int:
        """The first token that ends after `place`."""
        from bisect import bisect_right

        return bisect_right(self.ends, place)


@lru_cache(maxsize=1 << 14)
def _token(text: str, kind: str, glued: bool) -> Token:
    """A token, one and the same for all its places: texts say the same words over and over."""
    return Token(text, kind, glued)


def read_forms(text: str, start: int, end: int) -> frozenset[str]:
    """The words and signs that occur in `text[start:end]`, in lower case and without their places."""
    words = text[start:end]
    return frozenset(_FORM.findall(words.lower() if words.isascii() else words.translate(_PLAIN).casefold()))


def read_words(text: str, start: int, end: int) -> Words:
    """The words of `text[start:end]`, in one pass."""
    tokens: list[Token] = []
    starts: list[int] = []
    ends: list[int] = []

    def add(word: str, kind: str, glued: bool, begin: int, stop: int) -> None:
        tokens.append(_token(word, kind, glued))
        starts.append(begin)
        ends.append(stop)

    reach = start
    for match in _TOKEN.finditer(text, start, end):
        begin, stop = match.span()
        if begin < reach:
            continue
        kind = match.lastgroup or "symbol"
        glued = begin > start and not text[begin - 1].isspace()
        raw = match.group()
        if kind == "number":
            if _RUNS_ON.match(text, stop, end):
                reach = stop
                while reach < end and (text[reach].isdigit() or text[reach] in ".,"):
                    reach += 1
                add(_OPAQUE, "symbol", glued, begin, reach)
                continue
            if begin > start and text[begin - 1].isalpha() and text[begin - 1].isascii():
                add(_OPAQUE, "symbol", glued, begin, stop)  # "MH17", "b2": part of a name
                continue
            if not raw.isascii():
                raw = _SMALL_SPACE.sub(",", raw)
            add(raw, "number", glued, begin, stop)
        elif kind == "vulgar":
            number, _, whole = _VULGAR[raw].partition("/")
            add(number, "number", False, begin, stop)
            add("/", "symbol", True, begin, stop)
            add(whole, "number", True, begin, stop)
        elif kind == "word":
            word = raw.lower() if raw.isascii() else raw.translate(_PLAIN).casefold()
            if word.endswith("fold") and (fold := _FOLD.fullmatch(word)):
                add(fold[1], "word", glued, begin, begin + len(fold[1]))
                add("fold", "word", False, begin + len(fold[1]), stop)
            else:
                add(word, "word", glued, begin, stop)
        else:
            plain = raw.translate(_PLAIN)
            joins = (
                plain == "-" and glued and stop < end and text[stop].isalpha() and text[begin - 1].isalnum()
            )
            if not joins:
                add(plain, "symbol", glued, begin, stop)
    return Words(tuple(tokens), tuple(starts), tuple(ends))
