"""Which of the times that a text names a claim is about.

In its own clause first; then what the sentence says before it; what the claim is compared with is not
its time. A time from an earlier sentence, or the one that all figures of the text are of, is noted as
inferred. Months without a year are the last ones before the document came out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from kgcheck.extract.passages import Sentence
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import read_table
from kgcheck.extract.times import Time
from kgcheck.model.period import Period, Span
from kgcheck.semantics import resolve_period
from kgcheck.semantics.tables import read_table as read_semantics

_TABLE = read_table("periods.toml")


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in _TABLE[name]), re.IGNORECASE)


_CLAUSE, _COMPARISON, _NAMING, _BUILT = map(_pattern, ("clauses", "comparisons", "naming", "built"))
_BASE, _BASED, _NO_PERIOD = map(_pattern, ("bases", "based", "not_periods"))
_PRESENT, _FUTURE, _PREVAILING = map(_pattern, ("present", "future", "prevailing"))
_STANDING = frozenset({"statistic", "proportion", "rank", "grade", "quote"})
_MEASURED = frozenset({"statistic", "proportion", "trend", "rank"})
_LEADS = re.compile(r"\b(from|to)\s+(?:[a-z]+\s+){0,2}$", re.IGNORECASE)
_DEADLINE = re.compile(r"\bby (?:the )?$", re.IGNORECASE)
_RATES = {"year": "P1Y", "annu": "P1Y", "annum": "P1Y", "month": "P1M", "week": "P1W", "day": "P1D"}
_SAME = re.compile(r"same period last year as (?P<other>.+)", re.IGNORECASE)
_BEFORE = 48
"""So many characters before a time may say what it is: "compared with the", "than in"."""

_MONTHS: dict[str, int] = read_semantics("periods.toml")["months"]
_LEAD = r"(?:(?:in|since|for|to|until|during|between|and|on|at|by)\s+)?"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_NAMED_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_BARE = re.compile(
    rf"{_LEAD}(?P<day>{_DAY}\s+(?:of\s+)?)?(?P<month>{_NAMED_MONTH})\.?(?P<day_>\s+{_DAY})?", re.IGNORECASE
)
_NEWS, _SAYING, _SAME_AGAIN, _SUPERLATIVE = map(_pattern, ("news", "saying", "same", "superlatives"))
_YEAR_AGO = re.compile(
    r"(?:a|one) year (?:earlier|before|ago|previously)|(?:the )?(?:same|corresponding) .*", re.IGNORECASE
)
_ORDERS = [(re.compile(row["words"], re.IGNORECASE), row["becomes"]) for row in _TABLE["orders"]]
_BACK = 12
"""A time is taken over from so many sentences before in the same block."""

_NEAR = 6
"""The same period again is that of one of so many sentences before."""

_SINCE = re.compile(r"since\b", re.IGNORECASE)
_OLD = 200
"""A month without a year that lies more days back is taken as inferred."""


class Periods:
    """Gives claims their periods; a period from another sentence is marked as inferred."""

    def __init__(self, sentences: Sequence[Sentence], issued: Period) -> None:
        self._issued = issued
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._main: dict[int, Time | None] = {}
        self._prevailing = self._find_prevailing()

    def assign(self, claim: Proposal) -> None:
        """Fill in `period` and `period_iso` of a claim, where the text names a time for it."""
        if claim.period is not None:
            claim.period_iso = self.iso(claim.period)
            return
        if claim.kind == "role":
            return
        sentence = self._sentence_at(claim.start)
        if sentence is None:
            return
        time = _of_pair(claim, sentence) or _own(claim, sentence)
        if time is None and _speaks_of_now(claim, sentence):
            self._as_of_document(claim)
            return
        inferred = False
        if (
            time is None
            and not claim.notes.get("quoted")
            and (claim.kind in _MEASURED or claim.kind == "grade")
        ):
            time, inferred = self._earlier(claim, sentence), True
        if time is None and (rate := next((t for t in sentence.times if t.rate), None)):
            claim.period, claim.period_iso = rate.words, _rate(rate.words)
            return
        if time is None:
            self._as_of_document(claim)
            return
        claim.period = time.words
        self._settle(claim, time, sentence, inferred)

    def _settle(self, claim: Proposal, time: Time, sentence: Sentence, inferred: bool) -> None:
        """The days of a time; those of a month without a year lie before the document's day."""
        claim.period_iso = self.iso(time.words)
        if claim.period_iso is None and _YEAR_AGO.fullmatch(time.words):
            main = _main_time(sentence)
            if main is not None and self.span(main.words):
                claim.period = f"same period last year as {main.words}"
                claim.period_iso = self.iso(claim.period)
        if claim.period_iso is None and (words := self._with_year(time, sentence)):
            claim.period_iso = self.iso(words)
            span = self.span(words)
            day = self._issued.core.start if self._issued.core else None
            if claim.period_iso:
                claim.period = words
            if span and day and (day - span.start).days > _OLD:
                inferred = True
        if inferred:
            _infer(claim)

    def _with_year(self, time: Time, sentence: Sentence) -> str | None:
        """ "In December" of a document of January 2023 as "in December 2022"; None where that is not sure."""
        span = self._issued.core
        for pattern, becomes in _ORDERS:
            if ordered := pattern.fullmatch(time.words.strip()):
                return self._latest(becomes, ordered.groupdict())
        match = _BARE.fullmatch(time.words.strip())
        if match is None or span is None or (match["day"] and match["day_"]):
            return None
        first = max(sentence.start, time.start - _BEFORE)
        if _FUTURE.search(sentence.text, first, time.start) or time.words.casefold().startswith(
            ("by ", "until ")
        ):
            return None
        month = _MONTHS[match["month"].casefold()]
        day = re.search(r"[0-9]+", (match["day"] or match["day_"] or ""))
        year = span.start.year
        if (month, int(day.group()) if day else 1) > (span.start.month, span.start.day):
            year -= 1
        return f"{time.words.strip().rstrip('.')} {year}"

    def _latest(self, becomes: str, parts: dict[str, str]) -> str | None:
        """Words in an order that can be resolved; of those that name no year the last before the document."""
        issued = self._issued.core
        if "{year}" not in becomes and "{this}" not in becomes:
            return becomes.format(**parts)
        if issued is None:
            return None
        if "{this}" in becomes:
            return becomes.format(this=issued.end.year, **parts)
        for year in (issued.end.year, issued.end.year - 1):
            words = becomes.format(year=year, **parts)
            span = self.span(words)
            if span is not None and span.start <= issued.end:
                return words
        return None

    def _as_of_document(self, claim: Proposal) -> None:
        """What names no time at all holds when its document came out, unless it tells of a change."""
        span = self._issued.core
        if span is not None and claim.kind in _STANDING:
            claim.period_iso = span_text(span)
            _infer(claim)

    @property
    def prevailing(self) -> Span | None:
        """The days that the figures of the whole text are about, where it says so once."""
        return self.span(self._prevailing.words) if self._prevailing else None

    def iso(self, words: str) -> str | None:
        """The days of stated words as ISO 8601 text, or None where they are open."""
        if same := _SAME.fullmatch(words):
            span = self.span(same["other"])
            return span_text(_year_before(span)) if span else None
        span = self.span(words)
        return None if span is None else span_text(span)

    def _sentence_at(self, place: int) -> Sentence | None:
        index = bisect_right(self._starts, place) - 1
        return self._sentences[index] if index >= 0 and place < self._sentences[index].end else None

    def _earlier(self, claim: Proposal, sentence: Sentence) -> Time | None:
        """The time of an earlier sentence of the same block, else the one that the whole text is about."""
        index = bisect_right(self._starts, sentence.start) - 2
        if _SAME_AGAIN.search(sentence.text, sentence.start, sentence.end):
            for back in range(index, max(-1, index - _NEAR), -1):
                time = _main_time(self._sentences[back])
                if time is not None and _BUILT.search(time.words):
                    return time
        for back in range(index, max(-1, index - _BACK), -1):
            if self._sentences[back].block is not sentence.block:
                break
            if back not in self._main:
                self._main[back] = _main_time(self._sentences[back])
            if time := self._main[back]:
                return time
        return self._prevailing if claim.kind in _MEASURED else None

    def _find_prevailing(self) -> Time | None:
        for sentence in self._sentences[:40]:
            if _PREVAILING.search(sentence.text, sentence.start, sentence.end):
                for time in _periods_in(sentence):
                    span = self.span(time.words)
                    long = span is not None and (span.end - span.start) >= timedelta(days=27)
                    if long and _BUILT.search(time.words):
                        return time
        return None

    def span(self, words: str) -> Span | None:
        """The days of stated words."""
        period = resolve_period(words, self._issued)
        return period.core or period.hull


