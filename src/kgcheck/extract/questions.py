"""What a grade answers, and the inspection and the version of the scale behind it, where only one fits."""

from __future__ import annotations

import re
from datetime import timedelta

from kgcheck.extract.gazetteer import Hit
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.surroundings import Surroundings, distance, link
from kgcheck.extract.tables import any_of, read_table
from kgcheck.model.period import Period, Span
from kgcheck.semantics import resolve_period

_NEWS = 100
"""A grade without a date is of an inspection that came out so many days before the document at most."""


_ROUND = re.compile(rf"\b{any_of(read_table('linking.toml')['rounds'])}\b", re.IGNORECASE)


class Questions:
    """Gives grades and ranks their questions."""

    def __init__(self, around: Surroundings, titled: frozenset[str], issued: Period) -> None:
        self._around = around
        self._known = around.gazetteer.vocabulary
        self._titled = sorted(iri for iri in titled if iri in self._known.questions)
        self._issued = issued

    def assign(self, claim: Proposal, index: int | None) -> None:
        """Link the question that a grade answers."""
        words = claim.measure or ""
        gazetteer = self._around.gazetteer
        found = [hit for hit in gazetteer.find(words, 0, len(words)) if hit.role == "question"]
        hit = max(found, key=lambda one: one.end - one.start, default=None)
        before = index is not None and self._is_of_another_round(claim, index)
        if hit is None and not words and index is not None:
            hit = self._beside(claim, index)
        if hit is not None:
            link(gazetteer, claim, "question", hit.iri)
        elif claim.kind == "grade" and self._titled and not words and not before:
            link(gazetteer, claim, "question", self._titled[0])
        if claim.kind == "grade":
            self._assign_inspection(claim)

    def _beside(self, claim: Proposal, index: int) -> Hit | None:
        """The question that the same clause names, no comma away."""
        start, end = self._around.clause(claim, index)
        text = self._around.sentences[index].text
        near = [
            hit
            for hit in self._around.hits(index, "question")
            if start <= hit.start < end
            and "," not in text[min(hit.end, claim.end) : max(hit.start, claim.start)]
        ]
        return min(near, key=lambda one: distance(one, claim), default=None)

    def _is_of_another_round(self, claim: Proposal, index: int) -> bool:
        """ "It comes after the force was ranked outstanding": a grade of some round before."""
        sentence = self._around.sentences[index]
        if claim.kind == "grade" and _ROUND.search(sentence.text, sentence.start, claim.start):
            claim.notes["earlier"] = True
        return bool(claim.notes.get("earlier"))

    def _assign_inspection(self, claim: Proposal) -> None:
        known, links = self._known, claim.notes.get("links", {})
        programme = known.questions.get(links.get("question", ""))
        when = self._when(claim)
        if programme is None:
            return
        if when is not None and not claim.notes.get("run_length"):
            fitting = [
                iri
                for iri, one in known.inspections.items()
                if one.programme == programme
                and one.inspected == links.get("subject")
                and one.published.core is not None
                and when.start <= one.published.core.start <= when.end
            ]
            if len(fitting) == 1:
                link(self._around.gazetteer, claim, "inspection", fitting[0])
        year = str(when.end.year) if when else "9999"
        schemes = [iri for iri, of in known.schemes.items() if of == programme]
        versions = sorted((known.versions.get(iri, ""), iri) for iri in schemes)
        if len(versions) > 1 and when is not None:
            earlier = [iri for version, iri in versions if version <= year]
            link(self._around.gazetteer, claim, "scheme", earlier[-1] if earlier else versions[0][1])

    def _when(self, claim: Proposal) -> Span | None:
        """The days in which the grade came out: those stated, else some months up to the document's."""
        if claim.period and not claim.notes.get("inferred_period"):
            period = resolve_period(claim.period, self._issued)
            if period.core and period.certain:
                return period.core
        days = self._issued.core or self._issued.hull
        if days is None or claim.notes.get("earlier"):
            return None
        return Span(days.start - timedelta(days=_NEWS), days.end)
