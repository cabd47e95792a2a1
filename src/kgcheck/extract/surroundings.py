"""The sentences of a text with the known names in them: where a claim stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kgcheck.extract.gazetteer import Gazetteer, Hit
from kgcheck.extract.passages import Sentence
from kgcheck.extract.people import organisation_places
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import any_of, read_table

_TABLE = read_table("linking.toml")
_STAND_INS = re.compile(rf"\b{any_of(_TABLE['stand_ins']['words'])}\b", re.IGNORECASE)
_CUT = re.compile(rf"[;:()]|(?:,\s+)?\b{any_of(_TABLE['clauses']['joints'])}\b|,\s+(?:and|or)\s+(?=\w+ed\b)")


_BACK = 8
"""What a sentence leaves out is looked for in so many sentences before it."""


class Surroundings:
    """Sentences by place, their names and their clauses; each worked out once."""

    def __init__(self, gazetteer: Gazetteer, sentences: Sequence[Sentence]) -> None:
        self.gazetteer = gazetteer
        self.sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._hits = [self._names_in(sentence) for sentence in sentences]
        self._stand_ins: dict[int, bool] = {}
        self._cuts: dict[int, list[tuple[int, int]]] = {}

    def index_of(self, place: int) -> int | None:
        """The sentence that holds a place of the text; a cell of a table stands in none."""
        index = bisect_right(self._starts, place) - 1
        return index if index >= 0 and place < self.sentences[index].end else None

    def hits(self, index: int, role: str) -> list[Hit]:
        """The known names of a role in a sentence."""
        return [hit for hit in self._hits[index] if hit.role == role]

    def all_hits(self) -> Iterator[tuple[Sentence, list[Hit]]]:
        """Every sentence with its names."""
        yield from zip(self.sentences, self._hits, strict=True)

    def back(self, index: int) -> Iterator[int]:
        """The sentences of the same paragraph before this one, the nearest first, a bounded number."""
        block = self.sentences[index].block
        for place in range(index - 1, max(-1, index - 1 - _BACK), -1):
            if self.sentences[place].block is not block:
                break
            yield place

    def stands_in(self, index: int) -> bool:
        """Whether a sentence speaks of "it", "the force", "they": of something named before."""
        if index not in self._stand_ins:
            sentence = self.sentences[index]
            self._stand_ins[index] = (
                _STAND_INS.search(sentence.text, sentence.start, sentence.end) is not None
            )
        return self._stand_ins[index]

    def clause(self, claim: Proposal, index: int) -> tuple[int, int]:
        """The part of the claim's sentence in which it stands: up to "but", "against", "compared with"."""
        sentence = self.sentences[index]
        if index not in self._cuts:
            self._cuts[index] = [m.span() for m in _CUT.finditer(sentence.text, sentence.start, sentence.end)]
        start, end = sentence.start, sentence.end
        for first, last in self._cuts[index]:
            if last <= claim.start:
                start = last
            elif first >= claim.end:
                end = first
                break
        return start, end

    def _names_in(self, sentence: Sentence) -> list[Hit]:
        hits = list(self.gazetteer.find(sentence.text, sentence.start, sentence.end))
        if any(hit.role == "area" for hit in hits):
            bodies = [
                (sentence.start + start, sentence.start + end)
                for start, end in organisation_places(sentence.words_as_written)
            ]
            hits = [hit for hit in hits if not (hit.role == "area" and _is_within(hit, bodies))]
        serves = self.gazetteer.vocabulary.serves
        return hits + [
            Hit(hit.start, hit.end, "area", area)
            for hit in hits
            if hit.role == "agent" and (area := serves.get(hit.iri))
        ]


def distance(hit: Hit, claim: Proposal) -> tuple[int, int]:
    """How far a name is from a claim: within it, after it, before it."""
    if hit.start < claim.end and claim.start < hit.end:
        return (0, hit.start)
    if hit.start >= claim.end:
        return (hit.start - claim.end, 0)
    return (claim.start - hit.end + 8, 1)


def infer(claim: Proposal, dimension: str) -> None:
    """Note that a dimension was taken from another sentence."""
    claim.notes["inferred"] = sorted({*claim.notes.get("inferred", ()), dimension})


def link(gazetteer: Gazetteer, claim: Proposal, dimension: str, iri: str) -> None:
    """Tie a dimension of a claim to a known concept."""
    label = gazetteer.vocabulary.label(iri)
    claim.notes.setdefault("links", {})[dimension] = iri
    if dimension in {"measure", "topic", "area"}:
        setattr(claim, dimension, label)
    else:
        claim.notes[dimension] = label


def _is_within(hit: Hit, bodies: Sequence[tuple[int, int]]) -> bool:
    """ "England" in "NHS England" is no area."""
    return any(
        start <= hit.start and hit.end <= end and (start, end) != (hit.start, hit.end)
        for start, end in bodies
    )
