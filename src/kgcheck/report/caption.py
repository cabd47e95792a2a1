"""Who said what, quoted by whom, where and when: the line under every quote."""

from __future__ import annotations

from dataclasses import dataclass

from kgcheck.model.claim import Claim, Kind, Mode
from kgcheck.model.report import Report
from kgcheck.report.figures import issued, reading
from kgcheck.report.plain import plain
from kgcheck.report.scope import stated

_COUNTING = (Kind.RANK, Kind.UNIQUENESS)
"""Kinds whose number is a place or a count of holders: there is nothing to read into it."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A claim, ready to print: every field is plain text. None is what is not known or not so."""

    iri: str
    quote: str
    stated: str | None
    reading: str | None
    speaker: str
    quoted_by: str | None
    document: str
    title: str | None
    date: str
    address: str | None
    place: str | None
    remarks: tuple[str, ...]

    @property
    def attribution(self) -> str:
        """ "The trust, as quoted by The Herald"."""
        return f"{self.speaker}, as quoted by {self.quoted_by}" if self.quoted_by else self.speaker

    @property
    def source(self) -> str:
        """Title and date of the document."""
        return f"{self.title or self.document} · {self.date}"

    @property
    def line(self) -> str:
        """All of it on one line."""
        return f"«{self.quote}» — {self.attribution} ({self.source})"

    @property
    def brief(self) -> str:
        """What tells it from other statements, on one line."""
        return f"«{self.quote}» — {self.attribution}, {self.date}"

    def beside(self, other: Caption) -> str:
        """The same where `other` has just been shown."""
        if self.document != other.document:
            return self.brief
        if self.attribution != other.attribution:
            return f"«{self.quote}» — {self.attribution}, same document"
        return f"«{self.quote}», same speaker and document"


def speaker(claim: Claim, report: Report) -> str:
    """The label of who makes the claim: the speaker, else the publisher."""
    document = report.documents.get(claim.document)
    voice = claim.speaker or (document.publisher if document else None)
    return plain(report.vocabulary.label(voice)) if voice else "speaker not stated"


def quoted_by(claim: Claim, report: Report) -> str | None:
    """The label of the publisher, where that is not the speaker under any of its names."""
    document = report.documents.get(claim.document)
    same = report.vocabulary.same
    if document is None or not document.publisher or not claim.speaker:
        return None
    if same(claim.speaker) == same(document.publisher):
        return None
    return plain(report.vocabulary.label(document.publisher))


def identifier(claim: Claim, report: Report) -> str:
    """The identifier of the claim's document, or its IRI where the document is not described."""
    document = report.documents.get(claim.document)
    return plain(document.identifier if document else claim.document)


def _remarks(claim: Claim) -> tuple[str, ...]:
    remarks = []
    if claim.headline:
        remarks.append("headline")
    if claim.mode is not Mode.ASSERTED:
        remarks.append(claim.mode.value)
    if claim.reading:
        remarks.append(f"in the reading: {plain(claim.reading)}")
    if claim.restates:
        remarks.append("restates another claim")
    if not claim.reviewed:
        remarks.append("extracted, not yet reviewed")
    if claim.inferred:
        remarks.append(f"filled in, not in the words: {', '.join(map(plain, sorted(claim.inferred)))}")
    return tuple(remarks)


def caption(claim: Claim, report: Report) -> Caption:
    """The caption of a claim of `report`."""
    document = report.documents.get(claim.document)
    evidence = claim.evidence
    place = None
    if evidence.start is not None and evidence.end is not None:
        place = f"characters {evidence.start} to {evidence.end}"
    return Caption(
        iri=plain(claim.iri),
        quote=plain(evidence.quote),
        stated=stated(claim, report.vocabulary),
        reading=reading(claim.meaning) if claim.meaning and claim.kind not in _COUNTING else None,
        speaker=speaker(claim, report),
        quoted_by=quoted_by(claim, report),
        document=identifier(claim, report),
        title=plain(document.title) if document and document.title else None,
        date=issued(document.issued, document.date_basis) if document else "undated",
        address=plain(document.address) if document and document.address else None,
        place=place,
        remarks=_remarks(claim),
    )
