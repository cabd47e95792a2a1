"""Stated words as a short list of tokens, in one pass and in linear time."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kgcheck.errors import MeaningError
from kgcheck.semantics.tables import read_table

LONGEST = 300
"""More characters than any figure needs; what is longer is a passage, not a value."""

_TRANSLATION = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("’‘`´", "'"),
        **dict.fromkeys("“”", '"'),
        **dict.fromkeys("\u00a0\u2009\u202f\u2007", "\u2009"),
        **dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "),  # footnote marks: "593¹" is not 5,931
        "≈": "~",
        "⩽": "≤",
        "⩾": "≥",
        "⁄": "/",
        "％": "%",
    }
)
_NUMBERS = read_table("numbers.toml")
_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8),
    "⅞": (7, 8), "⅒": (1, 10),
}  # fmt: skip
_VULGAR_TRANSLATION = str.maketrans({mark: f" {n}/{m} " for mark, (n, m) in _VULGAR.items()})

_SPACED_GROUPS = re.compile(r"(?<=[0-9])\u2009(?=[0-9]{3}(?![0-9]))")
_TOKEN = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<symbol>\+/-|<=|>=|[^\s\w])"
)
_RUNS_ON = re.compile(r"[.,]?[0-9]")
_FOLD = re.compile(rf"(?<![a-z])({'|'.join([*_NUMBERS['cardinals'], *_NUMBERS['tens']])}|[0-9])fold\b")
_HYPHEN_IN_WORD = re.compile(r"(?<=[^\W_])-(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Token:
    """A number, word or symbol, lower case. `glued` says that no space stands before it."""

    text: str
    kind: str
    glued: bool


def normalise(words: str) -> str:
    """Lower case, plain hyphens and quotes, one kind of space; vulgar fractions as n/m.

    Raises MeaningError for what is not text or is longer than LONGEST.
    """
    if not isinstance(words, str):
        raise MeaningError(
            f"expected words, got {type(words).__name__}", remedy="pass the words as they are stated"
        )
    if len(words) > LONGEST:
        raise MeaningError(
            f"the words are {len(words)} characters long, more than {LONGEST}",
            remedy="quote only the figure and its hedge",
        )
    text = unicodedata.normalize("NFC", words).translate(_TRANSLATION).translate(_VULGAR_TRANSLATION)
    return _SPACED_GROUPS.sub("", text.casefold())


def tokenise(words: str) -> tuple[Token, ...]:
    """The tokens of `words`; a hyphen before a letter ("two-thirds", "15-year") is a space.

    Raises MeaningError for digits whose separators follow no known habit ("1,62", "5,4", "1.2.3").
    """
    text = _FOLD.sub(r"\1 fold", _HYPHEN_IN_WORD.sub(" ", normalise(words)))
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "symbol"
        if kind == "number" and _RUNS_ON.match(text, match.end()):
            raise MeaningError(
                f"cannot tell thousands from decimals in {words!r}",
                remedy="write thousands as 1,234 and decimals as 1.5",
            )
        start = match.start()
        tokens.append(Token(match.group(), kind, start > 0 and not text[start - 1].isspace()))
    return tuple(tokens)
