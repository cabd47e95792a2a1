"""Which findings come first, and which fold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kgcheck.model.finding import Finding, Reason
from kgcheck.model.period import Relation
from kgcheck.model.report import Report
from kgcheck.model.verdict import Severity, Verdict

FOLDED = (Verdict.APPARENT, Verdict.CORROBORATION, Verdict.REPETITION, Verdict.NONE)
AGREEMENTS = (Verdict.CORROBORATION, Verdict.REPETITION)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Strongest verdict first; within one, the loudest, then what most documents take part in."""

    def key(finding: Finding) -> tuple[int, int, int, str, str]:
        documents = {party.claim.document for party in finding.parties}
        loudness = list(Severity).index(finding.severity)
        return finding.verdict.rank, loudness, -len(documents), finding.check, finding.id

    return tuple(sorted(findings, key=key))


def deciding(finding: Finding) -> Reason | None:
    """The line of the gate's table that set the verdict."""
    marked = [reason for reason in finding.reasons if reason.decides]
    apart = [reason for reason in finding.reasons if reason.relation == Relation.DISJOINT]
    return next(iter(marked or apart or finding.reasons), None)


def split(reasons: Sequence[Reason]) -> tuple[list[Reason], list[Reason]]:
    """The rows worth a line of their own, and those that are merely equal."""
    idle = [r for r in reasons if r.relation == Relation.EQUAL and not r.decides]
    return [r for r in reasons if r not in idle], idle


def by_reason(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    """Deciding dimension → number of findings, most frequent first."""
    counts = Counter(reason.dimension if (reason := deciding(f)) else f.check for f in findings)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def tally(report: Report) -> dict[str, int]:
    """The counts that every format shows, in the order of the contract."""
    verdicts = Counter(finding.verdict for finding in report.open)
    levels = Counter(violation.severity for violation in report.violations)
    return {
        "documents": len(report.documents),
        "claims": len(report.claims),
        **{v.value: verdicts[v] for v in Verdict if v is not Verdict.NONE},
        "violation": levels["Violation"],
        "incomplete": len(report.incomplete),
        "note": verdicts[Verdict.NONE],
        "warning": sum(levels.values()) - levels["Violation"],
        "quote": len(report.quotes),
        "waived": len(report.findings) - len(report.open),
    }
