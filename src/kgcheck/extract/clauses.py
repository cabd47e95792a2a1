"""The clause of a sentence around some of its words."""

from __future__ import annotations

import re

from kgcheck.extract.passages import Sentence

LONGEST = 100
"""The most characters of a quoted fragment."""

_BREAK = re.compile(
    r"[,;:–—()“”\"\n]|\b(?:that|because|but|although|though|while|whereas|which|and|"
    r"so|as well as|if|when|compared)\b",
    re.IGNORECASE,
)
_MARKS = frozenset('“”"\n')
_LEAST_BEFORE, _LEAST_AFTER = 4, 12


def clause_around(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """The place of the clause around `first` to `last`, LONGEST characters at most."""
    text, start, end = sentence.text, sentence.start, sentence.end
    for match in _BREAK.finditer(text, sentence.start, first):
        if first - match.end() >= _LEAST_BEFORE or match.group() in _MARKS:
            start = match.end()
    after = (
        _BREAK.search(text, last + _LEAST_AFTER, sentence.end) if last + _LEAST_AFTER < sentence.end else None
    )
    if after:
        end = after.start()
    while start < first and not text[start].isalnum():
        start += 1
    while end > last and not (text[end - 1].isalnum() or text[end - 1] == "%"):
        end -= 1
    if end - start > LONGEST:
        end = max(last, _last_blank(text, start, start + LONGEST))
    if end - start > LONGEST:
        start = max(start, end - LONGEST)
        blank = text.find(" ", start, first)
        start = blank + 1 if blank >= 0 else start
    return start, end


def _last_blank(text: str, start: int, end: int) -> int:
    cut = text.rfind(" ", start, end)
    return end if cut < 0 else cut
