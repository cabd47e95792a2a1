"""Names of the vocabulary as words."""

from __future__ import annotations


def spaced(name: str) -> str:
    """A name in one piece as several words: "NewsArticle" is a news article."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
