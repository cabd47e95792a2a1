"""What the server shows: one run of the checks, and its graph to be asked."""

from __future__ import annotations

from dataclasses import replace

from kgcheck.engines.local import Comparison, Run, compare_within
from kgcheck.export.rdf import FINDINGS
from kgcheck.findings.rdf import finding_quads
from kgcheck.model.report import Report
from kgcheck.serve.question import Answer, Question
from kgcheck.serve.refusal import refused
from kgcheck.serve.settings import Settings
from kgcheck.serve.workers.pool import Pool
from kgcheck.store import Store


class Knowledge:
    """One run, held for as long as the server lives. Nothing changes it.

    `store` holds documents, ontology and derived statements as the checks saw them, and the findings
    in the graph `urn:kgcheck:findings`; `report` is what the checks said.
    """

    def __init__(self, run: Run, report: Report | None = None) -> None:
        """`report` stands in for that of the run: the same with waivers or a baseline applied."""
        run.store.raw.bulk_extend(run.derived.raw)
        self.run = replace(run, derived=run.store, report=report or run.report)
        self.store.raw.extend(finding_quads(self.report.findings, FINDINGS))
        self.pool: Pool | None = None

    @property
    def store(self) -> Store:
        """All graphs. What is asked of it here holds the server up: no query of a stranger."""
        return self.run.store

    @property
    def report(self) -> Report:
        """Documents, claims, vocabulary, findings, links."""
        return self.run.report

    def compare(self, a: str, b: str) -> Comparison:
        """What the gate says of two claims. Raises UsageError for a name that fits none or several."""
        return compare_within(self.run, a, b)

    async def open(self, settings: Settings) -> None:
        """Make ready for queries, unless that is done. Raises Refusal where it cannot be."""
        if self.pool is None:
            self.pool = Pool(self.store.raw, settings)
            await self.pool.start()

    def close(self) -> None:
        """End all queries; nothing is answered from now on."""
        if self.pool is not None:
            self.pool.stop()
            self.pool = None

    async def query(self, question: Question) -> Answer:
        """The answer to a query of anybody, from a process of its own that can be killed.

        Raises Refusal, with an HTTP status, for what cannot or may not be answered. When this is
        cancelled, the query ends.
        """
        if self.pool is None:
            raise refused(503, "the server is starting or ending")
        return await self.pool.ask(question)
