"""Where sentences begin and end, in one pass and in linear time.

Written here because the libraries for it lose one or the other: pysbd, the best known, has had no
release since 2021, and its time grows faster than the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgcheck.extract.tables import read_table

LONGEST = 900
"""More characters than a sentence has; what is longer is cut after a semicolon, a comma or a word."""

_TABLE = read_table("sentences.toml")
_ABBREVIATIONS = frozenset(_TABLE["abbreviations"])
_BEFORE_NUMBERS = frozenset(_TABLE["before_numbers"])
_CLOSING, _OPENERS = frozenset(_TABLE["closing"]), frozenset(_TABLE["openers"])
_HOURS, _AFTER_HOURS = frozenset(_TABLE["hours"]), frozenset(_TABLE["after_hours"])
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s)|\n[ \t]*\n|;(?=\s*\n)")
_LAST_WORD = re.compile(r"[^\s\"'“‘(\[]*$")
_OPENS = re.compile(r"\s+[\"'“‘(\[]*(?P<word>\w{1,20}|.)")


def read_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of the sentences of `text[start:end]`, without blanks around them."""
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.start() < begin or not _ends(text, begin, stop, end):
            continue
        yield from _pieces(text, begin, stop.end())
        begin = stop.end()
    yield from _pieces(text, begin, end)


def _ends(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    after = _OPENS.match(text, stop.end(), end)
    if after is None:
        return True
    if after["word"][0].islower():
        return False
    if stop.group()[0] != ".":
        return True
    last = _LAST_WORD.search(text, max(begin, stop.start() - 20), stop.start())
    word = last.group().casefold() if last else ""
    if word in _BEFORE_NUMBERS:
        return not after["word"][0].isdigit()
    if word in _CLOSING:
        return after["word"] in _OPENERS
    if word in _HOURS:
        return after["word"].casefold() not in _AFTER_HOURS
    return word not in _ABBREVIATIONS and not (
        len(word) == 1 and word.isalpha() and text[stop.start() - 1].isupper()
    )


def _pieces(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    begin, end = _stripped(text, begin, end)
    while end - begin > LONGEST:
        half = begin + LONGEST // 2
        cuts = (text.rfind(mark, half, begin + LONGEST) for mark in ("; ", ", ", " "))
        cut = next((place + 1 for place in cuts if place >= 0), begin + LONGEST)
        yield _stripped(text, begin, cut)
        begin, end = _stripped(text, cut, end)
    if begin < end:
        yield begin, end


def _stripped(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return begin, end
