"""JSON that is safe to look at in a terminal and loses nothing."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from typing import Any

import msgspec

_HIDING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of characters that are no use to the eye: they hide text, reorder it or drive terminals."""


@lru_cache(10_000)
def _escaped(character: str) -> str | None:
    """How a character is written that must not stand as it is; None for all others."""
    if character == "\n" or unicodedata.category(character) not in _HIDING:
        return None
    return json.dumps(character)[1:-1] if ord(character) != 0x7F else "\\u007f"


def json_text(value: Any, *, indent: int | None = None) -> str:
    """`value` as JSON in readable UTF-8; characters that hide or reorder text stay escaped."""
    text = json.dumps(value, ensure_ascii=False)
    if not text.isascii() or "\x7f" in text:
        escapes = {ord(c): escape for c in set(text) if (escape := _escaped(c)) is not None}
        if indent is not None and any(0xD800 <= code <= 0xDFFF for code in escapes):
            # Half a character, as in names of files, is something that msgspec does not take.
            return json.dumps(value, ensure_ascii=False, indent=indent).translate(escapes)
        text = text.translate(escapes) if escapes else text
    # Python itself indents character by character.
    return text if indent is None else msgspec.json.format(text, indent=indent)
