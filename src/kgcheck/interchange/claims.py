"""A row as a claim: what each of its cells becomes in the graph."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kgcheck.interchange.cells import Cells
from kgcheck.interchange.columns import columns
from kgcheck.interchange.concepts import Concepts, Minted, slug
from kgcheck.interchange.documents import SheetDocument
from kgcheck.interchange.evidence import read_evidence
from kgcheck.interchange.gradings import Gradings
from kgcheck.interchange.kinds import Form
from kgcheck.interchange.measures import Measures
from kgcheck.interchange.moments import read_compared, read_issued, read_when
from kgcheck.interchange.ranks import read_rank
from kgcheck.interchange.turtle import Date, Iri, Term, Text
from kgcheck.model.claim import Evidence, Kind
from kgcheck.namespaces import kgc

INFERABLE = ("area", "measure", "method", "period", "population", "subject", "topic")
"""The dimensions that the column `inferred` may name."""

INCIDENTAL = frozenset(column.name for column in columns().all if column.incidental)


@dataclass(slots=True)
class Draft:
    """A claim about to be written: its local name and what is said of it, in reading order."""

    cells: Cells
    form: Form
    document: SheetDocument
    local: str
    evidence: Evidence
    pairs: list[tuple[str, tuple[Term, ...]]] = field(default_factory=list)

    @property
    def iri(self) -> str:
        """The claim's IRI."""
        return f"{self.document.iri}#{self.local}"

    def say(self, predicate: str, *terms: Term | None) -> None:
        """Add what is there of a property's values."""
        given = tuple(term for term in terms if term is not None)
        if given:
            self.pairs.append((predicate, given))


