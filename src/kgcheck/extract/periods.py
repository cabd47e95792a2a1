"""Which of the times that a text names a claim is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from kgcheck.extract.passages import Sentence
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.times import Time
from kgcheck.model.period import Period, Span
from kgcheck.semantics import resolve_period

_STANDING = frozenset({"statistic", "proportion", "rank", "grade", "quote"})
_MEASURED = frozenset({"statistic", "proportion", "trend", "rank"})
_LEADS = re.compile(r"\b(from|to)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_RATES = {"year": "P1Y", "annu": "P1Y", "annum": "P1Y", "month": "P1M", "week": "P1W", "day": "P1D"}
_CLAUSE = re.compile(
    r"[;:]|, (?:but|and|while|whereas|although)\b|\bcompared\b|\bagainst\b|\bup from\b|\bdown from\b"
)
_PREVAILING = re.compile(
    r"\b(?:data|figures|statistics|results|covering|covers|period|analysis|survey|numbers|report|findings)\b",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"['’]s?\s|\s+(?:\w+\s+){0,2}?(?:inspection|report|election|survey|census|review|budget|strategy|plan|act|manifesto|report|referendum|agreement|deal|letter|target)\b",
    re.IGNORECASE,
)
_BUILT = re.compile(r"\b(?:to|ending|ended|between|since|quarter|months)\b", re.IGNORECASE)
_SAME = re.compile(r"same period last year as (?P<other>.+)", re.IGNORECASE)
_WAS = re.compile(r"\b(?:last|previous|prior|before|earlier|ago)\b", re.IGNORECASE)


class Periods:
    """Gives claims their periods; a period from another sentence is marked as inferred."""

    def __init__(self, sentences: Sequence[Sentence], issued: Period) -> None:
        self._issued = issued
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._named: dict[int, Time | None] = {}
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
        time = _of_pair(claim, sentence) or _nearest(claim, sentence)
        inferred = False
        if time is None and claim.kind in _MEASURED and not claim.notes.get("quoted"):
            time, inferred = self._before(sentence), True
        rates = [t for t in sentence.times if t.rate]
        if time is None and rates:
            claim.period, claim.period_iso = rates[0].words, _rate(rates[0].words)
            return
        if time is None:
            self._as_of_document(claim)
            return
        claim.period = time.words
        claim.period_iso = self.iso(time.words)
        if inferred:
            _infer(claim)

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

    def _before(self, sentence: Sentence) -> Time | None:
        """The time of an earlier sentence of the same block, else the one that the whole text is about."""
        index = bisect_right(self._starts, sentence.start) - 2
        passed: list[int] = []
        found: Time | None = None
        while index >= 0 and self._sentences[index].block is sentence.block:
            if index in self._named:
                found = self._named[index]
                break
            passed.append(index)
            if times := _full(self._sentences[index]):
                found = times[-1]
                break
            index -= 1
        self._named.update(dict.fromkeys(passed, found))
        return found or self._prevailing

    def _find_prevailing(self) -> Time | None:
        for sentence in self._sentences[:40]:
            if _PREVAILING.search(sentence.text, sentence.start, sentence.end):
                for time in _full(sentence):
                    span = Periods.span(self, time.words)
                    if (
                        span is not None
                        and _BUILT.search(time.words)
                        and (span.end - span.start) >= timedelta(days=27)
                    ):
                        return time
        return None

    def span(self, words: str) -> Span | None:
        """The days of stated words."""
        period = resolve_period(words, self._issued)
        return period.core or period.hull


def _infer(claim: Proposal) -> None:
    claim.notes["inferred"] = sorted({*claim.notes.get("inferred", ()), "period"})


def _full(sentence: Sentence) -> list[Time]:
    """The times that can be a period: no rates, and no years that name something ("the 2017 inspection")."""
    return [time for time in sentence.times if not time.rate and not _NAMING.match(sentence.text, time.end)]


def _of_pair(claim: Proposal, sentence: Sentence) -> Time | None:
    """In "in 2022 compared to 2021, from 3.6% to 5.4%" the old value is of the earlier time."""
    times = _full(sentence)
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


def _nearest(claim: Proposal, sentence: Sentence) -> Time | None:
    """The time in the claim's own clause, the one after it first; else the nearest one of the sentence."""
    times = _full(sentence)
    if not times:
        return None
    inside = [time for time in times if claim.start <= time.start < claim.end]
    if inside:
        return inside[0]
    begin, end = sentence.start, sentence.end
    for earlier_cut in _CLAUSE.finditer(sentence.text, sentence.start, claim.start):
        begin = earlier_cut.end()
    if cut := _CLAUSE.search(sentence.text, claim.end, sentence.end):
        end = cut.start()
    after = [time for time in times if claim.end <= time.start < end]
    before = [time for time in times if begin <= time.start and time.end <= claim.start]
    compared = [time for time in times if time not in after and time not in before]
    if after:
        return after[0]
    if before:
        return before[-1]
    earlier = [time for time in compared if time.end <= claim.start]
    if earlier and not _WAS.search(earlier[0].words):
        return earlier[0]
    return (
        None
        if compared and all(_WAS.search(time.words) for time in compared)
        else (compared[0] if compared else None)
    )


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
