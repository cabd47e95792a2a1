"""What nodes say of themselves: words, who and when, so that provenance survives in any tool."""

from __future__ import annotations

from kgcheck.findings.rdf import finding_iri
from kgcheck.model.claim import Claim, Document
from kgcheck.model.finding import Finding
from kgcheck.model.period import Period
from kgcheck.model.report import Report

Attributes = dict[str, object]


def document_attributes(document: Document, report: Report) -> Attributes:
    """A document: identifier, title, publisher, dates and how they are known, address, digest."""
    publisher = document.publisher
    return {
        "label": document.title or document.identifier,
        "identifier": document.identifier,
        "title": document.title,
        "publisher": report.vocabulary.label(publisher) if publisher else None,
        "address": document.address,
        "dateBasis": document.date_basis,
        "sha256": document.sha256,
        **_days("issued", document.issued),
    }


def claim_attributes(claim: Claim, report: Report) -> Attributes:
    """A claim: its words and where they stand, who says so as quoted by whom, and its scope."""
    label, scope, meaning = report.vocabulary.label, claim.scope, claim.meaning
    document = report.documents.get(claim.document)
    concepts = {
        "measure": scope.measure,
        "subject": scope.subject,
        "topic": scope.topic,
        "population": scope.population,
        "method": scope.method,
        "question": scope.question,
        "inspection": scope.inspection,
        "grade": claim.grade,
        "person": claim.person,
        "post": claim.post,
        "proposition": claim.proposition,
    }
    named: Attributes = {name: label(iri) for name, iri in concepts.items() if iri is not None}
    words = claim.stated or claim.evidence.quote
    about = [
        str(named[name]) for name in ("measure", "question", "topic", "post", "subject") if name in named
    ]
    return {
        "label": " · ".join([words, *about]),
        "claimKind": claim.kind.value,
        "quote": claim.evidence.quote,
        "quoteStart": claim.evidence.start,
        "quoteEnd": claim.evidence.end,
        "stated": claim.stated,
        "speaker": _voice(claim, report),
        "quotedBy": _outlet(claim, report),
        "document": document.identifier if document else claim.document,
        "title": document.title if document else None,
        "address": document.address if document else None,
        **(_days("issued", document.issued) if document else {}),
        "sources": [label(source) for source in claim.sources],
        "status": "reviewed" if claim.reviewed else "draft",
        "inferred": sorted(claim.inferred),
        "mode": claim.mode.value,
        "headline": claim.headline,
        "authoritative": claim.authoritative,
        "reading": claim.reading,
        **named,
        "vintage": scope.vintage,
        **_days("period", scope.period),
        "unitKind": meaning.kind.value if meaning else None,
        "inner": str(meaning.inner) if meaning else None,
        "outer": str(meaning.outer) if meaning else None,
        "runLength": claim.run_length,
        "runUnit": claim.run_unit,
        "direction": claim.direction,
        "tense": claim.tense,
        "affirmed": claim.affirmed if claim.proposition else None,
    }


def finding_attributes(finding: Finding) -> Attributes:
    """A finding: its `iri`, verdict, words, and what would settle it."""
    return {
        "iri": finding_iri(finding.id),
        "label": f"{finding.verdict.value}: {finding.check}",
        "check": finding.check,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "innocent": finding.innocent,
        "settle": finding.settle,
        "ask": finding.question,
        "reasons": [
            f"{reason.dimension} {reason.relation}: {reason.a} / {reason.b}" for reason in finding.reasons
        ],
        "also": finding.also,
        "rootCount": finding.roots,
        "fingerprint": finding.fingerprint,
    }


def _voice(claim: Claim, report: Report) -> str | None:
    """Who makes the claim: the speaker, else the publisher."""
    document = report.documents.get(claim.document)
    voice = claim.speaker or (document.publisher if document else None)
    return report.vocabulary.label(voice) if voice else None


def _outlet(claim: Claim, report: Report) -> str | None:
    """The publisher, where that is not the speaker under another name."""
    document, same = report.documents.get(claim.document), report.vocabulary.same
    if document is None or not document.publisher or not claim.speaker:
        return None
    if same(claim.speaker) == same(document.publisher):
        return None
    return report.vocabulary.label(document.publisher)


def _days(name: str, period: Period) -> Attributes:
    """The words of a period and its outermost days; `Certain` says whether all readings agree."""
    hull = period.hull
    return {
        name: period.stated,
        f"{name}Start": hull.start.isoformat() if hull else None,
        f"{name}End": hull.end.isoformat() if hull else None,
        f"{name}Certain": period.certain if hull else None,
    }