def _infer(claim: Proposal) -> None:
    claim.notes["inferred"] = sorted({*claim.notes.get("inferred", ()), "period"})


@lru_cache(maxsize=8)
def _periods_in(sentence: Sentence) -> tuple[Time, ...]:
    """The times that can be a period: no rates, no names ("the 2017 inspection"), no deadlines."""
    text = sentence.text
    return tuple(
        time
        for time in sentence.times
        if not time.rate
        and not _NAMING.match(text, time.end)
        and not _NO_PERIOD.search(text, max(sentence.start, time.start - _BEFORE), time.start)
        and not _NEWS.fullmatch(time.words)
        and not (
            re.fullmatch(r"[0-9]{4}|the end of .*", time.words)
            and _DEADLINE.search(text, max(sentence.start, time.start - _BEFORE), time.start)
        )
        and not (
            _SINCE.match(time.words)
            and _SUPERLATIVE.search(text, max(sentence.start, time.start - _BEFORE), time.start)
        )
        and not (
            time.words.casefold().startswith(("last", "this"))
            and _SAYING.search(text, max(sentence.start, time.start - _BEFORE), time.start)
        )
    )


def _is_base(time: Time, sentence: Sentence) -> bool:
    """Whether a time is what something is compared with: "than in 2019", "a year earlier"."""
    if _BASED.fullmatch(time.words):
        return True
    first = max(sentence.start, time.start - _BEFORE)
    return _BASE.search(sentence.text, first, time.start) is not None


