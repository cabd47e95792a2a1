"""What the server shows: one run of the checks, and its graph to be asked."""

from __future__ import annotations

from dataclasses import replace

from kgcheck.engines.local import Comparison, Run, compare_within
from kgcheck.export.rdf import FINDINGS
from kgcheck.findings.rdf import finding_quads
from kgcheck.model.report import Report
from kgcheck.store import Store


class Knowledge:
    """One run, held for as long as the server lives. Nothing changes it.

    `store` holds documents, ontology and derived statements as the checks saw them, and the findings
    in the graph `urn:kgcheck:findings`; `report` is what the checks said.
    """

    def __init__(self, run: Run, report: Report | None = None) -> None:
        """`report` stands in for that of the run: the same with waivers or a baseline applied."""
        self.run = run if report is None else replace(run, report=report)
        self.store.raw.extend(finding_quads(self.report.findings, FINDINGS))

    @property
    def store(self) -> Store:
        """All graphs."""
        return self.run.store

    @property
    def report(self) -> Report:
        """Documents, claims, vocabulary, findings, links."""
        return self.run.report

    def compare(self, a: str, b: str) -> Comparison:
        """What the gate says of two claims. Raises UsageError for a name that fits none or several."""
        return compare_within(self.run, a, b)
