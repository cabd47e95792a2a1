"""The area or the body that a claim is about.

What the claim's own sentence names comes first, known or not. What another sentence names is taken
only from the same paragraph, or where the title names it and nothing else, and is noted as inferred.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from kgcheck.extract.people import Cast, find_organisation, is_person_name, organisation_places
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.surroundings import Surroundings, distance, infer, link
from kgcheck.extract.tables import any_of, read_table

_TABLE = read_table("linking.toml")
_SERVING = frozenset({"trust", "hospital", "school", "college", "academy", "police", "council"})
_GRADERS = frozenset(_TABLE["graders"])
_COMPARED = re.compile(r"\b(?:of any|of all|than any|out of|highest|lowest|best|worst|only)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:in|In|across|Across|throughout|Throughout|around)\s+(?:the\s+)?(?P<place>[A-Z][\w’'-]+(?:(?:\s+(?:and|of|&|upon|on))?\s+[A-Z][\w’'-]+){0,3})"
)
_THE_BODY = re.compile(rf"\b[Tt]he (?P<noun>{any_of(_TABLE['bodies'])})\b")
_LEAST_SHARE = 0.4
"""The part of all mentions that the body or place has that a text is about."""

_COUNTRY = 5
"""An area with so many known parts is where things are compared, not what a text is about."""

_TWICE = 2
_TOP = 60
"""A place that no vocabulary knows is looked for among so many sentences."""

_NO_PLACE = frozenset(read_table("people.toml")["not_names"]) - frozenset(_TABLE["in_places"])
_PLACE_END = re.compile(rf"\b{any_of(_TABLE['place_ends'])}\b", re.IGNORECASE)


class Places:
    """Gives claims their area, or the body that is graded."""

    def __init__(self, around: Surroundings, cast: Cast, titled: frozenset[str], title: str | None) -> None:
        self._around = around
        self._known = around.gazetteer.vocabulary
        self._cast = cast
        self._titled = titled
        self._named: dict[int, list[re.Match[str]]] = {}
        self._bodies: dict[int, str | None] = {}
        self._most = {role: self._most_of(role) for role in ("area", "agent")}
        headline = title or next((s.words_as_written for s in around.sentences if s.headline), "")
        self._other = self._title_names_another(headline)
        self._place = self._most_named_place(headline)

    def assign(self, claim: Proposal, index: int | None) -> None:
        """Fill in the area of a figure or a statement; the body that a grade is given to."""
        if claim.kind == "grade" or claim.unit == "unique":
            self._assign_body(claim, index)
            if claim.area is None:
                claim.area = claim.notes.get("subject_label") or claim.notes.get("subject")
        else:
            self._assign_area(claim, index)

    def body_of_the_text(self) -> str | None:
        """The known body that the text is about."""
        return self._most["agent"]

    def _assign_area(self, claim: Proposal, index: int | None) -> None:
        if index is not None and self._area_of(claim, index, own=True):
            return
        if index is not None:
            for back in self._around.back(index):
                if self._area_of(claim, back, own=False):
                    infer(claim, "area")
                    return
        main = self._most["area"]
        if main is not None and not self._other:
            link(self._around.gazetteer, claim, "area", main)
            if index is None or not (main in self._titled or self._around.stands_in(index)):
                infer(claim, "area")
        elif self._place is not None:
            claim.area = self._place
            infer(claim, "area")

    def _area_of(self, claim: Proposal, index: int, own: bool) -> bool:
        """Take the area that a sentence names, the nearest to the claim; False where it names none."""
        hits = self._around.hits(index, "area")
        main = self._most["area"]
        compared = own and (self._says_compared(index) or claim.kind in {"rank", "quote", "trend"})
        if main and (compared or not own):
            wider = self._known.part_of.get(main, frozenset())
            hits = [hit for hit in hits if hit.iri not in wider]
        named = self._places_in(index)
        hit = min(hits, key=lambda one: distance(one, claim), default=None)
        place = min(named, key=lambda one: abs(one.start() - claim.start), default=None)
        if hit is not None and (
            place is None or not own or _nearer(hit.start, place.start("place"), claim.start)
        ):
            link(self._around.gazetteer, claim, "area", hit.iri)
            return True
        if place is not None:
            claim.area = place["place"]
            return True
        body = self._body_in(index)
        if body and own and not _is_speaker(body, claim):
            claim.notes["subject"] = body
            return True
        return False

    def _assign_body(self, claim: Proposal, index: int | None) -> None:
        gazetteer = self._around.gazetteer
        if index is not None:
            for place in (index, *self._around.back(index)):
                hits = [hit for hit in self._around.hits(place, "agent") if not self._is_grader(hit.iri)]
                if hits:
                    link(gazetteer, claim, "subject", min(hits, key=lambda hit: distance(hit, claim)).iri)
                elif body := self._body_in(place):
                    claim.notes["subject"] = body
                else:
                    continue
                if place != index:
                    infer(claim, "subject")
                return
        if index is not None and (body := self._meant(index, claim.start)):
            claim.notes["subject"] = body
            infer(claim, "subject")
            return
        main = self._most["agent"]
        if main is not None and not self._other:
            link(gazetteer, claim, "subject", main)
            if index is None or not (main in self._titled or self._around.stands_in(index)):
                infer(claim, "subject")
        elif body := self._other or self._first_body():
            claim.notes["subject"] = body
            infer(claim, "subject")

    def _meant(self, index: int, place: int) -> str | None:
        """The unknown body that "the trust" stands for: the last one before it with that word in its name."""
        sentence = self._around.sentences[index]
        for match in _THE_BODY.finditer(sentence.text, sentence.start, sentence.end):
            named = self._cast.bodies_with(match["noun"].casefold())
            before = bisect_left(named, (place, ""))
            if before and not is_grader(named[before - 1][1]):
                return named[before - 1][1]
        return None

    def _first_body(self) -> str | None:
        return next((name for name in self._cast.organisations if not is_grader(name)), None)

    def _body_in(self, index: int) -> str | None:
        """The body that a sentence names, where no vocabulary knows it and it is not the one that grades."""
        if index not in self._bodies:
            words = self._around.sentences[index].words_as_written
            found = None
            for start, end in organisation_places(words):
                name = find_organisation(words[start:end])
                name = self._cast.full_body(name) if name else None
                if name and not is_grader(name) and not self._is_known(index, start, end):
                    found = name
                    break
            self._bodies[index] = found
        return self._bodies[index]

    def _is_known(self, index: int, start: int, end: int) -> bool:
        first = self._around.sentences[index].start
        return any(
            hit.start < first + end and first + start < hit.end for hit in self._around.hits(index, "agent")
        )

    def _places_in(self, index: int) -> list[re.Match[str]]:
        """The places that a sentence names and no vocabulary knows."""
        if index not in self._named:
            sentence = self._around.sentences[index]
            roles = ("area", "agent", "population")
            known = [hit for role in roles for hit in self._around.hits(index, role)]
            self._named[index] = [
                match
                for match in _PLACE.finditer(sentence.text, sentence.start, sentence.end)
                if _is_place(match["place"])
                and not any(h.start < match.end("place") and match.start("place") < h.end for h in known)
            ]
        return self._named[index]

    def _says_compared(self, index: int) -> bool:
        sentence = self._around.sentences[index]
        return _COMPARED.search(sentence.text, sentence.start, sentence.end) is not None

    def _is_grader(self, iri: str) -> bool:
        return is_grader(self._known.label(iri))

    def _most_of(self, role: str) -> str | None:
        """The area or body that the text names most, where it names it often enough."""
        counted: Counter[str] = Counter(
            hit.iri
            for _, hits in self._around.all_hits()
            for hit in hits
            if hit.role == role and not (role == "agent" and self._is_grader(hit.iri))
        )
        for iri in self._titled & counted.keys():
            counted[iri] += 3
        if role == "area":
            wider = {whole for iri in counted for whole in self._known.part_of.get(iri, ())}
            parts = Counter(whole for wholes in self._known.part_of.values() for whole in wholes)
            counted = Counter(
                {
                    iri: number
                    for iri, number in counted.items()
                    if iri not in wider and (iri in self._titled or parts[iri] < _COUNTRY)
                }
            )
        if not counted:
            return None
        most = min(counted, key=lambda iri: (-counted[iri], iri))
        return most if counted[most] >= _LEAST_SHARE * sum(counted.values()) else None

    def _title_names_another(self, headline: str) -> str | None:
        """The body in the title that no vocabulary knows: what the text is about then is not known either."""
        if not headline or any(
            hit.role == "agent" for hit in self._around.gazetteer.find(headline, 0, len(headline))
        ):
            return None
        body = find_organisation(headline)
        return body if body and not is_grader(body) else None

    def _most_named_place(self, headline: str) -> str | None:
        counted: Counter[str] = Counter()
        for index in range(min(_TOP, len(self._around.sentences))):
            counted.update(match["place"] for match in self._places_in(index))
        if not counted:
            return None
        most = min(counted, key=lambda name: (-counted[name], name))
        return most if counted[most] >= _TWICE or most in headline else None


def is_grader(name: str) -> bool:
    """Whether a name is one of a body that inspects, publishes or funds."""
    words = name.casefold().split()
    if words and words[-1] in _SERVING:
        return False  # an "NHS Foundation Trust" is no foundation
    return any(word.strip("'’s,") in _GRADERS or word in _GRADERS for word in words)


def _is_speaker(body: str, claim: Proposal) -> bool:
    return bool(claim.speaker) and (body in claim.speaker or claim.speaker in body)  # type: ignore[operator]


def _nearer(hit: int, place: int, claim: int) -> bool:
    return abs(hit - claim) <= abs(place - claim)


def _is_place(name: str) -> bool:
    if is_person_name(name) and not _PLACE_END.search(name):
        words = name.split()
        if len(words) > 1:
            return False
    return not any(
        word.casefold().strip("'’s") in _NO_PLACE or word.casefold() in _NO_PLACE for word in name.split()
    )
