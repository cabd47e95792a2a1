"""Places in an order, superlatives and uniqueness as claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kgcheck.extract.passages import Sentence
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import any_of, read_table, words_in
from kgcheck.semantics.numbers import parse_ordinal
from kgcheck.semantics.tables import read_table as read_semantics

_TABLE = read_table("ranks.toml")
_NUMBERS = read_semantics("numbers.toml")
_COUNTS = {word: number for word, number in _NUMBERS["cardinals"].items() if number}
_ORDINALS = frozenset(_NUMBERS["ordinals"]) | {"st", "nd", "rd", "th"}
_SUPERLATIVES = words_in([*_TABLE["top"], *_TABLE["bottom"]])
_REACH = 70
_TOP = frozenset(_TABLE["top"])
_UNITS = {"top": "rank_from_top", "bottom": "rank_from_bottom", "unique": "unique"}
_ELLIPSIS = re.compile(r"\s*(?:[.,;)]|\(\d|,? at \d|$)")
_CLAUSE_END = re.compile(r"[;:\n]|\b(?:but|while|whereas|although|because)\b")
_OVER_TIME = re.compile(_TABLE["over_time"]["pattern"], re.IGNORECASE)
_NEAR_TIME = 32
_OUT_OF = re.compile(r"(?:out of|of|among) (?:all |the |its )?(?P<size>[0-9]{1,3}(?:,[0-9]{3})*)\b")


def find_ranks(sentence: Sentence) -> Iterator[Proposal]:
    """The places, superlatives and claims to be the only one that the sentence makes."""
    text, start, end = sentence.text, sentence.start, sentence.end
    taken: list[tuple[int, int]] = []
    for pattern, row, words in _phrases():
        if words.isdisjoint(sentence.forms):
            continue
        for match in pattern.finditer(text, start, end):
            if any(match.start() < stop and begin < match.end() for begin, stop in taken):
                continue
            value = _value(match, row)
            if value is None:
                continue
            taken.append(match.span())
            yield _propose(
                sentence,
                match.start(),
                match.end(),
                value,
                str(row["from"]),
                "<=" if row.get("bound") else "=",
                0.8,
            )
    if taken and not _ORDINALS.isdisjoint(sentence.forms):
        yield from _again(sentence, taken)
    if not _SUPERLATIVES.isdisjoint(sentence.forms):
        yield from _superlatives(sentence, taken)


def _again(sentence: Sentence, taken: list[tuple[int, int]]) -> Iterator[Proposal]:
    """ "Ranked 12th in math and 40th in reading": a further place of what has been ranked."""
    for match in _further().finditer(sentence.text, taken[0][1], sentence.end):
        begin, stop = match.span("ordinal")
        if not any(begin < last and first < stop for first, last in taken):
            taken.append((begin, stop))
            value = parse_ordinal(match["ordinal"])
            if value is not None:
                yield _propose(sentence, begin, stop, value, "top", "=", 0.7)


def _value(match: re.Match[str], row: dict[str, object]) -> int | None:
    if "place" in row:
        place = row["place"]
        assert isinstance(place, int)
        return place
    groups = match.groupdict()
    if words := groups.get("ordinal"):
        return parse_ordinal(words)
    number = (groups.get("number") or "").casefold().replace(",", "")
    return int(number) if number.isdigit() else _COUNTS.get(number)


def _propose(
    sentence: Sentence,
    start: int,
    end: int,
    value: int,
    end_of_scale: str,
    comparator: str,
    confidence: float,
) -> Proposal:
    while sentence.text[start].isspace():
        start += 1
    proposal = Proposal(
        start,
        end,
        sentence.text[start:end],
        "rank",
        value,
        comparator,
        unit=_UNITS[end_of_scale],
        confidence=confidence,
    )
    if _OVER_TIME.search(sentence.text, start, min(sentence.end, end + _NEAR_TIME)):
        proposal.notes["over_time"] = True
    if size := _OUT_OF.search(sentence.text, start, min(sentence.end, end + 40)):
        proposal.notes["population_size"] = int(size["size"].replace(",", ""))
    return proposal


def read_place(words: str, unit: str) -> int | None:
    """The place that a quote names, counted as `unit` says; 1 for a superlative; None for none."""
    for pattern, row, _ in _phrases():
        if (match := pattern.search(words)) and _UNITS[str(row["from"])] == unit:
            return _value(match, row)
    if (match := _superlative().search(words)) and unit != "unique":
        top = match["adjective"].casefold() in _TOP
        return 1 if top == (unit == "rank_from_top") else None
    if words.strip().isdigit():
        return int(words)
    return parse_ordinal(words) if unit != "unique" else None


def _superlatives(sentence: Sentence, taken: list[tuple[int, int]]) -> Iterator[Proposal]:
    text = sentence.text
    for match in _superlative().finditer(text, sentence.start, sentence.end):
        if any(match.start() < stop and begin < match.end() for begin, stop in taken):
            continue
        adjective = match["adjective"].casefold()
        tail_end = min(sentence.end, match.end() + _REACH)
        if cut := _CLAUSE_END.search(text, match.end(), tail_end):
            tail_end = cut.start()
        head = _head(text, match.end(), tail_end)
        drawn = _sets().search(text, match.end(), tail_end)
        elliptic = (
            bool(taken)
            and bool(match["the"])
            and _ELLIPSIS.match(text, match.end(), sentence.end) is not None
        )
        if not elliptic and not _is_rank(sentence, match, head, drawn):
            continue
        if elliptic:
            head = None
        end = head[1] if head else match.end()
        if drawn is not None and drawn.start() - end <= 2 and head is None:
            end = drawn.end()
        taken.append((match.start(), end))
        confidence = 0.75 if drawn else 0.6
        yield _propose(
            sentence, match.start(), end, 1, "top" if adjective in _TOP else "bottom", "=", confidence
        )


def _head(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The noun after a superlative and where it ends."""
    match = re.compile(
        r"\s+((?:[\w’'-]+\s+){0,2}?[\w’'-]+)(?=\s+(?:of|in|for|at|on|since|among|to|ever|anywhere|with|was|is|and|were|are|that|from|by|nationally|across|out|outside|per|recorded|after|last|this)\b|[.,;:)\n\"”]|$)"
    ).match(text, start, end)
    if match is None or match[1].casefold() in {"of", "in", "for", "at", "on", "since", "among", "ever"}:
        return None
    return match[1], match.end()


