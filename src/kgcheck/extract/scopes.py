"""What a claim is about: its measure, topic, and the area or body, linked to what a project knows.

What the words of the claim's own sentence do not say may be taken from the sentences around it; such
a dimension is noted as inferred, and a person should look at it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import takewhile

from kgcheck.extract.gazetteer import Gazetteer, Hit, best_measure, content_words
from kgcheck.extract.passages import Sentence
from kgcheck.extract.people import Cast, find_organisation, is_person_name
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import any_of, read_table
from kgcheck.model.meaning import UnitKind
from kgcheck.model.period import Period, Span
from kgcheck.semantics import resolve_period

_STAND_INS = re.compile(rf"\b{any_of(read_table('linking.toml')['stand_ins']['words'])}\b", re.IGNORECASE)
_NEWS = 100
"""A grade without a date is of an inspection that came out so many days before the document at most."""

_RANKED = re.compile(r"\b(numbers?|rate|rates|proportion|percentage|share)\b", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:of any|of all|than any|out of|highest|lowest|best|worst|only)\b", re.IGNORECASE)
_PAUSES = re.compile(r"[.,;:“”\"]")
_WINDOW = 150
_COUNTED = 26
_LEAST_SHARE = 0.4
"""The part of all mentions that the body or place has that a text is about."""

_OVERALL = re.compile(r"\b(?:overall|in total|in all|total)\b", re.IGNORECASE)
_GRADERS = frozenset(read_table("linking.toml")["graders"])
_PLACE = re.compile(
    r"\b(?:in|across|at|throughout|around|from|of|for)\s+(?:the\s+)?(?P<place>[A-Z][\w’'-]+(?:(?:\s+(?:and|of|&|upon|on))?\s+[A-Z][\w’'-]+){0,3})"
)
_SHARE_OF = re.compile(r"\s*(?:of|out of)\s+(?:all |the |its |their |our )?([^.,;:()“”\"]{3,60})")
_TRIM = re.compile(
    r"\b(?:was|were|is|are|had|has|have|said|that|which|who|will|would|at|to|in|by|from|after|and|but|when|while|because|since|compared|last|this)\b"
)
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
_INFERRED = "inferred"


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
        self._issued = issued or Period()
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._cast = cast
        self._hits = [list(gazetteer.find(s.text, s.start, s.end)) for s in sentences]
        for hits in self._hits:
            hits += [
                Hit(h.start, h.end, "area", area)
                for h in hits
                if h.role == "agent" and (area := gazetteer.vocabulary.serves.get(h.iri))
            ]
        self._titled = {
            hit.iri
            for sentence, hits in zip(sentences, self._hits, strict=True)
            if sentence.headline
            for hit in hits
        } | _named_in(gazetteer, title)
        self._main = {role: self._most(role) for role in ("area", "agent")}
        self._last: dict[UnitKind | None, str] = {}
        self._places: dict[int, tuple[list[re.Match[str]], str | None]] = {}
        self._said: dict[tuple[int, int], bool] = {}
        self._contents: dict[int, frozenset[str]] = {}
        self._fitting: dict[tuple[UnitKind | None, bool], list[str]] = {}
        self._found: dict[tuple[int, UnitKind | None, bool, str], tuple[str, int] | None] = {}
        self._told: dict[int, str] = {}  # sentence → the measure of a figure in it
        self._place = self._most_named_place()
        self._whole = self._whole_topic()

    def assign(self, claim: Proposal) -> None:
        """Fill in what the claim is about. Claims come in the order of the text."""
        index = bisect_right(self._starts, claim.start) - 1
        if index < 0 or claim.start >= self._sentences[index].end:
            index = -1
        if claim.kind == "role":
            self._assign_post(claim)
            return
        self._assign_place(claim, index)
        self._assign_topic(claim, index)
        if claim.kind in {"statistic", "proportion", "trend", "rank"}:
            self._assign_measure(claim, index)
        if claim.kind in {"grade", "rank"}:
            self._assign_question(claim, index)

    def share(self, claim: Proposal, claims: Iterable[Proposal]) -> None:
        """To be the only one to hold grades: the questions and the grade that the same sentence names.

        `claims` are those from this one on, in the order of the text.
        """
        if claim.unit != "unique":
            return
        index = bisect_right(self._starts, claim.start) - 1
        sentence = self._sentences[index]
        held = [one for one in takewhile(lambda one: one.start < sentence.end, claims) if one.kind == "grade"]
        grades = {one.value for one in held}
        asked = [one.notes.get("links", {}).get("question") for one in held]
        if len(grades) == 1 and asked and all(asked):
            claim.notes["questions"] = list(dict.fromkeys(asked))
            claim.notes["grade"] = held[0].value
            if scheme := held[0].notes.get("links", {}).get("scheme"):
                claim.notes["scheme"] = scheme

    def _near(self, claim: Proposal, index: int, role: str) -> Hit | None:
        """The name of that role nearest to the claim: within it, after it, before it."""
        if index < 0:
            return None
        hits = [
            hit
            for hit in self._hits[index]
            if hit.role == role and not (role == "agent" and self._is_grader(hit.iri))
        ]
        main = self._main.get(role)
        compared = self._says(_COMPARED, index)
        if role == "area" and main and (compared or claim.kind in {"rank", "quote", "trend"}):
            wider = self._gazetteer.vocabulary.part_of.get(main, frozenset())
            hits = [hit for hit in hits if hit.iri not in wider]
        if not hits:
            return None
        return min(hits, key=lambda hit: _distance(hit, claim))

    def _assign_place(self, claim: Proposal, index: int) -> None:
        role = "agent" if claim.kind == "grade" or claim.unit == "unique" else "area"
        hit = self._near(claim, index, role)
        key = "subject" if role == "agent" else "area"
        if hit is not None:
            self._link(claim, key, hit.iri)
        elif (main := self._main[role]) is not None:
            self._link(claim, key, main)
            if index < 0 or not (main in self._titled or self._says(_STAND_INS, index)):
                _infer(claim, key)
        elif role == "area" and index >= 0:
            self._assign_new_place(claim, index)
        elif self._cast.organisations:
            claim.notes["subject"] = next(iter(self._cast.organisations))
            _infer(claim, "subject")
        if role == "agent" and claim.area is None:
            claim.area = claim.notes.get("subject_label") or claim.notes.get("subject")

    def _assign_post(self, claim: Proposal) -> None:
        """A post that names no body is one of the body that the text is about."""
        if claim.notes.get("organisation") is None and (main := self._main["agent"]) is not None:
            claim.notes["organisation"] = self._gazetteer.vocabulary.label(main)

    def _assign_new_place(self, claim: Proposal, index: int) -> None:
        if index not in self._places:
            sentence = self._sentences[index]
            found = [
                m
                for m in _PLACE.finditer(sentence.text, sentence.start, sentence.end)
                if _is_place(m["place"])
            ]
            self._places[index] = found, None if found else find_organisation(sentence.words_as_written)
        named, body = self._places[index]
        if named:
            claim.area = min(named, key=lambda m: abs(m.start() - claim.start))["place"]
        elif body:
            claim.notes["subject"] = body
        elif self._place:
            claim.area = self._place
            _infer(claim, "area")

    def _assign_topic(self, claim: Proposal, index: int) -> None:
        if (
            index >= 0
            and _OVERALL.search(
                self._sentences[index].text, max(self._sentences[index].start, claim.start - 30), claim.end
            )
            and (whole := self._whole)
        ):
            self._link(claim, "topic", whole)
            return
        hit = self._generic_topic(claim, index) or self._near(claim, index, "topic")
        if hit is not None:
            self._link(claim, "topic", hit.iri)
            return
        for heads in (
            claim.measure or "",
            str(claim.notes.get("row", "")),
            str(claim.notes.get("column", "")),
        ):
            found = [h for h in self._gazetteer.find(heads, 0, len(heads)) if h.role == "topic"]
            if found:
                self._link(claim, "topic", found[0].iri)
                return
        for back in range(index - 1, max(-1, index - 3), -1):
            if self._sentences[back].block != self._sentences[index].block and claim.kind in {
                "grade",
                "quote",
            }:
                break
            hits = [h for h in self._hits[back] if h.role == "topic"]
            if hits:
                self._link(claim, "topic", hits[-1].iri)
                _infer(claim, "topic")
                return

    def _generic_topic(self, claim: Proposal, index: int) -> Hit | None:
        """A word such as "crimes" names a topic only where it is what the figure counts."""
        if index < 0:
            return None
        end = min(self._sentences[index].end, claim.end + _COUNTED)
        return next(
            iter(self._gazetteer.find_generic(self._sentences[index].text, claim.start, end, "topic")), None
        )

    def _whole_topic(self) -> str | None:
        """The topic that holds all the topics of the text."""
        known = self._gazetteer.vocabulary
        named = {hit.iri for hits in self._hits for hit in hits if hit.role == "topic"}
        wholes = Counter(whole for iri in named for whole in known.part_of.get(iri, ()))
        roots = [iri for iri in wholes if not known.part_of.get(iri)]
        return min(roots, key=lambda iri: (-wholes[iri], iri)) if roots else None

    def _assign_measure(self, claim: Proposal, index: int) -> None:
        kind = _unit_kind(claim)
        trend = claim.kind == "trend"
        words = frozenset[str]()
        if index >= 0:
            words = self._content(index)
        heads = (
            " ".join(str(claim.notes.get(name, "")) for name in ("row", "column"))
            + " "
            + (claim.measure or "")
        )
        words |= content_words(heads, 0, len(heads))
        key = (index, kind, trend, heads)
        if key not in self._found:
            fitting = self._measures_of(kind, trend)
            self._found[key] = best_measure(self._gazetteer.contents, fitting, words) or self._rate_of(
                kind, words
            )
        found = self._found[key]
        if found is not None:
            self._link(claim, "measure", found[0])
            self._last[kind] = found[0]
            self._told[index] = found[0]
        elif kind is None and (beside := self._beside(claim, index)):
            self._link(claim, "measure", beside)
        elif kind in self._last and kind is UnitKind.RATIO:
            self._link(claim, "measure", self._last[kind])
            _infer(claim, "measure")
        elif index >= 0 and (claim.measure is None or claim.unit in {"percent", "ratio"}):
            claim.measure = describe(self._sentences[index], claim)

    def _measures_of(self, kind: UnitKind | None, trend: bool) -> list[str]:
        """The known measures that a claim of that kind can be about."""
        if (kind, trend) not in self._fitting:
            levels = (UnitKind.RATIO, UnitKind.COUNT) if trend else ()
            known = self._gazetteer.vocabulary.measures
            self._fitting[kind, trend] = [
                iri
                for iri, measure in known.items()
                if kind is None or measure.kind is kind or measure.kind in levels
            ]
        return self._fitting[kind, trend]

    def _says(self, pattern: re.Pattern[str], index: int) -> bool:
        """Whether a sentence holds a pattern, looked up once."""
        key = (id(pattern), index)
        if key not in self._said:
            sentence = self._sentences[index]
            self._said[key] = pattern.search(sentence.text, sentence.start, sentence.end) is not None
        return self._said[key]

    def _content(self, index: int) -> frozenset[str]:
        """The telling words of a sentence, worked out once."""
        if index not in self._contents:
            sentence = self._sentences[index]
            self._contents[index] = content_words(sentence.text, sentence.start, sentence.end)
        return self._contents[index]

    def _rate_of(self, kind: UnitKind | None, words: frozenset[str]) -> tuple[str, int] | None:
        """ "One in three claims written off" is the rate of what "claims written off" counts."""
        if kind is not UnitKind.RATIO:
            return None
        known = self._gazetteer.vocabulary.measures
        rates = {
            measure.count: iri
            for iri, measure in known.items()
            if measure.count and measure.kind is UnitKind.RATIO
        }
        found = best_measure(self._gazetteer.contents, sorted(rates), words)
        return (rates[found[0]], found[1]) if found else None

    def _beside(self, claim: Proposal, index: int) -> str | None:
        """The measure of a figure of the same sentence; a rank stands before or after its figure."""
        if claim.kind == "rank" and index not in self._told and index > 0 and index - 1 in self._told:
            return (
                self._told[index - 1] if _STAND_INS.search(self._sentences[index].words_as_written) else None
            )
        return self._told.get(index)

    def _assign_question(self, claim: Proposal, index: int) -> None:
        words = claim.measure or ""
        found = [hit for hit in self._gazetteer.find(words, 0, len(words)) if hit.role == "question"]
        hit = max(found, key=lambda h: h.end - h.start, default=None) or self._near(claim, index, "question")
        if hit is not None:
            self._link(claim, "question", hit.iri)
        elif claim.kind == "grade" and (
            asked := sorted(iri for iri in self._titled if iri in self._gazetteer.vocabulary.questions)
        ):
            self._link(claim, "question", asked[0])
        if claim.kind == "grade":
            self._assign_inspection(claim)

    def _assign_inspection(self, claim: Proposal) -> None:
        """The inspection behind a grade, and the version of its scale, where only one fits."""
        known, links = self._gazetteer.vocabulary, claim.notes.get("links", {})
        programme = known.questions.get(links.get("question", ""))
        when = self._when(claim)
        if programme is None:
            return
        if when is not None:
            fitting = [
                iri
                for iri, one in known.inspections.items()
                if one.programme == programme
                and one.inspected == links.get("subject")
                and one.published.core is not None
                and when.start <= one.published.core.start <= when.end
            ]
            if len(fitting) == 1 and not claim.notes.get("run_length"):
                self._link(claim, "inspection", fitting[0])
        year = str(when.end.year) if when else "9999"
        schemes = [iri for iri, of in known.schemes.items() if of == programme]
        versions = sorted((known.versions.get(iri, ""), iri) for iri in schemes)
        if len(versions) > 1 and when is not None:
            earlier = [iri for version, iri in versions if version <= year]
            self._link(claim, "scheme", earlier[-1] if earlier else versions[0][1])

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

    def _link(self, claim: Proposal, dimension: str, iri: str) -> None:
        label = self._gazetteer.vocabulary.label(iri)
        claim.notes.setdefault("links", {})[dimension] = iri
        if dimension in {"measure", "topic", "area"}:
            setattr(claim, dimension, label)
        else:
            claim.notes[dimension] = label

    def _is_grader(self, iri: str) -> bool:
        words = self._gazetteer.vocabulary.label(iri).casefold().split()
        return any(word.strip("'’s,") in _GRADERS or word in _GRADERS for word in words)

    def _most(self, role: str) -> str | None:
        counted = Counter(
            hit.iri
            for hits in self._hits
            for hit in hits
            if hit.role == role and not (role == "agent" and self._is_grader(hit.iri))
        )
        for iri in self._titled & counted.keys():
            counted[iri] += 3
        if role == "area":
            wider = {whole for iri in counted for whole in self._gazetteer.vocabulary.part_of.get(iri, ())}
            counted = Counter({iri: number for iri, number in counted.items() if iri not in wider}) or counted
        if not counted:
            return None
        most = min(counted, key=lambda iri: (-counted[iri], iri))
        return most if counted[most] >= _LEAST_SHARE * sum(counted.values()) else None

    def _most_named_place(self) -> str | None:
        counted: Counter[str] = Counter()
        for sentence in self._sentences[:60]:
            counted.update(
                m["place"]
                for m in _PLACE.finditer(sentence.text, sentence.start, sentence.end)
                if _is_place(m["place"])
            )
        return min(counted, key=lambda name: (-counted[name], name)) if counted else None


_NO_PLACE = frozenset(word for word in read_table("people.toml")["not_names"]) - {
    "england",
    "wales",
    "scotland",
    "ireland",
    "britain",
    "london",
    "america",
    "kingdom",
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "city",
    "county",
}


def _is_place(name: str) -> bool:
    return not is_person_name(name) and not any(
        word.casefold().strip("'’s") in _NO_PLACE or word.casefold() in _NO_PLACE for word in name.split()
    )


def _named_in(gazetteer: Gazetteer, title: str | None) -> set[str]:
    return {hit.iri for hit in gazetteer.find(title, 0, len(title))} if title else set()


def _distance(hit: Hit, claim: Proposal) -> tuple[int, int]:
    if hit.start < claim.end and claim.start < hit.end:
        return (0, hit.start)
    if hit.start >= claim.end:
        return (hit.start - claim.end, 0)
    return (claim.start - hit.end + 8, 1)


def _infer(claim: Proposal, dimension: str) -> None:
    claim.notes[_INFERRED] = sorted({*claim.notes.get(_INFERRED, ()), dimension})


def _unit_kind(claim: Proposal) -> UnitKind | None:
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


def describe(sentence: Sentence, claim: Proposal) -> str | None:
    """A readable name for what a figure measures, from the words around it."""
    text = sentence.text
    if claim.unit in {"percent", "ratio"} and (match := _SHARE_OF.match(text, claim.end, sentence.end)):
        words = _TRIM.split(match[1])[0].strip()
        if words:
            return f"share of {words}"
    if claim.measure:
        return claim.measure
    before = _PAUSES.split(text[max(sentence.start, claim.start - _WINDOW) : claim.start])[-1]
    after = _PAUSES.split(text[claim.end : min(sentence.end, claim.end + _WINDOW)])[0]
    for part in (before, after):
        pieces = [piece.strip(" -–—()") for piece in _TRIM.split(part)]
        words = next((piece for piece in pieces if len(piece) > 3 and re.search(r"[a-z]{3}", piece)), "")
        if words:
            return re.sub(r"^(?:the|an?|its|their|our|of)\s+", "", words[:60], flags=re.IGNORECASE)
    return None
