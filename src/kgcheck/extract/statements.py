"""Statements without a figure: denials, judgements, and the few words that a report quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kgcheck.extract.clauses import clause_around
from kgcheck.extract.layout import BlockKind
from kgcheck.extract.passages import Sentence
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.speech import Voices
from kgcheck.extract.tables import read_table

_TABLE = read_table("statements.toml")
_DENIAL = re.compile("|".join(_TABLE["denials"]["patterns"]), re.IGNORECASE)
_JUDGEMENT = re.compile("|".join(_TABLE["judgements"]["patterns"]), re.IGNORECASE)
_COURTESY = re.compile("|".join(_TABLE["courtesy"]["patterns"]), re.IGNORECASE)
_EMPTY_DENIAL = re.compile(r"den(?:ied|ies|y) (?:this|it|that)\b", re.IGNORECASE)
_FEWEST, _MOST = _TABLE["fragments"]["fewest"], _TABLE["fragments"]["most"]
_FRAGMENT = re.compile(
    r"[“\"](?P<words>[^\s“”\"][^“”\"\n]{2,88}[^\s“”\"])[”\"]|(?<![\w])[‘'](?P<single>[^‘’'\n]{4,60})[’'](?!\w)"
)


def find_statements(sentence: Sentence, found: Sequence[Proposal], voices: Voices) -> Iterator[Proposal]:
    """At most one statement of a sentence; `found` are the other claims that it makes."""
    text = sentence.text
    figured = any(claim.kind != "role" for claim in found)
    if sentence.block.kind is BlockKind.HEADING:
        return
    voice = voices.at(sentence.start)
    for match in _FRAGMENT.finditer(text, sentence.start, sentence.end):
        group = "words" if match["words"] else "single"
        words = match[group].split()
        start, end = match.span(group)
        whole = match.start() <= sentence.start + 1 and match.end() >= sentence.end - 2
        if (
            _FEWEST <= len(words) <= _MOST
            and not whole
            and not any(claim.overlaps(start, end) for claim in found)
            and words[0][0].islower()
        ):
            yield _statement(text, start, end, 0.45)
            return
    spoken = not voice.inferred or voices.quoted_in(sentence.start, sentence.end)
    for pattern, confidence in ((_DENIAL, 0.4), (_JUDGEMENT, 0.4)):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            if (not spoken and pattern is _DENIAL) or (figured and pattern is not _DENIAL):
                continue
            if _EMPTY_DENIAL.match(text, match.start(), sentence.end):
                continue
            if _COURTESY.search(text, sentence.start, match.start()) and pattern is _JUDGEMENT:
                continue
            start, end = clause_around(sentence, match.start(), match.end())
            if figured and any(claim.overlaps(start, end) for claim in found if claim.kind != "role"):
                continue
            yield _statement(text, start, end, confidence + (0.1 if spoken else 0), bool(pattern is _DENIAL))
            return


def _statement(text: str, start: int, end: int, confidence: float, denies: bool = False) -> Proposal:
    return Proposal(
        start, end, text[start:end], "quote", polarity="negate" if denies else "affirm", confidence=confidence
    )
