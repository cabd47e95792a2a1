"""Lines of a document as found, gathered into blocks.

A block is a stretch of the text that reads on: a paragraph, an item, a heading. Lines that a fixed
width has broken are one block; furniture of the page is marked as such and left out of reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kgcheck.extract.tables import read_table

_TABLE = read_table("layout.toml")


def _any(lines: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)


_FURNITURE = _any(_TABLE["furniture"]["lines"])
_HOLDING = {held: _any(lines) for held, lines in _TABLE["furniture"]["holding"].items()}
_ITEM = re.compile(_TABLE["items"]["pattern"])
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_TERMINAL = re.compile(r"[.!?:;…][\"'”’)\]]*$|[\"”]$")
_LONGEST_FURNITURE = 400
_LONGEST_HEADING = 130
_WRAPPED = 50
"""A line that a fixed width broke is at least this long."""


class BlockKind(Enum):
    """What a block is."""

    PARAGRAPH = auto()
    HEADING = auto()
    ITEM = auto()
    FURNITURE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """`text[start:end]` without its list mark; `heading` is the block of the heading it stands under."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the blanks around it."""

    start: int
    end: int


def read_lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of the text, blank ones as empty lines."""
    place = start
    stop = len(text) if end is None else end
    while place < stop:
        cut = text.find("\n", place, stop)
        cut = stop if cut < 0 else cut
        first, last = place, cut
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        yield Line(first, last)
        place = cut + 1


def is_furniture(words: str) -> bool:
    """Whether a line belongs to the page, not to the document."""
    if len(words) > _LONGEST_FURNITURE:
        return False
    if _FURNITURE.fullmatch(words):
        return True
    lowered = words.lower()
    return any(held in lowered and pattern.fullmatch(words) for held, pattern in _HOLDING.items())


def read_blocks(text: str, start: int = 0, end: int | None = None) -> Iterator[Block]:
    """The blocks of a stretch of the text that holds no table, in order."""
    pending: list[Line] = []
    for line in read_lines(text, start, end):
        empty = line.start == line.end
        if pending and (empty or not _runs_on(text, pending[-1], line)):
            yield _block(text, pending[0], pending[-1])
            pending.clear()
        if empty:
            continue
        words = text[line.start : min(line.end, line.start + _LONGEST_FURNITURE + 1)]
        if not pending and is_furniture(words):
            yield Block(BlockKind.FURNITURE, line.start, line.end)
        else:
            pending.append(line)
    if pending:
        yield _block(text, pending[0], pending[-1])


def _runs_on(text: str, before: Line, line: Line) -> bool:
    """Whether a line goes on with the sentence of the one before it."""
    if before.end - before.start < _WRAPPED or _ITEM.match(text, line.start, line.end):
        return False
    if _TERMINAL.search(text, max(before.start, before.end - 4), before.end):
        return False
    first = text[line.start]
    return (
        first.islower()
        or text[before.end - 1] in ",-"
        or (text[before.end - 1].islower() and first.isdigit() and line.end - line.start > _WRAPPED)
    )


def _block(text: str, first: Line, last: Line) -> Block:
    start, end = first.start, last.end
    if mark := _MARKDOWN_HEADING.match(text, start, end):
        return Block(BlockKind.HEADING, mark.end(), end)
    if (mark := _ITEM.match(text, start, end)) and mark.end() < end:
        return Block(BlockKind.ITEM, mark.end(), end)
    short = end - start <= _LONGEST_HEADING
    if short and not _TERMINAL.search(text, max(start, end - 4), end):
        return Block(BlockKind.HEADING, start, end)
    return Block(BlockKind.PARAGRAPH, start, end)
