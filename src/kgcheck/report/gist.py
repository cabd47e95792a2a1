"""What can be said of a finding as a whole, in a few words."""

from __future__ import annotations

from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.report.plain import counted
from kgcheck.report.scope import dimensions
from kgcheck.report.sides import sides


def common_scope(finding: Finding, report: Report) -> str:
    """What all statements of a finding speak about, in words; empty where they share nothing."""
    scopes = [dimensions(party.claim, report.vocabulary) for party in finding.parties]
    if not scopes:
        return ""
    first = scopes[0]
    shared = [words for name, words in first.items() if all(s.get(name) == words for s in scopes)]
    return " · ".join(shared)


def review(finding: Finding) -> str:
    """Whether people or machines read the statements."""
    total = len(finding.parties)
    drafts = sum(not party.claim.reviewed for party in finding.parties)
    if not drafts:
        return "human-checked" if total else "nothing to check"
    if drafts == total:
        return "extracted, not yet reviewed"
    return f"{drafts} of {counted(total, 'statement')} extracted and not yet reviewed"


def names(finding: Finding, report: Report) -> tuple[str, str]:
    """What to call the two columns of the gate's table."""
    headings = [side.heading for side in sides(finding, report)]
    if len(headings) == 2 and all(headings):
        return headings[0], headings[1]
    return ("first", "second") if len(headings) == 2 else ("one", "another")
