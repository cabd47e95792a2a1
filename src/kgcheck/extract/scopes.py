"""What a claim is about: its measure, topic, and the area or body, linked to what a project knows.

Each dimension has its own module, which says from where it is taken. What the words of the claim's
own sentence do not say may be taken from elsewhere under stated conditions; such a dimension is noted
as inferred, and a person should look at it. What nothing known fits keeps a readable name of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from kgcheck.extract.gazetteer import Gazetteer
from kgcheck.extract.measures import Measures
from kgcheck.extract.passages import Sentence
from kgcheck.extract.people import Cast
from kgcheck.extract.places import Places
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.questions import Questions
from kgcheck.extract.surroundings import Surroundings
from kgcheck.extract.topics import Topics
from kgcheck.model.period import Period

_MEASURED = frozenset({"statistic", "proportion", "trend", "rank"})


class Scopes:
    """Gives the claims of one text their measure, topic, area and subject."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        sentences: Sequence[Sentence],
        cast: Cast,
        title: str | None = None,
        issued: Period | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        self._speakers: dict[str, str | None] = {}
        self._around = Surroundings(gazetteer, sentences)
        titled = frozenset(
            hit.iri for sentence, hits in self._around.all_hits() if sentence.headline for hit in hits
        ) | frozenset(hit.iri for hit in gazetteer.find(title or "", 0, len(title or "")))
        self._places = Places(self._around, cast, titled, title)
        self._topics = Topics(self._around)
        self._measures = Measures(gazetteer, self._around)
        self._questions = Questions(self._around, titled, issued or Period())

    def assign(self, claim: Proposal) -> None:
        """Fill in what the claim is about. Claims come in the order of the text."""
        if claim.kind == "role":
            self._assign_post(claim)
            return
        self._assign_speaker(claim)
        index = self._around.index_of(claim.start)
        self._places.assign(claim, index)
        self._topics.assign(claim, index)
        if claim.kind in _MEASURED:
            self._measures.assign(claim, index)
        if claim.kind in {"grade", "rank"}:
            self._questions.assign(claim, index)

    def share(self, claim: Proposal, claims: Iterable[Proposal]) -> None:
        """To be the only one to hold grades: the questions and the grade that the same sentence names.

        `claims` are those from this one on, in the order of the text.
        """
        index = self._around.index_of(claim.start)
        if claim.unit != "unique" or index is None:
            return
        sentence = self._around.sentences[index]
        held = [one for one in takewhile(lambda one: one.start < sentence.end, claims) if one.kind == "grade"]
        grades = {one.value for one in held}
        asked = [one.notes.get("links", {}).get("question") for one in held]
        if len(grades) == 1 and asked and all(asked):
            claim.notes["questions"] = list(dict.fromkeys(asked))
            claim.notes["grade"] = held[0].value
            if scheme := held[0].notes.get("links", {}).get("scheme"):
                claim.notes["scheme"] = scheme

    def _assign_speaker(self, claim: Proposal) -> None:
        """Somebody known by the whole name; others keep the name that the text gives them."""
        name = claim.speaker or ""
        if name not in self._speakers:
            self._speakers[name] = self._gazetteer.named(name, "agent")
        if iri := self._speakers[name]:
            claim.notes.setdefault("links", {})["speaker"] = iri

    def _assign_post(self, claim: Proposal) -> None:
        """A post that names no body is one of the body that the text is about."""
        if claim.notes.get("organisation") is None and (main := self._places.body_of_the_text()) is not None:
            claim.notes["organisation"] = self._gazetteer.vocabulary.label(main)
