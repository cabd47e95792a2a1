"""Stretches of a sentence whose digits state no figure."""

from __future__ import annotations

import re

from kgcheck.extract.tables import read_table

_SKIP = [
    re.compile(pattern, re.IGNORECASE if "[A-Z]" not in pattern else 0)
    for pattern in read_table("skip.toml")["patterns"]
]
_WORDED = [
    pattern
    for pattern in _SKIP
    if "[0-9]" not in pattern.pattern or "|one|" in pattern.pattern or "(?:one|" in pattern.pattern
]
_HAS_DIGIT = re.compile(r"[0-9]")


def find_skips(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places of what looks like a figure and is none: clock times, ages, telephone numbers."""
    digits = _HAS_DIGIT.search(text, start, end) is not None
    patterns = _SKIP if digits else _WORDED
    return sorted(match.span() for pattern in patterns for match in pattern.finditer(text, start, end))
