"""JSON that is safe to look at in a terminal and loses nothing."""

from __future__ import annotations

import json
import unicodedata
from typing import Any


def _escaped(character: str) -> str:
    if character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return character
    return json.dumps(character)[1:-1] if ord(character) != 0x7F else "\\u007f"


def json_text(value: Any, *, indent: int | None = None) -> str:
    """`value` as JSON in readable UTF-8; characters that hide or reorder text stay escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text if text.isascii() and "\x7f" not in text else "".join(map(_escaped, text))
