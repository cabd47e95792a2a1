"""Made-up claims: the same bytes for a seed, and all that was planted is found, nothing else."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from bench.generator import FORMATS, generate

import kgcheck
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict

HASHES = {
    "nquads": "cb7357e765e4e58a5939bbdb9bdfacef5553218fd4952b844b253c8bf47f3a5d",
    "trig": "dc523551872eff1c9f86b42bee941685bb19dc7d398d24a98c26cafa0390d04e",
    "turtle": "76e94536d0d7ad5f32a76ae5b27b44b3b7d3bbb93d9811d0e914e8a5d680cef8",
}
"""Of all files that 1,500 claims make. They change only with the generator; then so do its figures."""


@pytest.mark.parametrize("form", FORMATS)
def test_same_bytes_for_a_seed(form, tmp_path):
    generate(tmp_path, 1_500, seed=3, form=form)
    content = hashlib.sha256()
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        content.update(path.relative_to(tmp_path).as_posix().encode() + path.read_bytes())
    assert content.hexdigest() == HASHES[form]


def test_another_seed_makes_other_claims(tmp_path):
    one, other = (generate(tmp_path / str(seed), 100, seed=seed) for seed in (1, 2))
    assert one.data.read_bytes() != other.data.read_bytes()


@pytest.fixture(scope="module")
def checked(tmp_path_factory) -> tuple[dict[str, Any], Report]:
    """What was planted in 2,000 claims, and what a check of them says."""
    made = generate(tmp_path_factory.mktemp("made"), 2_000)
    return json.loads(made.truth.read_text()), kgcheck.check(made.data, vocabulary=[made.vocabulary])


def test_planted_conflicts_are_found_and_nothing_else(checked):
    truth, report = checked
    assert conflicts(report) == {
        (entry["check"], entry["verdict"], frozenset(frozenset(side) for side in entry["sides"]))
        for entry in truth["conflicts"]
    }
    assert len({entry["check"] for entry in truth["conflicts"]}) >= 6
    assert {finding.verdict for finding in report.findings} == {
        Verdict.CONTRADICTION,
        Verdict.TENSION,
        Verdict.APPARENT,
        Verdict.CORROBORATION,
        Verdict.REPETITION,
    }


def test_malformed_claims_are_refused_and_no_others(checked):
    truth, report = checked
    assert set(report.incomplete) == {entry["claim"] for entry in truth["malformed"]}
    assert sorted(str(violation.shape).rpartition(":")[2] for violation in report.violations) == sorted(
        entry["shape"] for entry in truth["malformed"]
    )
    assert len({entry["kind"] for entry in truth["malformed"]}) >= 10


def test_forms_hold_the_same(tmp_path):
    reports = []
    for form in FORMATS:
        made = generate(tmp_path / form, 300, form=form)
        reports.append(kgcheck.check(made.data, vocabulary=[made.vocabulary]))
    found = [{finding.fingerprint for finding in report.findings} for report in reports]
    assert len(found[0]) > 10
    assert found[0] == found[1] == found[2]


def test_later_documents_are_held_back(tmp_path):
    whole, part = generate(tmp_path / "a", 300), generate(tmp_path / "b", 300, later=1)
    assert [path.name for path in part.later] == ["d5.ttl"]
    assert part.truth.read_bytes() == whole.truth.read_bytes()
    assert (
        kgcheck.check(part.data, *part.later, vocabulary=[part.vocabulary]).findings
        == kgcheck.check(whole.data, vocabulary=[whole.vocabulary]).findings
    )


@pytest.mark.parametrize("count", [0, -1, 10_000_001])
def test_no_more_claims_than_beats(count, tmp_path):
    with pytest.raises(ValueError, match="claims"):
        generate(tmp_path, count)


def conflicts(report: Report) -> set[tuple[str, str, frozenset[frozenset[str]]]]:
    """Contradictions and tensions, with their claims by side, or each by itself where there is none."""
    found = set()
    for finding in report.findings:
        if finding.verdict in (Verdict.CONTRADICTION, Verdict.TENSION):
            sides: dict[object, set[str]] = {}
            for party in finding.parties:
                sides.setdefault(party.side, set()).add(party.claim.iri)
            found.add(
                (finding.check, finding.verdict.value, frozenset(frozenset(side) for side in sides.values()))
            )
    return found


def test_folder_has_only_what_is_named(tmp_path):
    made = generate(tmp_path, 50)
    assert {Path(path.name) for path in tmp_path.iterdir()} == {
        Path(made.data.name),
        Path(made.vocabulary.name),
        Path(made.truth.name),
    }
