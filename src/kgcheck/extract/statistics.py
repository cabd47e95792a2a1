"""Figures of running text as claims: statistics, proportions and changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from kgcheck.extract.figures import Figure, plain_number
from kgcheck.extract.passages import Sentence
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import any_of, read_table, words_of
from kgcheck.extract.words import Words
from kgcheck.model.meaning import UnitKind
from kgcheck.semantics.directions import FACTOR_WORDS, find_factor, find_multiple, is_level, word_direction
from kgcheck.semantics.quantities import Form, is_year
from kgcheck.semantics.tables import read_table as read_semantics

_TABLE = read_table("statistics.toml")
_STOPS = frozenset(_TABLE["noun_stops"])
_IDLE = frozenset(_TABLE["idle_nouns"])
_TIME_LEADS = frozenset(_TABLE["time_leads"])
_SHORT = frozenset({"minutes", "hours", "seconds"})
_DURATION_HINTS = frozenset(_TABLE["duration_hints"])
_RUN_AFTER = re.compile(r"\s+" + any_of(_TABLE["runs"]["after"]) + r"\b", re.IGNORECASE)
_RUN_BEFORE = frozenset(_TABLE["runs"]["before"])
_ESTIMATING = re.compile(any_of(_TABLE["estimating"]), re.IGNORECASE)
_MARGIN = re.compile(_TABLE["margin"], re.IGNORECASE)
_WORD_FIGURES = re.compile(r"\b" + any_of(_TABLE["word_figures"]) + r"\b", re.IGNORECASE)
_FIGURE_WORDS = words_of(_TABLE["word_figures"])
_BY = frozenset(read_semantics("changes.toml")["by"]["words"])
_PER_RATE = re.compile(
    r"\s+(?:a|per|each|every) (?:year|month|week|day|hour|head|person|pupil|student|patient|household)\b"
)
_OR_ELSE = re.compile(r"\s*\(\s*(?:or )?|,?\s+or\s+(?:by\s+)?|,\s+equivalent to\s+", re.IGNORECASE)
_MAKING = frozenset(_TABLE["changes"]["making_up"])
_COMPARATIVES = frozenset(_TABLE["changes"]["comparatives"])
_CAUSED = {
    word: sign for sign, name in ((1, "raising"), (-1, "lowering")) for word in _TABLE["changes"][name]
}
_MOST_NOUNS = 4
_CLAUSE = 90
_COUNTS: dict[str, int] = read_semantics("numbers.toml")["cardinals"]
_RUN_UNITS: dict[str, str] = _TABLE["runs"]["units"]
_RUN = re.compile(
    rf"\b(?P<number>{any_of(_COUNTS)}|[0-9]{{1,2}})\s+(?:(?:{any_of(_RUN_BEFORE)})\s+(?P<unit>{any_of(_RUN_UNITS)})\b|(?P<unit_>{any_of(_RUN_UNITS)})\s+{any_of(_TABLE['runs']['after'])}\b)",
    re.IGNORECASE,
)
_SHARES = re.compile(_TABLE["shares"], re.IGNORECASE)
_COMPARING = frozenset({"as", "the", "that", "its"})
_BY_REACH = 8
_PAST = frozenset(
    {"rose", "fell", "grew", "lost", "shot", "slid", "shrank", "leapt", "fallen", "risen", "grown", "shrunk"}
)
_LOSSES = frozenset({"loss", "lost", "losses", "gain", "gains", "gained"})
_ADDITIONS = frozenset({"additional", "extra"})


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
        end = _noun_end(sentence, sentence.words.index_at(match.end()), match.end())[0]
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
        end, noun = _noun_end(sentence, figure.last, end)
        if _is_idle(sentence, figure, noun):
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
        if not consecutive and _is_story_time(sentence, figure):
            return None
    if (
        bare
        and words.text(figure.last) in _TABLE["points_after"]
        and _SHARES.search(text, sentence.start, sentence.end)
    ):
        unit, bare, kind = "percentage_points", False, UnitKind.POINTS
        end, noun = words.ends[figure.last], ""
    notes: dict[str, object] = {}
    direction = _direction(sentence, figure)
    margin = _MARGIN.search(text, max(sentence.start, start - 30), start)
    if margin:
        start = margin.start()
        claim_kind = "statistic"
        direction = None
        notes["margin"] = True
    elif direction is not None:
        claim_kind = "trend"
        start, end = _with_direction(sentence, figure, start, end)
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
    if (
        not (0 < a < b)
        or not 1 <= len(between) <= 4
        or between[0] not in {"the", "its", "their", "our", "all", "his", "her"}
    ):
        return None
    start = words.starts[part.first]
    end, noun = _noun_end(sentence, whole.last, words.ends[whole.last - 1])
    return Proposal(
        start, end, text[start:end], "proportion", round(float(a / b), 4), part.comparator, part.approximate,
        "ratio", stated=text[start:end], measure=noun or None, confidence=0.8,
    )  # fmt: skip


def run_of_years(sentence: Sentence) -> tuple[int, str] | None:
    """How long, in which unit, a state is said to have lasted: "four consecutive years", "twice running"."""
    match = _RUN.search(sentence.text, sentence.start, sentence.end)
    if match is None:
        return None
    words = match["number"].casefold()
    number = int(words) if words.isdigit() else _COUNTS.get(words, 0)
    return (number, _RUN_UNITS[(match["unit"] or match["unit_"]).casefold()]) if number > 1 else None


def _one_of(sentence: Sentence, figure: Figure) -> Proposal | None:
    """ "One of 21 possible outcomes" counts the outcomes."""
    start, end = sentence.place(figure)
    end, noun = _noun_end(sentence, figure.last, end)
    number = plain_number(figure.quantity.denominator)
    text = sentence.text
    return Proposal(start, end, text[start:end], "statistic", number, unit="count", measure=noun or None,
                    stated=text[sentence.words.starts[figure.last - 1] : end], confidence=0.5)  # fmt: skip


def _is_partitive_unique(sentence: Sentence, figure: Figure) -> bool:
    """ "One of only two": a uniqueness, which the ranks read."""
    words = sentence.words
    return words.text(figure.number) == "one" and words.text(figure.number + 1) == "of"


def _noun_end(sentence: Sentence, index: int, end: int) -> tuple[int, str]:
    """Where the noun phrase after a number ends, and its words."""
    words, text = sentence.words, sentence.text
    if end < sentence.end and not text[end].isspace() and text[end] not in "-–":
        return end, ""
    last = index
    while last < len(words) and last - index < _MOST_NOUNS:
        token = words.tokens[last]
        if token.kind != "word" or (token.text in _STOPS and not (token.text == "of" and last > index)):
            break
        if last > index and _gap(text, words.ends[last - 1], words.starts[last]):
            break
        if token.text == "of" and (
            last + 1 >= len(words) or words.text(last + 1) not in {"the", "staff", "public"}
        ):
            break
        if token.text.endswith(("ed", "ing")) and last > index:
            break
        last += 1
        capitals = text[words.starts[last - 1] : words.ends[last - 1]].isupper()
        if token.text.endswith("s") and not (
            token.text.endswith("ss") or capitals or words.text(last) == "of"
        ):
            break
    while last > index and words.text(last - 1) in {"of", "the"}:
        last -= 1
    if last == index or text[words.starts[index] - 1] == "\n":
        return end, ""
    return words.ends[last - 1], text[words.starts[index] : words.ends[last - 1]]


def _gap(text: str, before: int, after: int) -> bool:
    return any(mark in text[before:after] for mark in ".,;:()\n")


def _is_idle(sentence: Sentence, figure: Figure, noun: str) -> bool:
    """Whether a bare number is a name, a year or a way of speaking rather than a figure."""
    words = sentence.words
    token = words.tokens[figure.number]
    head = noun.casefold().split()[-1] if noun else ""
    first = noun.casefold().split()[0] if noun else ""
    spelled = token.kind == "word"
    small = abs(figure.quantity.number.value) < 10
    before = words.text(figure.first - 1)
    if is_year(token) and figure.hedge is None and not head.endswith("s"):
        return True
    if token.kind == "number" and before in {"/", "#", "@", "-"} and words.tokens[figure.number].glued:
        return True
    if (
        words.text(figure.last) in {"/", "@", ":"}
        and figure.last < len(words)
        and words.tokens[figure.last].glued
    ):
        return True
    if figure.number == 0 and words.text(figure.last) in {".", ")"}:
        return True
    if spelled and figure.quantity.number.value == 1:
        return True
    if small and (head in _IDLE or first in _IDLE):
        return True
    if spelled and small and not _is_plural(head):
        return True
    if not noun and small and token.kind == "number" and not _has_leading_direction(sentence, figure):
        return figure.hedge is None and before not in {"of", "to", "was", "is", "at", "(", "+"}
    return False


def _is_plural(noun: str) -> bool:
    return (noun.endswith("s") and not noun.endswith("ss")) or noun in {
        "people",
        "staff",
        "police",
        "children",
        "men",
        "women",
        "teeth",
        "feet",
        "data",
    }


def _is_story_time(sentence: Sentence, figure: Figure) -> bool:
    """Whether a duration places the story in time and measures nothing."""
    words = sentence.words
    if words.text(figure.last) in {"ago", "later", "earlier", "old"}:
        return True
    near = {words.text(i) for i in range(max(0, figure.first - 8), min(len(words), figure.last + 6))}
    if near & _DURATION_HINTS:
        return False
    before = words.text(figure.first - 1)
    if figure.hedge and figure.unit in _SHORT and before == "for":
        return False
    return not figure.hedge or before in _TIME_LEADS or figure.hedge.words == "over"


def _has_leading_direction(sentence: Sentence, figure: Figure) -> bool:
    words = sentence.words
    index = figure.first - 1
    while index >= 0 and words.text(index) in _BY:
        index -= 1
    return word_direction(words.text(index)) != 0


def _direction(sentence: Sentence, figure: Figure) -> str | None:
    """up or down where the figure is the amount of a change, else None."""
    words, tokens = sentence.words, sentence.words.tokens
    if figure.quantity.kind is UnitKind.TIMES:
        return None
    if is_level(tokens, figure.first):
        return None
    sign = words.text(figure.number)
    if sign in {"+", "-"} and not (
        figure.number and tokens[figure.number].glued and tokens[figure.number - 1].kind == "number"
    ):
        return "up" if sign == "+" else "down"
    index = figure.first - 1
    while index >= 0 and (words.text(index) in _BY or words.text(index) in {"nearly", "another", "further"}):
        index -= 1
    if words.text(figure.first - 1) == "by" and not word_direction(words.text(index)):
        for place in range(index, max(-1, index - _BY_REACH), -1):
            if caused := _CAUSED.get(words.text(place)):
                return _named(caused)
            if word_direction(words.text(place)):
                index = place
                break
    if words.text(figure.first - 1) == "of" and not word_direction(words.text(index)):
        index = _change_in(words, index)
    leading = words.text(index)
    if leading == "up" and (words.text(index + 1) == "of" or words.text(index - 1) in _MAKING):
        return None  # "made up of", "make up a fifth"
    if (
        leading in _LOSSES
        and words.text(index + 1) == "by"
        and figure.quantity.kind in (None, UnitKind.COUNT)
    ):
        return None  # "lost by 40 votes"
    if leading in _LOSSES and figure.quantity.kind is UnitKind.MONEY:
        return None
    if leading in {"(", ","} and index > 0:
        leading = ""
    if word_direction(leading) and leading not in _ADDITIONS and leading not in _COMPARATIVES:
        return _named(word_direction(leading))
    share = figure.quantity.kind is UnitKind.RATIO
    for ahead in range(figure.last, min(len(words), figure.last + (3 if share else 2))):
        follower = words.text(ahead)
        if follower in _ADDITIONS:
            return None
        if follower in _COMPARATIVES and ahead > figure.last:
            break
        if word_direction(follower):
            if follower.endswith("ed") or follower in _PAST:
                break
            return _named(word_direction(follower))
        if tokens[ahead].kind != "word" or follower in _STOPS:
            break
    if figure.quantity.kind is UnitKind.POINTS:
        near = [
            word_direction(words.text(i)) or _CAUSED.get(words.text(i), 0)
            for i in range(max(0, figure.first - 8), min(len(words), figure.last + 5))
        ]
        found = {sign for sign in near if sign}
        if len(found) == 1:
            return _named(found.pop())
    return None


def _change_in(words: Words, index: int) -> int:
    """Where "an increase in revenue of 6.7 percent" has its increase; else `index`."""
    for place in range(index, max(-1, index - _BY_REACH), -1):
        if words.text(place) in {"in", "to"} and word_direction(words.text(place - 1)):
            return place - 1
    return index


def _named(sign: int) -> str:
    return "up" if sign > 0 else "down"


def _with_direction(sentence: Sentence, figure: Figure, start: int, end: int) -> tuple[int, int]:
    """The figure together with the word that says which way it went."""
    words = sentence.words
    if words.text(figure.number) in {"+", "-"}:
        return start, end
    index = figure.first - 1
    while index >= 0 and words.text(index) in _BY:
        index -= 1
    if word_direction(words.text(index)):
        return words.starts[index], end
    for ahead in range(figure.last, min(len(words), figure.last + 3)):
        if word_direction(words.text(ahead)):
            return start, max(end, words.ends[ahead])
    return start, end


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


def find_multiples(sentence: Sentence) -> Iterator[Proposal]:
    """ "Doubled", "more than halved", "has almost trebled" as changes."""
    if FACTOR_WORDS.isdisjoint(sentence.forms):
        return
    words = sentence.words
    index = 0
    while index < len(words):
        found = find_multiple(words.tokens[index : index + 1])
        if found is not None:
            factor = found[1]
            if words.text(index) in {"double", "treble", "triple", "quadruple"} and words.text(
                index + 1
            ) not in {"the", "since", "in", "by", "from", "on", "last", "that", "its", "their"}:
                index += 1
                continue
            yield _multiple(sentence, index, float(factor))
        elif words.text(index + 1) in _COMPARING and (twice := find_factor(words.tokens[index : index + 1])):
            proposal = _multiple(sentence, index, float(twice[1]))
            proposal.kind, proposal.direction = "statistic", None
            yield proposal
        index += 1


def _multiple(sentence: Sentence, index: int, factor: float) -> Proposal:
    from kgcheck.errors import MeaningError
    from kgcheck.extract.figures import _APPROXIMATE, _COMPARATORS
    from kgcheck.semantics.hedges import read_hedge_before

    words, text = sentence.words, sentence.text
    try:
        hedge, first = read_hedge_before(words.tokens, index, max(0, index - 5))
    except MeaningError:
        hedge, first = None, index
    first = first if hedge else index
    start, end = words.starts[first], words.ends[index]
    value = int(factor) if factor >= 1 else factor
    return Proposal(
        start, end, text[start:end], "trend", value,
        _COMPARATORS[hedge.sense] if hedge else "=", bool(hedge and hedge.sense in _APPROXIMATE), "times",
        direction="up" if factor > 1 else "down", stated=text[start:end], confidence=0.7,
    )  # fmt: skip
