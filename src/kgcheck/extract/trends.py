"""Changes that a sentence states without saying by how much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kgcheck.extract.clauses import clause_around
from kgcheck.extract.passages import Sentence
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import any_of, read_table

_TABLE = read_table("trends.toml")
_DIRECTIONS = ("up", "down", "flat")
_FRAME = _TABLE["frame"]
_MORE = frozenset({"more", "fewer", "less", "additional", "extra"})
_IMPROVES = frozenset(
    {
        "improved",
        "increased",
        "expanded",
        "strengthened",
        "gained",
        "widened",
        "narrowed",
        "eased",
        "slowed",
        "dropped",
    }
)


def find_trends(sentence: Sentence, found: Sequence[Proposal]) -> Iterator[Proposal]:
    """The changes without an amount; `found` are the claims with one, whose verbs are spoken for."""
    patterns = [(pattern, way) for pattern, way, words in _patterns() if not words.isdisjoint(sentence.forms)]
    if not patterns:
        return
    text, start, end = sentence.text, sentence.start, sentence.end
    taken = [(claim.start, claim.end) for claim in found if claim.kind in {"trend", "rank"}]
    amounts = [claim.start for claim in found if claim.kind == "trend"]
    levels = [claim.start for claim in found if claim.kind in {"statistic", "proportion", "rank"}]
    for pattern, direction in patterns:
        for match in pattern.finditer(text, start, end):
            begin, stop = match.span()
            while text[begin].isspace():
                begin += 1
            if any(begin < last and first < stop for first, last in taken):
                continue
            if any(0 <= place - stop <= 25 for place in amounts) or (
                direction != "flat" and _is_level(text, stop, levels)
            ):
                continue
            if direction != "flat" and not _is_finite(sentence, match):
                continue
            taken.append((begin, stop))
            named = direction
            if match.groupdict().get("more"):
                named = "down" if re.search(r"\b(?:fewer|less)\b", match["more"]) else "up"
            first, last = clause_around(sentence, begin, stop)
            yield Proposal(
                first,
                last,
                text[first:last],
                "trend",
                direction=named,
                stated=text[begin:stop],
                confidence=0.5 if match.groupdict().get("aux") else 0.4,
            )


def _is_level(text: str, stop: int, levels: Sequence[int]) -> bool:
    """Whether a verb leads to where it arrived ("rose to 4.3%"), which is a claim of its own."""
    return re.match(r"\s+(?:to|at)\b", text[stop : stop + 5]) is not None and any(
        0 <= place - stop <= 24 for place in levels
    )


def _is_finite(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a form in -ed is the verb of its clause and not "increased demand"."""
    groups = match.groupdict()
    verb = (groups.get("verb") or "").casefold()
    if not verb or groups.get("aux"):
        aux = (groups.get("aux") or "").casefold()
        passive = aux.split()[0:1] in (["is"], ["are"], ["was"], ["were"]) if aux else False
        return not (passive and verb)
    if match.start() == sentence.start:
        return False
    before = sentence.text[max(sentence.start, match.start() - 12) : match.start()].casefold().split()
    if not before or before[-1] in _BEFORE_NOUN or before[-1][-1] in ',("“':
        return False
    if verb in _IMPROVES and re.match(r"\s+[a-z]+", sentence.text[match.end() : match.end() + 12]):
        return (
            re.match(
                r"\s+(?:to|from|by|in|since|over|at|and|sharply|slightly|significantly|dramatically|last|this|during|for|between|after|while|but|as|again|across|further|steadily)\b",
                sentence.text[match.end() : match.end() + 16],
            )
            is not None
        )
    return True


_BEFORE_NOUN = frozenset(_FRAME["before_noun"])


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, frozenset[str]], ...]:
    """Each pattern with the way of its change and the words without which it fits nowhere."""
    aux, adverb = any_of(_FRAME["auxiliaries"]), any_of(_FRAME["adverbs"])
    frames = {
        "present": r"\b{words}\b",
        "verbs": rf"\b(?:(?P<aux>{aux})\s+)?(?:{adverb}\s+){{{{0,2}}}}(?P<verb>{{words}})\b(?:\s+{adverb})?",
        "participles": rf"\b(?P<aux>(?:is|are|was|were|been)\b)\s+(?:{adverb}\s+)?{{words}}\b",
        "base": rf"\b(?P<aux>{any_of(_FRAME['modals'])})\s+(?:{adverb}\s+)?{{words}}\b",
        "nouns": rf"\b{{words}}\s+{any_of(_FRAME['seen'])}\b[^.,;]{{{{0,25}}}}",
    }
    rows = [
        (frame.format(words=any_of(phrases)), direction, frozenset(phrase.split()[0] for phrase in phrases))
        for direction in _DIRECTIONS
        for part, frame in frames.items()
        if (phrases := _TABLE[direction][part])
    ]
    rows.append((rf"\b{_FRAME['more']}", "up", _MORE))
    return tuple((re.compile(pattern, re.IGNORECASE), direction, words) for pattern, direction, words in rows)
