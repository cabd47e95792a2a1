"""Names that a machine has made, told apart within one document.

Two figures of one text with one made-up name and different values are two things that the name does
not tell apart, far more often than a slip of the text: "4,120 learners, of whom around 1,300". The
later one gets the words of its figure into its name. Names that a project knows stay as they are, and
so does what a headline says, since there the difference is of interest.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlparse

Row = dict[str, str]
_NAMED = {
    "statistic": "measure",
    "trend": "measure",
    "rank": "measure",
    "grade": "question",
    "run": "question",
}
_VALUE = {"statistic": "stated", "trend": "stated", "rank": "rank", "grade": "grade", "run": "grade"}
_SCOPE = ("topic", "area", "subject", "unit", "direction", "inspection")
_NOBODYS = frozenset({"figure without a name", "change in figure without a name", "question not stated"})
_LONGEST = 120


def tell_apart(rows: Iterable[Row]) -> list[Row]:
    """The rows of one document, with names of their own where values differ under one made-up name."""
    first: dict[tuple[str, ...], tuple[str, str]] = {}
    told = []
    for row in rows:
        column = _NAMED.get(row["kind"])
        if column and column in row and not _is_known(row[column]) and not row.get("headline"):
            key = (row["kind"], row[column], *(row.get(name, "") for name in _SCOPE))
            said = row.get(_VALUE[row["kind"]], row["quote"]).casefold(), row.get("period_start", "")
            if row[column] in _NOBODYS or not _fits(first.setdefault(key, said), said):
                row = {**row, column: f"{row[column]}: “{row['quote']}”"[:_LONGEST]}
        told.append(row)
    return told


def _fits(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two values of one name can be two times of one thing, or the same said again."""
    return one[0] == other[0] or bool(one[1] and other[1] and one[1] != other[1])


def _is_known(name: str) -> bool:
    """Whether a name is an address in a vocabulary."""
    return bool(urlparse(name).scheme) and "//" in name