def _is_rank(
    sentence: Sentence, match: re.Match[str], head: tuple[str, int] | None, drawn: re.Match[str] | None
) -> bool:
    text = sentence.text
    nouns = head[0].casefold().split() if head else []
    if any(noun in _IDLE for noun in nouns[:1]) or (nouns and nouns[-1] in _IDLE and drawn is None):
        return False
    adjective = match["adjective"].casefold()
    before = text[max(sentence.start, match.start() - 14) : match.start()].casefold()
    verb = re.search(r"(?:^|\s)(\w+)\s+(?:\w+ly\s+)?$", before)
    placed = verb is not None and verb[1] in _VERBS
    near = drawn is not None and drawn.start() - (head[1] if head else match.end()) <= 45
    if adjective in {"most", "least", "top", "first", "last", "leading"}:
        if adjective in {"first", "last", "leading", "top"}:
            return False
        return near and bool(match["the"]) and bool(nouns) and not text[match.end() :].startswith(" of")
    measured = any(noun in _HEADS for noun in nouns)
    if not match["the"] and not placed and not measured:
        return False
    return measured or near or (placed and head is None)


_HEADS = frozenset(_TABLE["heads"])
_IDLE = frozenset(_TABLE["idle"])
_VERBS = frozenset(_TABLE["verbs"])


@cache
def _superlative() -> re.Pattern[str]:
    adjectives = any_of([*_TABLE["top"], *_TABLE["bottom"]])
    return re.compile(
        rf"(?P<the>\b(?:the|its|their|our|[A-Z]\w+['’]s|(?:the )?(?:country|nation|world|"
        rf"state|county|region|city)['’]s)\s+(?:\w+ly\s+|joint\s+|single\s+)?)?\b(?<!-)(?P<adjective>{adjectives})"
        rf"\b(?!-)",
        re.IGNORECASE,
    )


@cache
def _sets() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(_TABLE["sets"]) + ")")


@cache
def _further() -> re.Pattern[str]:
    return re.compile(
        rf"(?:,|\band|\bbut) (?:only |just )?(?P<ordinal>{_ordinal()})(?= (?:in|for|on|out of|among)\b)",
        re.IGNORECASE,
    )


def _ordinal() -> str:
    """A pattern for the ordinals that name a place in an order."""
    spelled = [word for word in _NUMBERS["ordinals"] if _NUMBERS["ordinals"][word] <= 20]
    return rf"(?:{any_of(spelled)}|[0-9]{{1,4}}(?:st|nd|rd|th))"


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], dict[str, object], frozenset[str]], ...]:
    """Each phrase with its row of the table and the words without which it is not there."""
    parts = {
        "{ordinal}": _ordinal(),
        "{number}": rf"(?:{any_of(_COUNTS)}|[0-9]{{1,3}})",
        "{top}": any_of(_TABLE["top"]),
        "{bottom}": any_of(_TABLE["bottom"]),
    }
    rows = []
    for row in _TABLE["phrase"]:
        pattern = row["pattern"]
        for name, value in parts.items():
            pattern = pattern.replace(name, value)
        rows.append(
            (
                re.compile(
                    r"\b" + pattern.replace(".s ", "['’]s ")
                    if not pattern.startswith("(?:a|an")
                    else r"(?<!\w)" + pattern,
                    re.IGNORECASE,
                ),
                row,
                frozenset(row["words"]) | (_ORDINALS if "{ordinal}" in row["words"] else frozenset()),
            )
        )
    return tuple(rows)
