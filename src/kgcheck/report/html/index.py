"""What the page's filters look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict
from kgcheck.report.caption import identifier, quoted_by, speaker
from kgcheck.report.html.names import anchor
from kgcheck.report.plain import plain, shortened
from kgcheck.report.scope import dimensions

VERDICTS = tuple(Verdict)
WAIVED = len(VERDICTS)
"""Stands in an entry in place of the verdict's number where somebody has waived the finding."""
_LONGEST = 600
_LABEL = 90


@dataclass(slots=True)
class Names:
    """Names as they are met, each with its number."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """The number of a name, a new one where it was not met before."""
        return self.numbers.setdefault(shortened(name, _LABEL), len(self.numbers))


@dataclass(slots=True)
class Index:
    """One entry per finding: [anchor, verdict, sources, speakers, measures, first year, last year, words]."""

    report: Report
    sources: Names = field(default_factory=Names)
    speakers: Names = field(default_factory=Names)
    measures: Names = field(default_factory=Names)
    entries: list[list[Any]] = field(default_factory=list)
    waived: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.waived = frozenset(self.report.waived)

    def add(self, finding: Finding) -> None:
        """Take in the next finding of the page."""
        sources: set[int] = set()
        speakers: set[int] = set()
        measures: set[int] = set()
        years: set[int] = set()
        said = [plain(finding.message), finding.check, finding.id]
        for party in finding.parties:
            claim = party.claim
            document = self.report.documents.get(claim.document)
            title = plain(document.title) if document and document.title else identifier(claim, self.report)
            sources.add(self.sources.number(title))
            speakers.add(self.speakers.number(speaker(claim, self.report)))
            if outlet := quoted_by(claim, self.report):
                speakers.add(self.speakers.number(outlet))
            scope = dimensions(claim, self.report.vocabulary)
            measures.update(
                self.measures.number(scope[name]) for name in ("measure", "question") if name in scope
            )
            if hull := claim.scope.period.hull:
                years |= {hull.start.year, hull.end.year}
            if len(said) < 12:
                said.append(plain(claim.evidence.quote))
        self.entries.append(
            [
                anchor("f", finding.id),
                WAIVED if finding.id in self.waived else VERDICTS.index(finding.verdict),
                sorted(sources),
                sorted(speakers),
                sorted(measures),
                min(years, default=None),
                max(years, default=None),
                shortened(" ".join(said), _LONGEST).lower(),
            ]
        )

    def record(self) -> dict[str, Any]:
        """What the page's script reads."""
        return {"findings": self.entries}

    def years(self) -> Sequence[int]:
        """The years that findings speak about."""
        found = [year for entry in self.entries for year in entry[5:7] if year is not None]
        return range(min(found), max(found) + 1) if found else ()
