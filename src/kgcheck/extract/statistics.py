"""Figures of running text as claims: statistics, proportions and changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from kgcheck.extract.changes import direction_of, with_direction
from kgcheck.extract.durations import is_story_time
from kgcheck.extract.figures import Figure, plain_number
from kgcheck.extract.nouns import is_idle, noun_end
from kgcheck.extract.passages import Sentence
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import any_of, read_table, words_of
from kgcheck.model.meaning import UnitKind
from kgcheck.semantics.quantities import Form

_TABLE = read_table("statistics.toml")
_RUN_AFTER = re.compile(r"\s+" + any_of(_TABLE["runs"]["after"]) + r"\b", re.IGNORECASE)
_RUN_BEFORE = frozenset(_TABLE["runs"]["before"])
_ESTIMATING = re.compile(any_of(_TABLE["estimating"]), re.IGNORECASE)
_MARGIN = re.compile(_TABLE["margin"], re.IGNORECASE)
_WORD_FIGURES = re.compile(r"\b" + any_of(_TABLE["word_figures"]) + r"\b", re.IGNORECASE)
_FIGURE_WORDS = words_of(_TABLE["word_figures"])
_PER_RATE = re.compile(
    r"\s+(?:a|per|each|every) (?:year|month|week|day|hour|head|person|pupil|student|patient|household)\b"
)
_OR_ELSE = re.compile(r"\s*\(\s*(?:or )?|,?\s+or\s+(?:by\s+)?|,\s+equivalent to\s+", re.IGNORECASE)
_GROUP = frozenset(_TABLE["groups"])
_CLAUSE = 90
_SHARES = re.compile(_TABLE["shares"], re.IGNORECASE)


def find_statistics(sentence: Sentence) -> Iterator[Proposal]:
    """The claims that rest on a figure of the sentence."""
    text = sentence.text
    previous: Figure | None = None
    told: Proposal | None = None
    skip: Figure | None = None
    for figure, following in zip_longest(sentence.figures, sentence.figures[1:]):
        if figure is skip:
            continue
        if following is not None and (share := _share_of_group(sentence, figure, following)):
            skip = following
            yield share
            continue
        proposal = _propose(sentence, figure, previous)
        if proposal is not None:
            if told is not None and _tells_again(text, told, proposal):
                proposal.kind, proposal.direction = "trend", told.direction
            previous, told = figure, proposal
            yield proposal
    if _FIGURE_WORDS.isdisjoint(sentence.forms):
        return
    for match in _WORD_FIGURES.finditer(text, sentence.start, sentence.end):
        number = _TABLE["word_figures"][match.group().casefold()]
        end = noun_end(sentence, sentence.words.index_at(match.end()), match.end())[0]
        yield Proposal(
            match.start(), end, text[match.start() : end], "statistic", number, unit="count", confidence=0.4
        )


def _tells_again(text: str, change: Proposal, share: Proposal) -> bool:
    """Whether "rose by 20,000 (0.1%)" tells its change once more as a share."""
    return (
        change.kind == "trend"
        and change.value is not None
        and share.kind == "proportion"
        and share.unit == "percent" != change.unit
        and _OR_ELSE.fullmatch(text, change.end, share.start) is not None
    )


def word_figures(words: str) -> Iterator[int]:
    """The numbers that a quote states in such words as "hat-trick"."""
    for match in _WORD_FIGURES.finditer(words):
        yield _TABLE["word_figures"][match.group().casefold()]


def _propose(sentence: Sentence, figure: Figure, previous: Figure | None) -> Proposal | None:
    text, words = sentence.text, sentence.words
    start, end = sentence.place(figure)
    quantity = figure.quantity
    kind, unit, value = quantity.kind, figure.unit, figure.value
    comparator, approx = figure.comparator, figure.approximate
    stated = text[start:end]
    bare = kind in (None, UnitKind.COUNT)
    sized = quantity.form is Form.PLAIN
    noun = ""
    if quantity.form is Form.EXACT and words.text(figure.number + 1) == "of" and quantity.number.value == 1:
        return _one_of(sentence, figure)
    if _is_partitive_unique(sentence, figure):
        return None
    if bare and previous is not None and previous.unit.startswith("per_") and words.text(figure.last) == "in":
        unit, kind, bare = previous.unit, UnitKind.RATIO, False
    if bare and sized:
        end, noun = noun_end(sentence, figure.last, end)
        if is_idle(sentence, figure, noun):
            return None
    if (
        text[words.ends[figure.last - 1] : words.ends[figure.last - 1] + 1] in {"-", "‑"}
        and text[words.ends[figure.last - 1] + 1 : words.ends[figure.last - 1] + 2].isalpha()
    ):
        return None
    if kind is UnitKind.DURATION and "-" in stated:
        return None  # "a four-hour wait" names a kind of wait
    if kind is UnitKind.DURATION:
        run = _RUN_AFTER.match(text, end)
        consecutive = any(word in _RUN_BEFORE for word in words.text(figure.number + 1).split()) or run
        if run:
            end = run.end()
        if not consecutive and is_story_time(sentence, figure):
            return None
    if (
        bare
        and words.text(figure.last) in _TABLE["points_after"]
        and _SHARES.search(text, sentence.start, sentence.end)
    ):
        unit, bare, kind = "percentage_points", False, UnitKind.POINTS
        end, noun = words.ends[figure.last], ""
    notes: dict[str, object] = {}
    direction = direction_of(sentence, figure)
    margin = _MARGIN.search(text, max(sentence.start, start - 30), start)
    if margin:
        start = margin.start()
        claim_kind = "statistic"
        direction = None
        notes["margin"] = True
    elif direction is not None:
        claim_kind = "trend"
        start, end = with_direction(sentence, figure, start, end)
    elif kind is UnitKind.RATIO:
        claim_kind = "proportion"
    else:
        claim_kind = "statistic"
    if claim_kind == "statistic" and comparator == "=" and _is_estimate(sentence, start):
        comparator, approx = "~", True
    if isinstance(value, int | float) and direction is not None:
        value = abs(value)
    if claim_kind != "trend" and (rate := _PER_RATE.match(text, end, sentence.end)):
        end = rate.end()
    return Proposal(
        start, end, text[start:end], claim_kind, value, comparator, approx, unit,
        direction=direction, stated=stated, measure=noun or None,
        confidence=_confidence(figure, noun, claim_kind), notes=notes,
    )  # fmt: skip


def _share_of_group(sentence: Sentence, part: Figure, whole: Figure) -> Proposal | None:
    """ "Five of the borough's 14 branches": a share, both numbers bare and the first the smaller."""
    words, text = sentence.words, sentence.text
    if part.quantity.kind is not None or whole.quantity.kind is not None or words.text(part.last) != "of":
        return None
    a, b = part.quantity.number.value, whole.quantity.number.value
    between = [words.text(index) for index in range(part.last + 1, whole.first)]
    if not (0 < a < b) or not 1 <= len(between) <= 4 or between[0] not in _GROUP:
        return None
    start = words.starts[part.first]
    end, noun = noun_end(sentence, whole.last, words.ends[whole.last - 1])
    return Proposal(
        start, end, text[start:end], "proportion", round(float(a / b), 4), part.comparator, part.approximate,
        "ratio", stated=text[start:end], measure=noun or None, confidence=0.8,
    )  # fmt: skip


def _one_of(sentence: Sentence, figure: Figure) -> Proposal | None:
    """ "One of 21 possible outcomes" counts the outcomes."""
    start, end = sentence.place(figure)
    end, noun = noun_end(sentence, figure.last, end)
    number = plain_number(figure.quantity.denominator)
    text = sentence.text
    return Proposal(start, end, text[start:end], "statistic", number, unit="count", measure=noun or None,
                    stated=text[sentence.words.starts[figure.last - 1] : end], confidence=0.5)  # fmt: skip


def _is_partitive_unique(sentence: Sentence, figure: Figure) -> bool:
    """ "One of only two": a uniqueness, which the ranks read."""
    words = sentence.words
    return words.text(figure.number) == "one" and words.text(figure.number + 1) == "of"


def _is_estimate(sentence: Sentence, start: int) -> bool:
    return _ESTIMATING.search(sentence.text, max(sentence.start, start - _CLAUSE), start) is not None


def _confidence(figure: Figure, noun: str, kind: str) -> float:
    if kind == "proportion" or figure.quantity.kind is UnitKind.MONEY:
        return 0.9
    if kind == "trend":
        return 0.8
    if figure.quantity.kind is UnitKind.DURATION:
        return 0.5
    large = abs(figure.quantity.number.value) >= 10
    return (0.85 if noun else 0.6) if large else (0.55 if noun else 0.35)
