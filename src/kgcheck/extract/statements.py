"""Statements without a figure: denials, judgements, and the few words that a report quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kgcheck.extract.clauses import LONGEST, clause_around
from kgcheck.extract.grades import grades_in
from kgcheck.extract.layout import BlockKind
from kgcheck.extract.passages import Sentence
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.speech import Voices
from kgcheck.extract.tables import any_of, read_table

_TABLE = read_table("statements.toml")
_DENIAL = re.compile("|".join(_TABLE["denials"]["patterns"]), re.IGNORECASE)
_JUDGEMENT = re.compile("|".join(_TABLE["judgements"]["patterns"]), re.IGNORECASE)
_COURTESY = re.compile("|".join(_TABLE["courtesy"]["patterns"]), re.IGNORECASE)
_EMPTY_DENIAL = re.compile(r"den(?:ied|ies|y) (?:this|it|that)\b", re.IGNORECASE)
_FEWEST, _MOST = _TABLE["fragments"]["fewest"], _TABLE["fragments"]["most"]
_IDLE = re.compile("|".join(_TABLE["idle"]["patterns"]), re.IGNORECASE)
_LEAST = 3
_CLAIMING = re.compile(
    rf"\b(?:(?P<denies>{any_of(_TABLE['claiming']['denying'])})|{any_of(_TABLE['claiming']['claiming'])})"
    rf"(?: (?:{any_of(_TABLE['claiming']['whom'])}))?(?: claims| suggestions| reports| allegations)? that\s+",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.,;:–—()“”\"\n]|\s(?:but|and|although|while|because|which)\s")
_SAYS_SOMETHING = re.compile(
    rf"\b{any_of(_TABLE['claiming']['verbs'])}\b|\w+ed\b|n['’]t\b|['’](?:re|ve|s|m|ll)\b", re.IGNORECASE
)
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
            and len(words) > (2 if grades_in(match[group]) else 0)
        ):
            yield _statement(text, start, end, 0.45)
            yield from _reported(sentence, found)
            return
    spoken = voice.start < voice.end or voices.quoted_in(sentence.start, sentence.end)
    for pattern, confidence in ((_DENIAL, 0.4), (_JUDGEMENT, 0.4)):
        if (not spoken and pattern is _DENIAL) or (figured and pattern is not _DENIAL):
            continue
        for match in pattern.finditer(text, sentence.start, sentence.end):
            if _EMPTY_DENIAL.match(text, match.start(), sentence.end):
                continue
            if _COURTESY.search(text, sentence.start, match.start()) and pattern is _JUDGEMENT:
                continue
            start, end = clause_around(sentence, match.start(), match.end())
            if figured and any(claim.overlaps(start, end) for claim in found if claim.kind != "role"):
                continue
            yield _statement(text, start, end, confidence + (0.1 if spoken else 0), bool(pattern is _DENIAL))
            yield from (one for one in _reported(sentence, found) if not one.overlaps(start, end))
            return
    yield from _reported(sentence, found)
    if not figured:
        yield from _quoted(sentence, voices)


def _reported(sentence: Sentence, found: Sequence[Proposal]) -> Iterator[Proposal]:
    """What somebody is said to deny, promise or claim: "denied that victims were ignored"."""
    text = sentence.text
    for match in _CLAIMING.finditer(text, sentence.start, sentence.end):
        start = match.end()
        stop = _STOP.search(text, start, min(sentence.end, start + LONGEST))
        end = stop.start() if stop else min(sentence.end, start + LONGEST)
        while end > start and not text[end - 1].isalnum():
            end -= 1
        if len(text[start:end].split()) >= _LEAST and not any(
            claim.overlaps(start, end) for claim in found if claim.kind != "role"
        ):
            yield _statement(text, start, end, 0.4, match["denies"] is not None)
            return


def _quoted(sentence: Sentence, voices: Voices) -> Iterator[Proposal]:
    """The first clause of a quotation that says something of its own."""
    text = sentence.text
    spoken = voices.quotation_in(sentence.start, sentence.end)
    if spoken is None or spoken.start < sentence.start or "?" in sentence.words_as_written:
        return
    if _COURTESY.search(text, sentence.start, sentence.end) or _IDLE.search(text, spoken.start, sentence.end):
        return
    start, end = max(sentence.start, spoken.start), min(sentence.end, spoken.end)
    while start < end and not text[start].isalnum():
        start += 1
    start, end = clause_around(sentence, start, min(end, start + 1))
    end = min(end, spoken.end)
    words = text[start:end].split()
    if len(words) >= _LEAST and text[start].isupper() and _SAYS_SOMETHING.search(text, start, end):
        yield _statement(text, start, end, 0.3)


def _statement(text: str, start: int, end: int, confidence: float, denies: bool = False) -> Proposal:
    return Proposal(
        start, end, text[start:end], "quote", polarity="negate" if denies else "affirm", confidence=confidence
    )
