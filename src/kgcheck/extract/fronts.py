"""The front of a document: its title, date, byline and publisher, where the text itself has them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kgcheck.extract.documents import SourceText
from kgcheck.extract.layout import BlockKind, is_furniture, read_blocks, read_lines
from kgcheck.extract.tables import any_of, read_table
from kgcheck.semantics import resolve_period
from kgcheck.semantics.tables import read_table as read_semantics

_TABLE = read_table("fronts.toml")
_BYLINE = re.compile(_TABLE["byline"])
_PUBLISHER = re.compile(_TABLE["publisher"])
_FRONT = 3000


def read_front(source: SourceText) -> SourceText:
    """The document with what its first lines say of it; what is known already stays."""
    text = source.text
    lines = [line for line in read_lines(text, 0, min(len(text), _FRONT)) if line.end > line.start][
        : _TABLE["lines"]
    ]
    if source.title is None:
        first = next(
            (
                block
                for block in read_blocks(text, 0, min(len(text), _FRONT))
                if block.kind is not BlockKind.FURNITURE
            ),
            None,
        )
        if first is not None and first.kind is BlockKind.HEADING:
            source = replace(source, title=text[first.start : first.end])
    for line in lines:
        words = text[line.start : min(line.end, line.start + 300)]
        if source.byline is None and (match := _BYLINE.match(words)):
            source = replace(source, byline=match["byline"])
        if source.publisher is None and is_furniture(words) and (match := _PUBLISHER.match(words)):
            source = replace(source, publisher=match["publisher"])
        if source.date_words is None:
            source = _dated(source, words)
    if source.date_words and source.issued.unknown:
        source = replace(source, issued=resolve_period(source.date_words))
    return source


def _dated(source: SourceText, words: str) -> SourceText:
    for pattern in _dates():
        if match := pattern.match(words):
            return replace(
                source,
                date_words=match["date"],
                date_basis="inferred" if match.groupdict().get("letter") else "stated",
            )
    return source


@cache
def _dates() -> tuple[re.Pattern[str], ...]:
    periods = read_semantics("periods.toml")
    month = any_of(periods["months"])
    date = _TABLE["date"].replace("{month}", month)
    weekday = any_of(periods["weekdays"]["words"])
    return tuple(re.compile(p.replace("{date}", date).replace("{weekday}", weekday)) for p in _TABLE["dates"])
