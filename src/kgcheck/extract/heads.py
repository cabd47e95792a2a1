"""A readable name for what a figure measures, from the noun phrase that it belongs to."""

from __future__ import annotations

import re

from kgcheck.extract.passages import Sentence
from kgcheck.extract.people import is_person_name
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import any_of, read_table

_TABLE = read_table("heads.toml")
_LONGEST = 70
_WINDOW = 160
_SHARE_OF = re.compile(
    r"\s*(?:of|out of)\s+(?:all |the |its |their |our |these |those )*(?P<what>[^.,;:()“”\"|\n]{3,90})"
)
_FINITE = any_of(_TABLE["finite"])
_THING = re.compile(
    rf"\s+(?P<what>(?:[a-z][\w’'-]*\s+){{0,3}}(?:[a-z][\w’'-]*s|people|staff|children|women|men)\s+(?:now\s+|[a-z]+ed\s+)?{_FINITE}\b[^.,;:()“”\"|\n]{{0,60}})"
)
_SAID = re.compile(rf"\s+(?:who |that |which )?(?P<said>(?:{_FINITE}|[a-z]+ed)\s+[^.,;:()“”\"|\n]{{3,60}})")
_DONE = re.compile(r"\b(?P<verb>[a-z]+(?<!ne)ed|lost|built|made|held|sold|spent|won)\s+(?:\w+\s+){0,2}$")
_PREDICATE = re.compile(
    rf"(?<=[\w’'-])\s+(?=(?:{_FINITE}|(?!need)[a-z]+ed(?!\s+(?:{_FINITE}|by|in|to|as|from|on)))\b)"
)
_PAUSES = re.compile(r"[.,;:()“”\"|\n]")
_VERBS = re.compile(rf"\b{any_of(_TABLE['verbs'])}\b", re.IGNORECASE)
_TAILS = re.compile(rf"\s+(?:{'|'.join([*_TABLE['times'], *_TABLE['tails']])})\b.*$", re.IGNORECASE)
_TIMES = re.compile(rf"\s+(?:{'|'.join(_TABLE['times'])})\b.*$", re.IGNORECASE)
_LEADS = re.compile(rf"^(?:{any_of(_TABLE['leads'])}(?:\s+|$))+", re.IGNORECASE)
_ENDS = re.compile(rf"(?:\s+{any_of(_TABLE['leads'])})+$", re.IGNORECASE)
_EMPTY = frozenset(_TABLE["empty"])
_WORD = re.compile(r"[^\W\d_]{2,}")
_FIGURE = re.compile(r"^[\d.,%£$€\s–-]+")
_OPENERS = re.compile(rf"\b{any_of(_TABLE['openers'])}\b", re.IGNORECASE)
_AFTER = re.compile(r"\s+(?:(?:in|on|of|for)\s+)?(?:the |its |their )?(?P<what>[a-z][^.,;:()“”\"|\n]{2,60})")
_OPENING_TIME = re.compile(
    rf"^\s*(?:in|during|by|since|for|over|at the end of)\s+(?:the )?(?:(?:year|months?) to )?"
    rf"(?:{any_of(_TABLE['months'])}\s*)?"
    r"(?:[0-9]{4}(?:\s?[/–-]\s?[0-9]{2,4})?)?\s+(?=[a-z])",
    re.IGNORECASE,
)
_MONEY = frozenset({"GBP", "USD", "EUR", "AUD", "CAD", "money"})


def describe(sentence: Sentence, claim: Proposal, beside: str | None = None) -> str | None:
    """What a figure measures, in words of its sentence; None where they name nothing.

    `beside` is the name of a figure of the same unit before it, for one that has no noun of its own.
    """
    text = sentence.text
    if _is_share(claim) and (found := _share(text, claim, sentence.end)):
        return found
    own = trim(claim.measure) if claim.measure and not (_is_share(claim) and claim.kind != "rank") else None
    if own:
        counted = claim.unit == "count" and claim.kind not in {"rank", "trend"}
        return _told_apart(own, claim, sentence) if counted else own
    after = _AFTER.match(text, claim.end, sentence.end)
    if claim.unit in _MONEY and after and (found := trim(after["what"])):
        return found
    if found := _before(text[max(sentence.start, claim.start - _WINDOW) : claim.start]):
        return found
    if beside:
        return beside
    if after and (found := trim(after["what"])):
        return found
    return trim(claim.measure) if claim.measure else None


def has_own_head(sentence: Sentence, claim: Proposal) -> bool:
    """Whether a figure says itself what it counts: "84% of patients", "340 nurses"."""
    text = sentence.text
    if _SHARE_OF.match(text, claim.end, sentence.end) or _THING.match(text, claim.end, sentence.end):
        return True
    return bool(claim.measure and trim(claim.measure))


def _is_share(claim: Proposal) -> bool:
    return claim.kind != "trend" and (claim.unit in {"percent", "ratio"} or claim.unit.startswith("per_"))


def _share(text: str, claim: Proposal, end: int) -> str | None:
    """ "Share of burglaries that led to a charge": the thing, and what is said of that part of it."""
    match = _SHARE_OF.match(text, claim.end, end) or _THING.match(text, claim.end, end)
    if match is None:
        return None
    parts = _PREDICATE.split(match["what"], maxsplit=1)
    thing = trim(parts[0])
    if thing is None:
        return None
    said = _TIMES.sub("", " " + parts[1]).strip() if len(parts) > 1 else ""
    said = _ENDS.sub("", said).removeprefix("who ").removeprefix("that ").removeprefix("which ")
    told = f"share of {thing} that {said}" if " " in said or said.endswith("ed") else f"share of {thing}"
    return told if len(told) <= _LONGEST else told[:_LONGEST].rpartition(" ")[0]


def _told_apart(noun: str, claim: Proposal, sentence: Sentence) -> str:
    """ "Officers recruited", "beds that are taken up": a noun of one word alone would be everybody's."""
    text = sentence.text
    if " " in noun:
        return noun
    if match := _SAID.match(text, claim.end, sentence.end):
        said = _ENDS.sub("", _TIMES.sub("", match["said"])).strip()
        if " " in said:
            told = f"{noun} that {said}"
            return told if len(told) <= _LONGEST else told[:_LONGEST].rpartition(" ")[0]
    if done := _DONE.search(text, max(sentence.start, claim.start - 40), claim.start):
        return f"{noun} {done['verb'].casefold()}"
    return noun


def _before(words: str) -> str | None:
    """The subject of the clause that leads to the figure: what stands before its verb."""
    piece = _OPENING_TIME.sub("", _PAUSES.split(words)[-1])
    for part in reversed(_VERBS.split(piece)):
        found = trim(_OPENERS.split(part)[-1])
        if found and not _begins_with_person(found):
            return found
    return None


def _begins_with_person(words: str) -> bool:
    first = words.split()[:2]
    return all(word[0].isupper() for word in first) and is_person_name(" ".join(first))


def trim(words: str) -> str | None:
    """A noun phrase without articles, times and what follows its verb; None where nothing is left."""
    words = _FIGURE.sub("", words.strip(" -–—|,'’"))
    words = _VERBS.split(words)[0]
    words = _TAILS.sub("", " " + words.strip()).strip(" -–—|,'’")
    words = _ENDS.sub("", _LEADS.sub("", words)).strip()
    telling = [word for word in _WORD.findall(words) if word.casefold() not in _EMPTY]
    if not telling or not re.search(r"[a-z]{3}", words):
        return None
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0]