@dataclass(slots=True)
class Reader:
    """All that rows are read against."""

    concepts: Concepts
    measures: Measures
    gradings: Gradings
    documents: Mapping[str, SheetDocument]

    def read(self, cells: Cells, form: Form) -> Draft | None:
        """The claim that a row makes, or None, with its problems noted."""
        document = self.documents.get(cells.text("document") or "")
        if document is None:
            return None
        evidence = read_evidence(cells, document.text)
        if evidence is None:
            return None
        draft = Draft(cells, form, document, local_name(cells, form), evidence)
        self._attribute(draft)
        self._sources(draft)
        _SAYINGS[form.kind](self, draft)
        self._scope(draft)
        self._standing(draft)
        return draft

    def _find(self, draft: Draft, column: str, role: str | None = None) -> Iri | None:
        iri = self.concepts.find(draft.cells, column, role or column)
        return Iri(iri) if iri else None

    def _attribute(self, draft: Draft) -> None:
        cells = draft.cells
        if cells.row.get("speaker"):
            person = cells.choice("speaker_is") == "person"
            draft.say("prov:wasAttributedTo", self._find(draft, "speaker", "person" if person else "agent"))
        elif draft.document.publisher:
            draft.say("prov:wasAttributedTo", Iri(draft.document.publisher))
        else:
            remedy = "fill in 'speaker', or 'publisher' where the document speaks for itself"
            cells.refuse("speaker", "the row does not say whose claim it is", remedy)

    def _sources(self, draft: Draft) -> None:
        found = []
        for label in draft.cells.entries("source"):
            document = self.documents.get(label)
            if document is draft.document:
                message = "the document is given as its own source"
                draft.cells.refuse("source", message, "name what it rests on, or leave the cell blank")
                continue
            iri = document.iri if document else self.concepts.find(draft.cells, "source", "source", label)
            found.append(Iri(iri) if iri else None)
            if iri in self.concepts.minted:
                self._source_maker(draft, self.concepts.minted[iri])
        draft.say("prov:hadPrimarySource", *found)

    def _source_maker(self, draft: Draft, source: Minted) -> None:
        maker = self.concepts.find(draft.cells, "source_by", "agent")
        if maker is not None:
            source.note("madeBy", maker)
        if len(source.facts.get("madeBy", ())) > 1:
            message = "another row says that somebody else made this source"
            draft.cells.refuse("source_by", message, "make the rows agree, or make two sources of them")

    def _scope(self, draft: Draft) -> None:
        cells = draft.cells
        if draft.form.kind is not Kind.ROLE:
            if cells.row.get("area") and cells.row.get("subject"):
                remedy = "keep the one that the figure is for; the other may go into a column 'note'"
                cells.refuse("area", "the row is about an area and a subject at once", remedy)
            draft.say("kgc:area", self._find(draft, "area"))
            draft.say("kgc:subject", self._find(draft, "subject", "agent"))
        draft.say("kgc:topic", self._find(draft, "topic"))
        when = read_when(cells, draft.document.issued.period)
        draft.say("kgc:statedPeriod", Text(when.stated) if when.stated else None)
        if when.span:
            draft.say("kgc:periodStart", Date(when.span.start))
            draft.say("kgc:periodEnd", Date(when.span.end))
        elif when.edtf:
            draft.say("kgc:periodEdtf", Text(when.edtf))
        elif when.as_of_document:
            draft.say("kgc:asOf", Text("document"))
        draft.say("kgc:population", self._find(draft, "population"))
        draft.say("kgc:method", self._find(draft, "method"))
        vintage = cells.text("vintage")
        draft.say("kgc:vintage", Text(vintage) if vintage else None)

    def _standing(self, draft: Draft) -> None:
        cells = draft.cells
        mode = cells.choice("mode")
        draft.say("kgc:mode", Text(mode) if mode and mode != "asserted" else None)
        draft.say("kgc:status", Text("draft") if cells.choice("reviewed", "yes_no") == "no" else None)
        draft.say("kgc:inferredDimension", *map(Iri, self._inferred(cells)))
        draft.say("kgc:authoritative", True if cells.flag("authoritative") else None)
        draft.say("kgc:isHeadline", True if cells.flag("headline") else None)
        reading, sentence = cells.text("reading"), cells.text("reading_of")
        if (reading is None) != (sentence is None):
            missing = "reading" if reading is None else "reading_of"
            cells.refuse(missing, "'reading' and 'reading_of' go together", "fill in both, or neither")
        if reading and sentence:
            draft.say("kgc:readingOf", Iri(f"{draft.document.iri}#sentence-{slug(sentence)}"))
            draft.say("kgc:reading", Text(reading))

    @staticmethod
    def _inferred(cells: Cells) -> list[str]:
        """The scope properties that a machine filled in."""
        found = []
        for name in cells.entries("inferred"):
            if name.casefold() in INFERABLE:
                found.append(kgc(name.casefold()))
            else:
                remedy = f"write one of: {', '.join(INFERABLE)}"
                cells.refuse("inferred", f"{name!r} is no dimension", remedy)
        return found

    def _measure(self, draft: Draft) -> str | None:
        measure = self._find(draft, "measure")
        draft.say("kgc:measure", measure)
        return measure.iri if measure else None

    def _statistic(self, draft: Draft) -> None:
        measure = self._measure(draft)
        if measure is None:
            return
        value = self.measures.read_value(draft.cells, measure)
        if value is not None:
            draft.say("kgc:statedValue", Text(value[0]))
            uncertainty = draft.cells.text("uncertainty")
            draft.say("kgc:statedUncertainty", Text(uncertainty) if uncertainty else None)

    def _trend(self, draft: Draft) -> None:
        cells = draft.cells
        measure = self._measure(draft)
        direction = cells.choice("direction")
        if measure is None:
            return
        change = self.measures.read_change(cells, measure, direction)
        if direction is None and change is not None:
            point = change[1].point
            direction = "flat" if point == 0 else "up" if point > 0 else "down"
        draft.say("kgc:direction", Text(direction) if direction else None)
        draft.say("kgc:statedValue", Text(change[0]) if change else None)
        compared = read_compared(cells, draft.document.issued.period)
        if compared:
            draft.say("kgc:comparedStart", Date(compared.start))
            draft.say("kgc:comparedEnd", Date(compared.end))

    def _rank(self, draft: Draft) -> None:
        measure = self._measure(draft)
        if measure is not None:
            self.measures.read_rank(draft.cells, measure)
        rank = read_rank(draft.cells)
        if rank is not None:
            draft.say("kgc:rank", rank.place)
            draft.say("kgc:rankFrom", Text(rank.counted_from))
            draft.say("kgc:rankBound", Text("at-most") if rank.at_most else None)
        draft.say("kgc:populationSize", draft.cells.whole("population_size"))

    def _graded(self, draft: Draft) -> None:
        cells = draft.cells
        labels = cells.entries("question")
        if draft.form.kind is not Kind.UNIQUENESS and len(labels) > 1:
            cells.refuse(
                "question", "the row grades several questions", "give each question a row of its own"
            )
        questions = tuple(
            iri for label in labels if (iri := self.concepts.find(cells, "question", "question", label))
        )
        draft.say("kgc:question", *map(Iri, questions))
        if cells.row.get("grade"):
            grade = self.gradings.find(cells, questions)
            draft.say("kgc:grade", Iri(grade) if grade else None)

    def _grade(self, draft: Draft) -> None:
        self._graded(draft)
        cells = draft.cells
        inspection = self._find(draft, "inspection")
        draft.say("kgc:inspection", inspection)
        minted = self.concepts.minted.get(inspection.iri) if inspection else None
        if minted is not None:
            subject = self.concepts.find(cells, "subject", "agent")
            if subject:
                minted.note("inspected", subject)
            if cells.row.get("inspection_date"):
                issued = read_issued(cells, "inspection_date")
                minted.note("issued", str(issued.day) if issued.day else issued.edtf or "")
            if len(minted.facts.get("inspected", ())) > 1 or len(minted.facts.get("issued", ())) > 1:
                message = "the inspection has another subject or date in another row"
                cells.refuse("inspection", message, "give each inspection a name of its own")

    def _run(self, draft: Draft) -> None:
        self._graded(draft)
        unit = draft.cells.choice("run_unit")
        draft.say("kgc:runLength", draft.cells.whole("run_length"))
        draft.say("kgc:runUnit", Text(unit) if unit else None)

    def _uniqueness(self, draft: Draft) -> None:
        cells = draft.cells
        draft.say("kgc:holders", cells.whole("holders"))
        if bool(cells.row.get("run_length")) != bool(cells.row.get("run_unit")):
            missing = "run_unit" if cells.row.get("run_length") else "run_length"
            cells.refuse(missing, "'run_length' and 'run_unit' go together", "fill in both, or neither")
        self._run(draft)
        draft.say("kgc:proposition", self._find(draft, "proposition"))
        draft.say("kgc:populationSize", cells.whole("population_size"))

    def _role(self, draft: Draft) -> None:
        cells = draft.cells
        draft.say("kgc:person", self._find(draft, "person"))
        draft.say("kgc:post", self._post(draft))
        draft.say("kgc:tense", Text(cells.choice("tense") or "current"))

    def _post(self, draft: Draft) -> Iri | None:
        """The post in its organisation: posts of one name in two organisations are two posts."""
        cells = draft.cells
        label = cells.text("post")
        if label is None:
            return None
        subject = self.concepts.find(cells, "subject", "agent")
        if subject is None:
            return self._find(draft, "post") if self._knows_post(draft, label) else None
        body = self.concepts.label(subject)
        full = label if body.casefold() in label.casefold() else f"{label} of {body}"
        iri = self.concepts.find(cells, "post", "post", full)
        if iri in self.concepts.minted:
            minted = self.concepts.minted[iri]
            minted.note("postIn", subject)
            if cells.row.get("single_holder"):
                minted.note("singleHolder", "true" if cells.flag("single_holder") else "false")
            if len(minted.facts.get("singleHolder", ())) > 1:
                cells.refuse(
                    "single_holder", "another row says otherwise of this post", "make the rows agree"
                )
        return Iri(iri) if iri else None

    def _knows_post(self, draft: Draft, label: str) -> bool:
        if self.concepts.knows("post", label):
            return True
        message = f"{label!r} is a new post, and the row does not say whose"
        draft.cells.refuse("subject", message, "name the organisation that the post is in")
        return False

    def _proposition(self, draft: Draft) -> None:
        polarity = draft.cells.choice("polarity") or "asserts"
        draft.say(f"kgc:{polarity}", self._find(draft, "proposition"))


_SAYINGS: Mapping[Kind, Callable[[Reader, Draft], None]] = {
    Kind.STATISTICAL: Reader._statistic,
    Kind.TREND: Reader._trend,
    Kind.RANK: Reader._rank,
    Kind.GRADE: Reader._grade,
    Kind.RUN: Reader._run,
    Kind.UNIQUENESS: Reader._uniqueness,
    Kind.ROLE: Reader._role,
    Kind.PROPOSITION: Reader._proposition,
}

_NAMED_BY = ("measure", "grade", "person", "proposition", "question")


def local_name(cells: Cells, form: Form) -> str:
    """The claim's name in its document: its `id`, or what it is about and a hash of its cells.

    Columns that do not change what is claimed have no part in the hash, nor has the row's place.
    """
    given = cells.text("id")
    if given:
        return slug(given)
    content = {column: cells.text(column) for column in sorted(cells.row.cells) if column not in INCIDENTAL}
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:8]
    words = next((words for column in _NAMED_BY if (words := cells.text(column))), form.name)
    return f"{slug(words)[:40].strip('-')}-{digest}"
