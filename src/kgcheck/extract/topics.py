"""The topic of a claim: the known subject matter that its own words name.

A topic is taken from what the figure counts, then from the claim's clause, then from the heads of a
table. From an earlier sentence of the same paragraph it is taken only where the figure names nothing
that it counts ("down 7%"), and as inferred.
"""

from __future__ import annotations

import re
from collections import Counter

from kgcheck.extract.heads import has_own_head
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.surroundings import Surroundings, distance, infer, link

_OVERALL = re.compile(r"\b(?:overall|in total|in all|total)\b", re.IGNORECASE)
_OF = re.compile(r"\s*of\b")
_COUNTED = 26
_BEFORE = 30


class Topics:
    """Gives claims their topics."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._whole = self._whole_topic()

    def assign(self, claim: Proposal, index: int | None) -> None:
        """Link the topic of a claim where its words name one."""
        around = self._around
        if index is not None:
            sentence = around.sentences[index]
            first = max(sentence.start, claim.start - _BEFORE)
            if self._whole and _OVERALL.search(sentence.text, first, claim.end):
                link(around.gazetteer, claim, "topic", self._whole)
                return
            if hit := self._named_beside(claim, index):
                link(around.gazetteer, claim, "topic", hit)
                return
        for heads in (claim.measure, claim.notes.get("row"), claim.notes.get("column")):
            if hit := self._named_in(str(heads or "")):
                link(around.gazetteer, claim, "topic", hit)
                return
        if index is None or (claim.kind != "quote" and has_own_head(around.sentences[index], claim)):
            return
        for back in around.back(index):
            if hits := around.hits(back, "topic"):
                link(around.gazetteer, claim, "topic", hits[-1].iri)
                infer(claim, "topic")
                return

    def _named_beside(self, claim: Proposal, index: int) -> str | None:
        """The topic in the claim's clause.

        A word such as "crimes" names one only where it is what the figure counts, and then no other
        topic of the clause does, unless the figure is a share of crimes.
        """
        start, end = self._around.clause(claim, index)
        hits = self._around.hits(index, "topic")
        inside = [hit for hit in hits if start <= hit.start < end]
        bare = claim.kind == "quote" or not has_own_head(self._around.sentences[index], claim)
        if not inside and bare:
            inside = hits
        near = min(inside, key=lambda hit: distance(hit, claim), default=None)
        if claim.kind in {"grade", "quote"}:
            return near.iri if near else None
        reach = min(end, claim.end + _COUNTED)
        text = self._around.sentences[index].text
        counted = next(
            (
                hit
                for hit in self._around.gazetteer.find_generic(text, claim.start, reach, "topic")
                if not any(one.start <= hit.start < one.end for one in inside)
            ),
            None,
        )
        if near is None or (counted is not None and near.start >= claim.end and counted.start < near.start):
            return counted.iri if counted else None
        if counted is not None and near.end <= claim.start and _OF.match(text, claim.end):
            return counted.iri
        return near.iri

    def _named_in(self, words: str) -> str | None:
        hits = self._around.gazetteer.find(words, 0, len(words))
        return next((hit.iri for hit in hits if hit.role == "topic"), None)

    def _whole_topic(self) -> str | None:
        """The topic that holds all the topics of the text."""
        known = self._around.gazetteer.vocabulary
        named = {hit.iri for _, hits in self._around.all_hits() for hit in hits if hit.role == "topic"}
        wholes = Counter(whole for iri in named for whole in known.part_of.get(iri, ()))
        roots = [iri for iri in wholes if not known.part_of.get(iri)]
        return min(roots, key=lambda iri: (-wholes[iri], iri)) if roots else None
