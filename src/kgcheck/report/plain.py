"""Text from data, made safe to print.

A quote, a title or a label may hold anything. Control characters drive terminals, bidirectional
controls reorder what a reader sees, line ends break rows. Every renderer passes data through here
and through nothing else, so that no markup is ever read out of it.
"""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"  # they shape letters in several scripts and cannot hide or reorder anything
_SPACES = re.compile(r"\s+")


def _visible(character: str) -> str:
    if character in _JOINERS:
        return character
    match unicodedata.category(character):
        case "Cf":
            return ""
        case "Cc" | "Zl" | "Zp":
            return " " if character.isspace() else ""
        case "Cs" | "Cn":
            return "\ufffd"
    return character


def plain(text: object) -> str:
    """`text` on one line, without control, bidirectional, invisible and unassigned characters."""
    words = str(text)
    if words.isprintable():  # printable characters are all visible: most texts need no closer look
        if "  " not in words and words[:1] != " " and words[-1:] != " ":
            return words
    else:
        words = "".join(map(_visible, words))
    return _SPACES.sub(" ", words).strip()


def plain_lines(text: object) -> str:
    """The same for text of several lines: line ends stay, and so does the space that indents."""
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(map(_visible, line.expandtabs(4))).rstrip() for line in lines)


def shortened(text: str, length: int) -> str:
    """`text` cut to `length` characters, the last being an ellipsis where something was left out."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """The number with its noun: "1 claim", "2 claims"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
