"""Reports for the page: the packaged data, texts that mean harm, and very many findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kgcheck.checks.registry import load_checks
from kgcheck.engines.local import run_check
from kgcheck.model.claim import Claim, Document, Evidence
from kgcheck.model.finding import Finding, Reason
from kgcheck.model.report import Report, Violation
from kgcheck.report import render

HARM = (
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>alert(2)</script>",
    "<svg/onload=alert(3)>",
    "'\"><a href=javascript:alert(4)>x</a>",
    "\x1b[31mred\x1b[0m \x00\x07\x9b",
    "\u202eevil\u2066\u200b\u2028",
    '=HYPERLINK("https://evil.example","x")',
    "{{7*7}}${7*7}",
    "x" * 1_000_000,
)


@pytest.fixture(scope="session")
def packaged() -> Report:
    """What the checks find in the packaged data."""
    return run_check(None)


@pytest.fixture(scope="session")
def page(packaged: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page."""
    return written(packaged, tmp_path_factory.mktemp("page"))


@pytest.fixture(scope="session")
def short_page(packaged: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with one finding of each verdict, and what else a page may hold."""
    one_each = {finding.verdict: finding for finding in reversed(packaged.findings)}
    documents = dict(list(packaged.documents.items())[:2])
    violation = Violation("Violation", "urn:a", "urn:b", "The period ends before it starts.", "urn:c", "2019")
    short = replace(
        packaged,
        findings=tuple(one_each.values()),
        documents=documents,
        violations=(violation, replace(violation, severity="Warning")),
        checks=packaged.checks[:2],
    )
    return written(short, tmp_path_factory.mktemp("short"))


def written(report: Report, folder: Path) -> Path:
    """The page of a report, in a file."""
    place = folder / "report.html"
    place.write_text(render(report, "html", checks=load_checks()), encoding="utf-8", errors="replace")
    return place


@pytest.fixture
def harmful(report: Report) -> Report:
    """The small report with harm in every text that may come from a graph."""
    texts = iter(HARM * 40)

    def claim(old: Claim) -> Claim:
        return replace(
            old,
            iri=old.iri + next(texts)[:60],
            evidence=Evidence(next(texts), 0, 5),
            stated=next(texts),
            speaker=old.document + next(texts)[:50],
            reading=next(texts),
            inferred=frozenset({next(texts)}),
        )

    def finding(old: Finding) -> Finding:
        return replace(
            old,
            id=old.id + next(texts)[:40],
            fingerprint=next(texts)[:90],
            check=next(texts)[:70],
            block=next(texts)[:90],
            message=next(texts),
            innocent=next(texts),
            settle=next(texts),
            question=next(texts),
            also=(next(texts),),
            reasons=(*old.reasons, Reason(next(texts), next(texts), next(texts), next(texts), next(texts))),
            parties=tuple(
                replace(party, claim=claims[party.claim.iri], role=next(texts)) for party in old.parties
            ),
        )

    def document(old: Document) -> Document:
        return replace(
            old, identifier=next(texts), title=next(texts), address=f"javascript:alert({next(texts)[:50]})"
        )

    claims = {iri: claim(old) for iri, old in report.claims.items()}
    return replace(
        report,
        claims={new.iri: new for new in claims.values()},
        documents={iri: document(old) for iri, old in report.documents.items()},
        vocabulary=replace(report.vocabulary, labels={iri: next(texts) for iri in report.vocabulary.labels}),
        findings=tuple(finding(old) for old in report.findings),
        violations=tuple(
            replace(old, message=next(texts), focus=next(texts), value=next(texts))
            for old in report.violations
        ),
        policy=next(texts),
    )


def many(report: Report, number: int) -> Report:
    """The report over and over, in documents of their own, until it has `number` findings."""
    claims: dict[str, Claim] = {}
    documents: dict[str, Document] = {}
    findings: list[Finding] = []
    for copy in range(number // len(report.findings) + 1):

        def moved(iri: str, copy: int = copy) -> str:
            return iri.replace("/kent/", f"/kent{copy}/")

        for document in report.documents.values():
            title = f"{document.title} ({copy})"
            new = replace(
                document, iri=moved(document.iri), identifier=f"{document.identifier}-{copy}", title=title
            )
            documents[new.iri] = new
        own = {
            claim.iri: replace(
                claim,
                iri=moved(claim.iri),
                document=moved(claim.document),
                restates=tuple(map(moved, claim.restates)),
            )
            for claim in report.claims.values()
        }
        claims |= {claim.iri: claim for claim in own.values()}
        for finding in report.findings:
            parties = tuple(replace(party, claim=own[party.claim.iri]) for party in finding.parties)
            nearest = moved(finding.nearest) if finding.nearest else None
            findings.append(replace(finding, id=f"{finding.id}-{copy}", parties=parties, nearest=nearest))
    return replace(report, claims=claims, documents=documents, findings=tuple(findings[:number]), groups=())


@pytest.fixture(scope="session")
def long_page(packaged: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of 10,000 findings."""
    return written(many(packaged, 10_000), tmp_path_factory.mktemp("long"))
