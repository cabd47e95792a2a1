"""Finding a fragment that was changed a little, and showing how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment, ratio

SIMILAR = 70.0
"""rapidfuzz's ratio (0 to 100) from which two fragments count as one, changed."""

SHORT_SIMILAR = 60.0
"""The same for fragments of fewer than eight code points, where one letter weighs more."""

PIECES = 5
"""Into how many pieces a fragment is cut to find candidates.

A fragment with fewer changes than pieces keeps one piece whole (the pigeonhole principle), so
looking for the pieces finds it in linear time.
"""

CANDIDATES = 400
"""How many places of a text are looked at closely, so that a text of one repeated word stays cheap."""

WORD = 12
"""How many code points a cut word is followed for."""


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of a text that resembles a quote; `start` counts code points."""

    start: int
    text: str
    score: float


def most_similar(quote: str, text: str, low: int = 0, high: int | None = None) -> Match | None:
    """The stretch of text[low:high] most like `quote`, or None when nothing is similar enough."""
    high = len(text) if high is None else min(high, len(text))
    least = SHORT_SIMILAR if len(quote) < 8 else SIMILAR
    best: Match | None = None
    for start, end in _windows(quote, text, low, high):
        match = _align(quote, text, start, end)
        if match is not None and match.score >= least and (best is None or match.score > best.score):
            best = match
    return best


def changes(before: str, after: str) -> str:
    """How `before` became `after`, as `2.[-8-]{+9+}%`.

    A single code point that stays between two changes is drawn into them, which reads better.
    """
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    last = len(steps) - 1
    parts: list[str] = []
    gone = new = ""
    for number, (operation, a, b, c, d) in enumerate(steps):
        if operation == "equal" and (b - a > 1 or number in (0, last)):
            parts += [_change(gone, new), before[a:b]]
            gone = new = ""
        else:
            gone, new = gone + before[a:b], new + after[c:d]
    return "".join([*parts, _change(gone, new)])


def _change(gone: str, new: str) -> str:
    return (f"[-{gone}-]" if gone else "") + (f"{{+{new}+}}" if new else "")


def _windows(quote: str, text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Stretches of text[low:high] worth aligning: around every piece of the quote that stands there."""
    margin = len(quote) // 2 + 2
    if high - low <= 6 * len(quote) + 1000:
        yield low, high
        return
    size = max(3, len(quote) // PIECES)
    seen: set[int] = set()
    for offset in range(0, len(quote) - size + 1, size):
        piece = quote[offset : offset + size]
        place = text.find(piece, low, high)
        while place >= 0 and len(seen) < CANDIDATES:
            start = place - offset
            # Neighbouring pieces of one place fall into one bucket.
            if (bucket := start // margin) not in seen:
                seen.add(bucket)
                yield max(low, start - 2 * margin), min(high, start + len(quote) + 2 * margin)
            place = text.find(piece, place + 1, high)


def _align(quote: str, text: str, low: int, high: int) -> Match | None:
    window = text[low:high]
    found = partial_ratio_alignment(quote, window)
    if found is None or found.dest_end <= found.dest_start:
        return None
    # The alignment is as long as the quote; a letter more or less at its ends may fit better.
    start, end = low + found.dest_start, low + found.dest_end
    spans = ((start + i, end + j) for i in range(-2, 3) for j in range(-2, 3))
    a, b = min(
        ((a, b) for a, b in spans if low <= a < b <= high),
        key=lambda span: (_edits(quote, text, *span), abs(span[1] - span[0] - len(quote)), span),
    )
    score = ratio(quote, text[a:b])
    a, b = _whole_words(text, a, b)
    return Match(a, text[a:b], score)


def _edits(quote: str, text: str, start: int, end: int) -> int:
    """How many letters to add, drop or replace; a replaced letter counts once, unlike in `ratio`."""
    return Levenshtein.distance(quote, text[start:end])


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the words that its ends cut through made whole, if they are not very long."""
    a, b = start, end
    while a > max(0, start - WORD) and text[a - 1].isalnum() and text[a].isalnum():
        a -= 1
    while b < min(len(text), end + WORD) and text[b - 1].isalnum() and text[b].isalnum():
        b += 1
    return a, b
