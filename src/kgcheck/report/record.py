"""A report as plain data: the contract that json, jsonl and other tools rely on.

Keys stay; more may be added. Text is kept as it is in the data: escaping belongs to each format.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kgcheck import __version__
from kgcheck.model.claim import Claim
from kgcheck.model.finding import Finding, Party, Reason
from kgcheck.model.interval import Interval
from kgcheck.model.period import Period, Span
from kgcheck.model.report import ConflictGroup, QuoteProblem, Report, Violation
from kgcheck.model.waiver import Change, Decision, Waiver
from kgcheck.report.caption import quoted_by, speaker
from kgcheck.report.order import tally
from kgcheck.report.scope import concepts, stated
from kgcheck.report.verdicts import action

SCHEMA_VERSION = 1

Record = dict[str, Any]


def exact(value: Decimal) -> int | float:
    """A JSON number: bounds have at most 15 digits, which a double holds without loss."""
    return int(value) if value == value.to_integral_value() else float(value)


def _bounds(interval: Interval) -> Record:
    return {
        "lower": exact(interval.lower),
        "upper": exact(interval.upper),
        "lowerOpen": interval.lower_open,
        "upperOpen": interval.upper_open,
    }


def _days(span: Span | None) -> Record | None:
    return {"start": span.start.isoformat(), "end": span.end.isoformat()} if span else None


def _period(period: Period) -> Record | None:
    if period.unknown and period.stated is None and period.not_after is None:
        return None
    hull = _days(period.hull) or {"start": None, "end": None}
    record: Record = {**hull, "stated": period.stated}
    if not period.certain:
        record |= {"core": _days(period.core), "hull": _days(period.hull)}
        record["notAfter"] = period.not_after.isoformat() if period.not_after else None
    return record


def _scope(claim: Claim, report: Report) -> Record:
    label = report.vocabulary.label
    scope: Record = {
        name: {"iri": iri, "label": label(iri)} if ":" in iri else {"iri": None, "label": iri}
        for name, iri in concepts(claim).items()
    }
    if (period := _period(claim.scope.period)) is not None:
        scope["period"] = period
    return scope


def _interval(claim: Claim) -> Record | None:
    meaning = claim.meaning
    if meaning is None:
        return None
    record: Record = {
        "kind": meaning.kind.value,
        "unit": meaning.unit,
        "inner": _bounds(meaning.inner),
        "outer": _bounds(meaning.outer),
        "reporting": _bounds(meaning.reporting),
    }
    if meaning.uncertainty is not None:
        record["uncertainty"] = _bounds(meaning.uncertainty)
    return record


def claim_record(claim: Claim, report: Report) -> Record:
    """A claim with everything that a reader needs to find it again."""
    document = report.documents.get(claim.document)
    issued = document.issued if document else Period()
    return {
        "iri": claim.iri,
        "kind": claim.kind.value,
        "document": document.identifier if document else claim.document,
        "title": document.title if document else None,
        "address": document.address if document else None,
        "issued": _period(issued),
        "dateBasis": document.date_basis if document else None,
        "speaker": speaker(claim, report),
        "quotedBy": quoted_by(claim, report),
        "quote": claim.evidence.quote,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "stated": stated(claim, report.vocabulary),
        "interval": _interval(claim),
        "mode": claim.mode.value,
        "reading": claim.reading,
        "headline": claim.headline,
        "restates": list(claim.restates),
        "reviewed": claim.reviewed,
        "inferred": sorted(claim.inferred),
        "scope": _scope(claim, report),
    }


def _party(party: Party, report: Report) -> Record:
    return {"side": party.side, "role": party.role, **claim_record(party.claim, report)}


def reason_record(reason: Reason) -> Record:
    """One line of the gate's table."""
    return {
        "dimension": reason.dimension,
        "relation": str(reason.relation),
        "a": reason.a,
        "b": reason.b,
        "note": reason.note,
        "decides": reason.decides,
    }


def finding_record(finding: Finding, report: Report) -> Record:
    """A finding as the contract has it."""
    return {
        **finding_head(finding, report),
        "claims": [_party(party, report) for party in finding.parties],
    }


def finding_head(finding: Finding, report: Report) -> Record:
    """A finding without its claims, which come last."""
    return {
        "id": finding.id,
        "fingerprint": finding.fingerprint,
        "check": finding.check,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "also": list(finding.also),
        "message": finding.message,
        "action": action(finding),
        "reasons": [reason_record(reason) for reason in finding.reasons],
        "innocent": finding.innocent,
        "settle": finding.settle,
        "question": finding.question,
        "nearest": finding.nearest,
        "roots": finding.roots,
        "context": list(finding.context),
        "waived": _waiver(waiver) if (waiver := report.waived.get(finding.id)) else None,
        "change": report.change.of(finding.id) if report.change else None,
    }


def _waiver(waiver: Waiver) -> Record:
    return {"reason": waiver.reason, "by": waiver.by, "expires": waiver.expires.isoformat()}


def _decision(decision: Decision) -> Record:
    waiver = decision.waiver
    return {
        "finding": waiver.finding,
        "standing": decision.standing.value,
        "note": decision.note or None,
        **_waiver(waiver),
    }


def _change(change: Change) -> Record:
    return {
        "new": sorted(change.new),
        "changed": sorted(change.changed),
        "unchanged": None if change.partial else len(change.unchanged),
        "gone": [
            {"id": gone.id, "check": gone.check, "verdict": gone.verdict, "message": gone.message}
            for gone in change.gone
        ],
    }


def violation_record(violation: Violation) -> Record:
    """One SHACL result."""
    return {
        "severity": violation.severity,
        "focus": violation.focus,
        "path": violation.path,
        "message": violation.message,
        "shape": violation.shape,
        "value": violation.value,
        "component": violation.component,
    }


def _group(group: ConflictGroup) -> Record:
    return {
        "claims": list(group.claims),
        "findings": list(group.findings),
        "settledBy": list(group.settled_by),
        "exact": group.exact,
    }


def _quote(problem: QuoteProblem) -> Record:
    return {
        "claim": problem.claim,
        "document": problem.document,
        "quote": problem.quote,
        "status": problem.status,
        "found": problem.found,
        "start": problem.start,
        "diff": problem.diff,
    }


def head(report: Report) -> Record:
    """What comes before the findings."""
    return {
        "kgcheck": __version__,
        "schemaVersion": SCHEMA_VERSION,
        "policy": report.policy,
        "checks": list(report.checks),
        "summary": tally(report),
    }


def tail(report: Report) -> Record:
    """What comes after them."""
    return {
        "validation": [violation_record(violation) for violation in report.violations],
        "incomplete": list(report.incomplete),
        "conflictGroups": [_group(group) for group in report.groups],
        "waivers": [_decision(decision) for decision in report.decisions],
        "baseline": _change(report.change) if report.change else None,
        "quotes": {"verified": report.quotes_verified, "problems": [_quote(q) for q in report.quotes]},
    }
