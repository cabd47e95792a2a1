"""The measure of a figure: a known one where its words stand beside the figure, else a name for a new one.

A known measure is linked only on its words, never on a likeness:

- its whole name stands as a phrase in the claim's clause, in its counted noun or in its heads, or
- all telling words of its name (two at least) stand close together in that clause, or
- for a share, its one telling word and a topic of the project stand in that clause.

A figure without a head of its own ("against 83.6%") takes the measure of the figure beside it in the
same sentence; one of the sentence before only where both name the same topic, and as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgcheck.extract.gazetteer import Gazetteer, Name, Word, read_name_words
from kgcheck.extract.heads import describe, has_own_head, trim
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.surroundings import Surroundings, infer, link
from kgcheck.extract.tables import read_table
from kgcheck.model.meaning import UnitKind

_RANKED = re.compile(r"\b(numbers?|rate|rates|proportion|percentage|share)\b", re.IGNORECASE)
_CLOSE = 8
"""So many words apart stand the telling words of a name of two or three."""

_AFTER = 5
"""What is counted or ranked stands so many words after the claim at most."""

_NEGATIONS = frozenset(read_table("linking.toml")["negations"])

_KINDS = {
    "percent": UnitKind.RATIO,
    "ratio": UnitKind.RATIO,
    "per_1000": UnitKind.RATIO,
    "count": UnitKind.COUNT,
    "times": UnitKind.TIMES,
    "percentage_points": UnitKind.POINTS,
}
_MONEY = frozenset({"GBP", "USD", "EUR", "AUD", "CAD", "money"})
_DURATIONS = frozenset({"years", "months", "weeks", "days", "hours", "minutes", "seconds", "decades"})


@dataclass(frozen=True, slots=True)
class _Told:
    """A measure that a figure has been given, and where."""

    measure: str
    kind: UnitKind | None
    index: int
    unit: str


class Measures:
    """Gives figures their measures. Claims come in the order of the text."""

    def __init__(self, gazetteer: Gazetteer, around: Surroundings) -> None:
        self._gazetteer = gazetteer
        self._around = around
        self._last: _Told | None = None
        self._named: tuple[int | None, str | None, str] = (None, None, "")
        self._words: dict[tuple[int, int], list[Word]] = {}
        known = gazetteer.vocabulary.measures
        self._rates = {
            measure.count: iri
            for iri, measure in known.items()
            if measure.count and measure.kind is UnitKind.RATIO
        }

    def assign(self, claim: Proposal, index: int | None) -> None:
        """Link or name what a figure, a change or a rank measures."""
        kind = unit_kind(claim)
        if claim.unit == "unique":
            return
        found = self._find(claim, index, kind)
        if found is None and (beside := self._beside(claim, index, kind)):
            found = beside
        if found is not None:
            link(self._gazetteer, claim, "measure", found)
            self._last = _Told(found, kind, -1 if index is None else index, claim.unit)
            return
        if index is None:
            claim.measure = trim(claim.measure) if claim.measure else None
            return
        sentence = self._around.sentences[index]
        alike = self._named[0] == index and self._named[2] == claim.unit
        named = describe(sentence, claim, self._named[1] if alike else None)
        claim.measure = named
        if named:
            self._named = index, named, claim.unit

    def _find(self, claim: Proposal, index: int | None, kind: UnitKind | None) -> str | None:
        """The one known measure whose words stand beside the figure; None where several fit alike."""
        heads = read_name_words(_heads(claim, index is None))
        clause: list[Word] = []
        topical = False
        if index is not None:
            start, end = self._around.clause(claim, index)
            clause = self._words_of(start, end)
            topical = any(start <= hit.start < end for hit in self._around.hits(index, "topic")) or any(
                True
                for _ in self._gazetteer.find_generic(self._around.sentences[index].text, start, end, "topic")
            )
        best: dict[str, int] = {}
        rated: dict[str, int] = {}  # "one in three claims written off" is the rate of what that counts
        for words, beside in ((clause, False), (heads, True)):
            stems = {word.stem for word in words}
            for name in self._candidates(stems):
                measure = self._gazetteer.vocabulary.measures.get(name.iri)
                if measure is None or (claim.kind == "rank" and measure.size_of_population):
                    continue
                weight = _fit(claim, kind, measure.kind, name, words, beside, topical)
                if weight:
                    best[name.iri] = max(best.get(name.iri, 0), weight)
                elif kind is UnitKind.RATIO and name.iri in self._rates and len(name.content) > 1:
                    rate = self._rates[name.iri]
                    rated[rate] = max(
                        rated.get(rate, 0), _fit(claim, kind, UnitKind.RATIO, name, words, beside, topical)
                    )
        best = best or {iri: weight for iri, weight in rated.items() if weight}
        if not best:
            return None
        most = max(best.values())
        first = sorted(iri for iri, weight in best.items() if weight == most)
        return first[0] if len(first) == 1 else None

    def _candidates(self, stems: set[str]) -> Iterator[Name]:
        for word in sorted(stems):
            for name in self._gazetteer.measures_by_stem.get(word, ()):
                if name.content <= stems:
                    yield name

    def _words_of(self, start: int, end: int) -> list[Word]:
        if (start, end) not in self._words:
            self._words = {(start, end): self._gazetteer.words(self._around.sentences[0].text, start, end)}
        return self._words[start, end]

    def _beside(self, claim: Proposal, index: int | None, kind: UnitKind | None) -> str | None:
        """The measure of the figure before it, where this one names none of its own."""
        last = self._last
        if index is None or last is None:
            return None
        sentence = self._around.sentences[index]
        own = has_own_head(sentence, claim)
        if last.index == index:
            alike = last.unit == claim.unit or (claim.kind == "rank" and last.kind is UnitKind.RATIO)
            return last.measure if alike and not own else None
        if last.index != index - 1 or (kind is not UnitKind.RATIO and claim.kind != "rank"):
            return None
        shared = self._topics(index) & self._topics(last.index)
        if claim.kind == "rank":
            near = self._around.stands_in(index) and last.kind is UnitKind.RATIO and not own
        else:
            near = (last.unit == claim.unit and bool(shared)) or (
                not own and last.kind is UnitKind.RATIO and self._around.stands_in(index)
            )
        if near:
            infer(claim, "measure")
            return last.measure
        return None

    def _topics(self, index: int) -> set[str]:
        return {hit.iri for hit in self._around.hits(index, "topic")}


def _fit(
    claim: Proposal,
    kind: UnitKind | None,
    measured: UnitKind,
    name: Name,
    words: Sequence[Word],
    beside: bool,
    topical: bool,
) -> int:
    """How many words speak for a measure with that name, 0 where too little does."""
    if kind is not None and kind is not measured and not (claim.kind == "trend" and measured in _LEVELS):
        return 0
    places = _phrase(name, words)
    within = claim.kind == "rank" or measured is UnitKind.COUNT
    if places and not beside and within and not _reaches(claim, measured, words, places, topical):
        places = None
    if places is not None and measured is UnitKind.COUNT and len(name.content) == 1:
        places = (
            places if beside or claim.kind == "trend" else None
        )  # "217 officers" recruited are no headcount
    if places is not None:
        if len(name.content) > 1 or len(name.words) > 1 or beside:
            return 2 * len(name.content) + 1
        if kind is not None or topical:
            return 2 * len(name.content)
    if _is_turned(name, words):
        return 0
    if len(name.content) < 2:
        share = kind is UnitKind.RATIO and measured is UnitKind.RATIO and topical and claim.kind != "rank"
        return 1 if share and name.content else 0
    if claim.kind == "rank" or (
        measured is UnitKind.COUNT and len(name.content) < 3 and not _counted(claim, name)
    ):
        return 0
    return 2 * len(name.content) if _is_close(name, words) else 0


def _reaches(
    claim: Proposal, measured: UnitKind, words: Sequence[Word], places: tuple[int, int], topical: bool
) -> bool:
    """Whether a phrase is what the claim counts or ranks: within it, or soon after without another joint."""
    if claim.kind == "trend" and measured is UnitKind.COUNT and topical:
        return True
    if places[1] <= claim.start:
        return False
    between = [word.folded for word in words if claim.end <= word.start < places[0]]
    return len(between) <= _AFTER and "and" not in between


_LEVELS = frozenset({UnitKind.RATIO, UnitKind.COUNT, UnitKind.QUANTITY})


def _phrase(name: Name, words: Sequence[Word]) -> tuple[int, int] | None:
    """Where the name stands word for word; idle words ("of the") do not part it."""
    one = len(name.words) == 1
    told = [
        (form, word)
        for word in words
        if (form := word.folded if one else word.plain) in name.plain or not word.idle
    ]
    size = len(name.plain)
    for first in range(len(told) - size + 1):
        if all(told[first + i][0] == name.plain[i] for i in range(size)):
            return told[first][1].start, told[first + size - 1][1].end
    return None


def _is_turned(name: Name, words: Sequence[Word]) -> bool:
    """Whether the words deny what the name says: "fails to record" is not "recorded"."""
    if any(word.casefold() in _NEGATIONS for word in name.words):
        return False
    said = [place for place, word in enumerate(words) if word.folded in _NEGATIONS]
    told = [place for place, word in enumerate(words) if word.stem in name.content]
    return any(0 < place - denied <= _CLOSE for denied in said for place in told)


def _is_close(name: Name, words: Sequence[Word]) -> bool:
    """Whether the telling words of a name stand together; those of a long name may be apart."""
    if len(name.content) >= 4:
        return True
    last: dict[str, int] = {}
    for place, word in enumerate(words):
        if word.stem in name.content:
            last[word.stem] = place
            if len(last) == len(name.content) and place - min(last.values()) <= _CLOSE:
                return True
    return False


def _counted(claim: Proposal, name: Name) -> bool:
    return any(word.stem in name.content for word in read_name_words(f"{claim.quote} {claim.measure or ''}"))


def _heads(claim: Proposal, cell: bool) -> str:
    """The words that stand over and beside a cell; those over a table are the measure of its cells."""
    told = " ".join(str(claim.notes.get(part, "")) for part in ("row", "column"))
    return f"{told} {claim.measure or ''}" if cell else told


def unit_kind(claim: Proposal) -> UnitKind | None:
    """The kind of measure that a claim's unit asks for; None where several would do."""
    if claim.kind == "rank" and (named := _RANKED.search(claim.quote)):
        return UnitKind.COUNT if named[1].casefold().startswith("number") else UnitKind.RATIO
    if claim.kind == "rank" or (claim.kind == "trend" and claim.value is None):
        return None
    if claim.kind == "trend" and claim.unit in {"percent", "count"}:
        return UnitKind.COUNT if claim.unit == "count" else None
    if claim.unit in _MONEY:
        return UnitKind.MONEY
    if claim.unit in _DURATIONS:
        return UnitKind.DURATION
    return _KINDS.get(claim.unit, UnitKind.QUANTITY)
