"""Where running text names times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kgcheck.extract.tables import any_of, read_table, words_in
from kgcheck.extract.words import read_forms
from kgcheck.model.period import Period
from kgcheck.semantics import resolve_period
from kgcheck.semantics.tables import read_table as read_semantics

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LEADS = frozenset({"between", "since", "from", "to", "until", "through", "ending", "ended", "-"})
_PARTS = frozenset({"half", "quarter"})
_BUILT, _RELATIVE = 0, 1
"""The places of the times that others lead to and of the relative ones among the patterns."""


@dataclass(frozen=True, slots=True)
class Time:
    """The place and words of a time; `rate` marks "a year" and its like, which say how often."""

    start: int
    end: int
    words: str
    rate: bool = False

    def resolve(self, issued: Period) -> Period:
        """The days that the words name in a document that came out then."""
        return resolve_period(self.words, issued)


_RATE = re.compile(r"(?:each|every|per|a) (?:year|month|week|day)|annually|per annum", re.IGNORECASE)


def find_times(text: str, start: int, end: int, forms: frozenset[str] | None = None) -> list[Time]:
    """The times that `text[start:end]` names, in order; of overlapping ones the longest."""
    found: list[Time] = []
    if forms is None:
        forms = read_forms(text, start, end)
    worded = not _words().isdisjoint(forms)
    named = _YEAR.search(text, start, end) is not None or not _months().isdisjoint(forms)
    if not named and not worded:
        return []
    for number, pattern in enumerate(_patterns()):
        if not (
            worded
            if number == _RELATIVE
            else (named or not _PARTS.isdisjoint(forms))
            and (number != _BUILT or not _LEADS.isdisjoint(forms))
        ):
            continue
        for match in pattern.finditer(text, start, end):
            if any(match.start() < time.end and time.start < match.end() for time in found):
                continue
            words = match.group()
            found.append(Time(match.start(), match.end(), words, _RATE.fullmatch(words) is not None))
    return sorted(found, key=lambda time: time.start)


@cache
def _months() -> frozenset[str]:
    """Words with which a time can be named that has no year."""
    periods = read_semantics("periods.toml")
    return words_in((*periods["months"], *periods["seasons"]))


@cache
def _words() -> frozenset[str]:
    """Words without which a text names no relative time."""
    periods = read_semantics("periods.toml")
    units = ("year", "month", "week", "day", "quarter", "decade", "term", "semester", "hour")
    named = (*periods["months"], *periods["seasons"], *periods["weekdays"]["words"])
    return frozenset(
        {
            *units,
            *(f"{unit}s" for unit in units),
            *named,
            "annually",
            "annum",
            "yesterday",
            "today",
            "tomorrow",
            "tonight",
            "date",
        }
        | {"night", "half", "period", "time", "point", "stage"}
    )


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Built times first, so that none of their parts is taken for the whole."""
    table, periods = read_table("times.toml"), read_semantics("periods.toml")
    counts = read_semantics("numbers.toml")["cardinals"]
    parts = {
        "year": table["year"],
        "span": table["span"],
        "day": table["day"],
        "month": any_of(name for name in periods["months"] if name not in {"may", "mar"}) + "|may",
        "season": any_of(periods["seasons"]),
        "weekday": any_of(day for day in periods["weekdays"]["words"] if len(day) > 5),
        "number": f"(?:{any_of(counts)}|[0-9]{{1,3}}|few|several|couple of)",
    }
    parts["month"] = f"(?:{parts['month']})"

    def fill(pattern: str, **more: str) -> str:
        for name, value in {**parts, **more}.items():
            pattern = pattern.replace("{" + name + "}", value)
        return re.sub(r" (?![?*+{])", r"\\s+", pattern)

    named = "(?:" + "|".join(fill(pattern) for pattern in table["named"]) + ")"
    part = f"(?:{named}|{fill('{day} {month}')}|{parts['month']})"

    def compiled(patterns: list[str]) -> re.Pattern[str]:
        return re.compile(
            r"\b(?:" + "|".join(fill(p, time=named, part=part) for p in patterns) + r")(?!\w)", re.IGNORECASE
        )

    return compiled(table["built"]), compiled(table["relative"]), compiled(table["named"])
