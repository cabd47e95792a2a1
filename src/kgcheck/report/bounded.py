"""A report without endless texts, for forms that people read: a megabyte in one cell helps nobody.

Names of things stay whole, because they are how a report finds its way; labels, titles, quotes and sentences
are cut. Forms for programs hold everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kgcheck.model.claim import Claim, Document
from kgcheck.model.finding import Finding, Reason
from kgcheck.model.period import Period
from kgcheck.model.report import QuoteProblem, Report, Violation
from kgcheck.report.plain import shortened

LONGEST = 2_000
"""Characters. Quotes have at most a hundred, sentences of findings some hundreds."""


def bounded(report: Report) -> Report:
    """The report with every text that people are shown cut to LONGEST characters."""
    claims = _Claims(report.claims)
    return replace(
        report,
        claims=claims,
        documents={iri: _document(document) for iri, document in report.documents.items()},
        vocabulary=replace(report.vocabulary, labels=_labels(report.vocabulary.labels)),
        findings=tuple(_finding(finding, claims) for finding in report.findings),
        violations=tuple(map(_violation, report.violations)),
        quotes=tuple(map(_problem, report.quotes)),
    )


def bounded_finding(finding: Finding) -> Finding:
    """A finding by itself, its texts cut likewise."""
    return _finding(finding, {})


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else shortened(text, LONGEST)


def _maybe(text: str | None) -> str | None:
    return text if text is None or len(text) <= LONGEST else shortened(text, LONGEST)


def _labels(labels: Mapping[str, str]) -> Mapping[str, str]:
    if all(len(label) <= LONGEST for label in labels.values()):
        return labels
    return {iri: _cut(label) for iri, label in labels.items()}


def _period(period: Period) -> Period:
    return replace(period, stated=_maybe(period.stated)) if _long(period.stated) else period


def _long(*texts: str | None) -> bool:
    return any(text is not None and len(text) > LONGEST for text in texts)


def _claim(claim: Claim) -> Claim:
    scope, evidence = claim.scope, claim.evidence
    if not _long(
        claim.stated, claim.reading, evidence.quote, scope.vintage, scope.method, scope.period.stated
    ) and not _long(*claim.inferred):
        return claim
    return replace(
        claim,
        stated=_maybe(claim.stated),
        reading=_maybe(claim.reading),
        evidence=replace(evidence, quote=_cut(evidence.quote)),
        inferred=frozenset(map(_cut, claim.inferred)),
        scope=replace(
            scope, vintage=_maybe(scope.vintage), method=_maybe(scope.method), period=_period(scope.period)
        ),
    )


def _document(document: Document) -> Document:
    if not _long(document.title, document.identifier, document.address, document.issued.stated):
        return document
    return replace(
        document,
        title=_maybe(document.title),
        identifier=_cut(document.identifier),
        address=_maybe(document.address),
        issued=_period(document.issued),
    )


def _reason(reason: Reason) -> Reason:
    if not _long(reason.a, reason.b, reason.note):
        return reason
    return replace(reason, a=_cut(reason.a), b=_cut(reason.b), note=_maybe(reason.note))


class _Claims(Mapping[str, Claim]):
    """Claims, each cut when it is asked for: of an archive, few are."""

    def __init__(self, whole: Mapping[str, Claim]) -> None:
        self._whole = whole
        self._cut: dict[str, Claim] = {}

    def __len__(self) -> int:
        return len(self._whole)

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __contains__(self, iri: object) -> bool:
        return iri in self._whole

    def __getitem__(self, iri: str) -> Claim:
        if (found := self._cut.get(iri)) is None:
            found = self._cut[iri] = _claim(self._whole[iri])
        return found


def _finding(finding: Finding, claims: Mapping[str, Claim]) -> Finding:
    return replace(
        finding,
        message=_cut(finding.message),
        innocent=_cut(finding.innocent),
        settle=_cut(finding.settle),
        question=_cut(finding.question),
        reasons=tuple(map(_reason, finding.reasons)),
        parties=tuple(
            replace(party, claim=claims.get(party.claim.iri) or _claim(party.claim), role=_maybe(party.role))
            for party in finding.parties
        ),
    )


def _violation(violation: Violation) -> Violation:
    if not _long(violation.message, violation.value):
        return violation
    return replace(violation, message=_cut(violation.message), value=_maybe(violation.value))


def _problem(problem: QuoteProblem) -> QuoteProblem:
    if not _long(problem.quote, problem.found, problem.diff):
        return problem
    return replace(problem, quote=_cut(problem.quote), found=_maybe(problem.found), diff=_maybe(problem.diff))
