"""The sides of a finding: what stands against what."""

from __future__ import annotations

from dataclasses import dataclass

from kgcheck.model.finding import Finding, Party
from kgcheck.model.report import Report
from kgcheck.report.caption import Caption, caption
from kgcheck.report.plain import plain


@dataclass(frozen=True, slots=True)
class Side:
    """One column of a page: a heading and the statements that stand under it, the foremost first."""

    heading: str
    captions: tuple[Caption, ...]


def sides(finding: Finding, report: Report) -> tuple[Side, ...]:
    """The columns of a finding: its sides where it has several, else each of its statements."""
    numbers = sorted({party.side for party in finding.parties if party.side is not None})
    if len(numbers) > 1:
        found = []
        roles = {party.role for party in finding.parties}
        for place, side in enumerate(numbers, start=1):
            members = [party for party in finding.parties if party.side == side]
            own = sorted({plain(party.role) for party in members if party.role})
            heading = f"side {place}" + (f": {', '.join(own)}" if own and len(roles) > 1 else "")
            statements = tuple(caption(party.claim, report) for party in members)
            found.append(Side(heading, statements))
        loose = [party for party in finding.parties if party.side is None]
        return (*found, *(_alone(party, report) for party in loose))
    return tuple(_alone(party, report) for party in finding.parties)


def _alone(party: Party, report: Report) -> Side:
    return Side(plain(party.role) if party.role else "", (caption(party.claim, report),))