@lru_cache(maxsize=8)
def _cuts(pattern: re.Pattern[str], sentence: Sentence) -> tuple[tuple[int, int], ...]:
    """Where the pattern cuts the sentence, never within a time; looked up once for all its claims."""
    return tuple(
        cut.span()
        for cut in pattern.finditer(sentence.text, sentence.start, sentence.end)
        if not any(time.start < cut.end() and cut.start() < time.end for time in sentence.times)
    )


def _bounds(pattern: re.Pattern[str], sentence: Sentence, claim: Proposal) -> tuple[int, int]:
    """The part of the sentence around the claim that the pattern does not cut."""
    begin, end = sentence.start, sentence.end
    for first, last in _cuts(pattern, sentence):
        if first <= claim.start and last <= claim.end:
            begin = first
        elif first >= claim.end:
            end = first
            break
    return begin, end


def _own(claim: Proposal, sentence: Sentence) -> Time | None:
    """The time that the claim's own sentence gives it."""
    times = _periods_in(sentence)
    if not times:
        return None
    inside = [time for time in times if claim.start <= time.start < claim.end]
    if inside:
        return inside[0]
    compared, stop = _bounds(_COMPARISON, sentence, claim)
    within_comparison = compared > sentence.start
    start, end = _bounds(_CLAUSE, sentence, claim)
    start, end = max(start, compared), min(end, stop)
    own = [time for time in times if start <= time.start < end]
    if within_comparison:
        after = [time for time in own if time.start >= claim.end]
        return after[0] if after else None
    plain = [time for time in own if not _is_base(time, sentence)]
    after = [time for time in plain if time.start >= claim.end]
    before = [time for time in plain if time.end <= claim.start]
    if after:
        return after[0]
    if before:
        return before[-1]
    if _speaks_of_now(claim, sentence):
        return None
    earlier = [
        time
        for time in times
        if time.end <= start and not _is_base(time, sentence) and not _SINCE.match(time.words)
    ]
    if earlier:
        return earlier[0]
    first = sentence.start if not own else end
    later = [
        time
        for time in times
        if time.start >= max(end, first)
        and time.start < stop
        and not _is_base(time, sentence)
        and not _SINCE.match(time.words)
    ]
    return later[0] if later and claim.kind != "trend" else None


def _main_time(sentence: Sentence) -> Time | None:
    """The time that a sentence is about as a whole: its last one that nothing is compared with."""
    times = [
        time
        for time in _periods_in(sentence)
        if not _is_base(time, sentence) and not _SINCE.match(time.words)
    ]
    for cut in _COMPARISON.finditer(sentence.text, sentence.start, sentence.end):
        times = [time for time in times if time.start < cut.start()] or times
    return times[-1] if times else None


def _speaks_of_now(claim: Proposal, sentence: Sentence) -> bool:
    """Whether the claim's clause says "now" or "currently"."""
    start, end = _bounds(_CLAUSE, sentence, claim)
    return _PRESENT.search(sentence.text, start, end) is not None


def _of_pair(claim: Proposal, sentence: Sentence) -> Time | None:
    """In "in 2022 compared to 2021, from 3.6% to 5.4%" the old value is of the earlier time."""
    times = _periods_in(sentence)
    lead = _LEADS.search(sentence.text, max(sentence.start, claim.start - 24), claim.start)
    if (
        lead is None
        or claim.value is None
        or len(times) != 2
        or not all(re.fullmatch(r"(?:19|20)\d\d", t.words) for t in times)
    ):
        return None
    early, late = sorted(times, key=lambda time: time.words)
    return early if lead[1].casefold() == "from" else late


def _rate(words: str) -> str | None:
    lowered = words.casefold()
    return next((code for stem, code in _RATES.items() if stem in lowered), None)


def span_text(span: Span) -> str:
    """Days as the shortest ISO 8601 text: 2017, 2022-08, 2019-03-08 or start/end."""
    start, end = span.start, span.end
    if start == end:
        return start.isoformat()
    if start.day == 1 and _last_of_month(end):
        if (start.year, start.month) == (end.year, end.month):
            return f"{start:%Y-%m}"
        if start.year == end.year and (start.month, end.month) == (1, 12):
            return f"{start:%Y}"
    return f"{start.isoformat()}/{end.isoformat()}"


def _year_before(span: Span) -> Span:
    start = span.start.replace(year=span.start.year - 1, day=min(span.start.day, 28))
    end = span.end + timedelta(days=1)
    return Span(start, end.replace(year=end.year - 1, day=min(end.day, 28)) - timedelta(days=1))


def _last_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
