"""Where a text quotes: the stretches in double quotation marks, over paragraphs too."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kgcheck.extract.passages import Sentence

_DOUBLE = re.compile(r"[“”\"]")
_MOST = 40
"""More quotations than one sentence touches."""


def read_quotations(text: str, begin: int, end: int, opened: bool) -> tuple[list[tuple[int, int]], bool]:
    """The stretches in double quotation marks of a block, and whether the last runs on into the next.

    `opened` says that the block before left one open; a paragraph that goes on with it may begin with
    a mark of its own or without.
    """
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for found in _DOUBLE.finditer(text, begin, end):
        index, mark = found.start(), found.group()
        if mark == "“" or (mark == '"' and start is None):
            if start is None:
                start = index + 1
        elif start is not None:
            spans.append((start, index))
            start = None
        elif opened and not spans:
            spans.append((begin, index))
    if start is not None:
        spans.append((start, end))
        return spans, True
    return spans, False


def within(spans: Sequence[tuple[int, int]], sentence: Sentence) -> Sequence[tuple[int, int]]:
    """The quotations that a sentence touches, a bounded number of them."""
    first = bisect_right(spans, (sentence.start, sentence.start)) - 1
    last = bisect_right(spans, (sentence.end, sentence.end))
    return spans[max(0, first) : min(last, max(0, first) + _MOST)]
