"""Documents as found: their text, and what is known of them beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kgcheck.model.period import Period


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document as an extractor reads it. All offsets count code points of `text`.

    `cleaned` says that the text was made from the file (HTML, PDF, DOCX) and has to be kept beside
    it; otherwise it is the file's own. `date_words` are the words of the date of publication.
    """

    identifier: str
    text: str
    path: Path | None = None
    cleaned: bool = False
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    address: str | None = None
    date_words: str | None = None
    date_basis: str = "unknown"
    issued: Period = field(default_factory=Period)
