"""The quote of a row and its place in the text."""

from __future__ import annotations

import re

from kgcheck.interchange.cells import Cells
from kgcheck.model.claim import Evidence

LONGEST = 100
"""The most characters that a quote may have; longer stretches belong to their publisher."""

SENTENCE = re.compile(r"[\"'“‘]?[A-Z](?=(?:\S+\s+){5}).*[.!?][\"'”’]?", re.DOTALL)


def read_evidence(cells: Cells, text: str | None) -> Evidence | None:
    """The quote, or the stated words where there is none, and its place where it can be told.

    With the document's text at hand the quote has to stand in it. A place that nobody gives is
    taken from the text if the quote stands there once.
    """
    column = "quote" if cells.row.get("quote") else "stated"
    quote = cells.row.get(column)
    if quote is None:
        cells.refuse("quote", "the row quotes nothing", "fill in the words of the claim as printed")
        return None
    if len(quote) > LONGEST:
        message = f"the quote has {len(quote)} characters, more than {LONGEST}"
        cells.refuse(column, message, "keep the few words that carry the claim")
    elif SENTENCE.fullmatch(quote):
        cells.refuse(column, "the quote is a whole sentence", "keep the few words that carry the claim")
    start, end = _place(cells, quote)
    if text is None:
        return Evidence(quote, start, end)
    if start is not None and text[start:end] != quote:
        message = f"at {start} the text has {text[start : start + len(quote)]!r}"
        cells.refuse("start", message, "correct the place, or leave it blank to have it found")
    elif start is None:
        count = text.count(quote)
        if count == 0:
            message = f"{quote!r} does not stand in the document's text"
            cells.refuse(column, message, "quote the text letter by letter")
        elif count == 1:
            start = text.index(quote)
            end = start + len(quote)
    return Evidence(quote, start, end)


def _place(cells: Cells, quote: str) -> tuple[int | None, int | None]:
    start, end = cells.offset("start"), cells.offset("end")
    if start is None and end is not None:
        cells.refuse("start", "the quote's end is given without its start", "fill in the start too")
        return None, None
    if start is not None and end is not None and end - start != len(quote):
        message = f"from {start} to {end} are {end - start} characters, but the quote has {len(quote)}"
        cells.refuse("end", message, "count again, or leave the end blank")
    return start, None if start is None else start + len(quote)
