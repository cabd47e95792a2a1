"""What a run over the packaged documents finds, as a whole, and what it must never find."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kgcheck.assets import folder
from kgcheck.engines.local import compare_claims, run_check
from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict

EXPECTED = Path(__file__).with_name("packaged-findings.txt")
STRONG = (Verdict.CONTRADICTION, Verdict.TENSION)


def described(finding: Finding) -> str:
    """One line: verdict, check, and the claims of each side."""
    sides: dict[int | None, list[str]] = {}
    for party in finding.parties:
        sides.setdefault(party.side, []).append(party.claim.iri.rsplit("/", 1)[-1])
    members = " | ".join(" ".join(sorted(names)) for _, names in sorted(sides.items(), key=str))
    return f"{finding.verdict} {finding.check}: {members}"


@pytest.fixture(scope="module")
def report() -> Report:
    return run_check(None)


def test_findings_are_those_on_record(report: Report) -> None:
    found = "".join(sorted(f"{described(finding)}\n" for finding in report.findings))
    if os.environ.get("KGCHECK_REGENERATE"):
        EXPECTED.write_text(found, encoding="utf-8")
    assert found == EXPECTED.read_text(encoding="utf-8")


def test_every_document_and_claim_is_sound(report: Report) -> None:
    assert len(report.documents) == 12
    assert len(report.claims) >= 200
    assert not report.violations
    assert not report.incomplete


def test_every_finding_can_be_acted_on(report: Report) -> None:
    for finding in report.findings:
        for words in (finding.message, finding.innocent, finding.settle, finding.question):
            assert words
            assert "{" not in words
        if finding.verdict in (*STRONG, Verdict.APPARENT):
            assert finding.reasons, f"{finding.check} gives no reason"
            assert len({party.side for party in finding.parties}) > 1


def test_seeds_alone_prove_no_contradiction(report: Report) -> None:
    data = folder("data") / "kent"
    alone = run_check([data / "documents", data / "agents.ttl"])
    assert not [f for f in alone.findings if f.verdict is Verdict.CONTRADICTION]
    among_seeds = {
        described(finding)
        for finding in report.findings
        if finding.verdict is Verdict.TENSION
        and all(party.claim.document in alone.documents for party in finding.parties)
    }
    kept = {described(finding) for finding in alone.findings if finding.verdict is Verdict.TENSION}
    assert among_seeds, "the packaged data holds tensions among the seeds"
    assert among_seeds <= kept


def test_compare_agrees_with_check(report: Report) -> None:
    finding = next(f for f in report.findings if f.check == "run-broken")
    first, second = finding.parties[0].claim.iri, finding.parties[-1].claim.iri
    compared = compare_claims(first, second, None)
    assert compared.verdict is finding.verdict
    assert any(found.id == finding.id for found in compared.findings)
