"""Durations that measure something, apart from those that place a story in time."""

from __future__ import annotations

import re

from kgcheck.extract.figures import Figure
from kgcheck.extract.passages import Sentence
from kgcheck.extract.tables import any_of, read_table
from kgcheck.semantics.tables import read_table as read_semantics

_TABLE = read_table("statistics.toml")
_LEADS = frozenset(_TABLE["time_leads"])
_AGO = frozenset(_TABLE["time_tails"])
_HINTS = frozenset(_TABLE["duration_hints"])
_SHORT = frozenset({"minutes", "hours", "seconds"})
_COUNTS: dict[str, int] = read_semantics("numbers.toml")["cardinals"]
_UNITS: dict[str, str] = _TABLE["runs"]["units"]
_BEFORE, _AFTER = any_of(_TABLE["runs"]["before"]), any_of(_TABLE["runs"]["after"])
_RUN = re.compile(
    rf"\b(?P<number>{any_of(_COUNTS)}|[0-9]{{1,2}})\s+"
    rf"(?:{_BEFORE}\s+(?P<unit>{any_of(_UNITS)})\b|(?P<unit_>{any_of(_UNITS)})\s+{_AFTER}\b)",
    re.IGNORECASE,
)


def is_story_time(sentence: Sentence, figure: Figure) -> bool:
    """Whether a duration places the story in time and measures nothing."""
    words = sentence.words
    if words.text(figure.last) in _AGO:
        return True
    near = {words.text(i) for i in range(max(0, figure.first - 8), min(len(words), figure.last + 6))}
    if near & _HINTS:
        return False
    before = words.text(figure.first - 1)
    if figure.hedge and figure.unit in _SHORT and before == "for":
        return False
    if before == "from" and words.text(figure.first - 2) in {"up", "down"}:
        return False
    return not figure.hedge or before in _LEADS or figure.hedge.words == "over"


def run_of_years(sentence: Sentence) -> tuple[int, str] | None:
    """How long, in which unit, a state is said to have lasted: "four consecutive years", "twice running"."""
    match = _RUN.search(sentence.text, sentence.start, sentence.end)
    if match is None:
        return None
    words = match["number"].casefold()
    number = int(words) if words.isdigit() else _COUNTS.get(words, 0)
    return (number, _UNITS[(match["unit"] or match["unit_"]).casefold()]) if number > 1 else None
