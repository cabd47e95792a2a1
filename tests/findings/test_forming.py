"""Findings formed of sides: what holds between any two of their claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgcheck.findings.forming import Forming
from kgcheck.findings.gate import Gate
from kgcheck.findings.rows import Row
from kgcheck.findings.sides import Candidate, candidates
from kgcheck.model.claim import Claim
from kgcheck.model.finding import Finding
from kgcheck.model.verdict import Severity, Verdict
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics.comparable import comparable

Build = Callable[[str, Mapping[str, Any]], Claim]


@dataclass(frozen=True)
class Rule:
    """A check as far as forming sees it."""

    verdict: Verdict = Verdict.CONTRADICTION
    conflict: str = "disjoint"
    apart: frozenset[str] = frozenset()
    id: str = "rule"
    severity: Severity = Severity.ERROR
    message: str = "{first} and {second}"
    innocent: str = "{count} claims"
    settle: str = "{dimension}"
    question: str = "{what}"


VALUES = ["41%", "41.3%", "42%", "about 45%", "more than 40%", "57%", "57.2%", "73%"]
SAID = st.fixed_dictionaries(
    {
        "measure": st.just("pass-rate"),
        "subject": st.just("hill"),
        "topic": st.just("all-subjects"),
        "value": st.sampled_from(VALUES),
        "document": st.sampled_from(["gazette", "herald"]),
    },
    optional={
        "period": st.sampled_from(["2019", "2020", "2020~"]),
        "population": st.sampled_from(["girls", "boys"]),
        "vintage": st.sampled_from(["first", "revised"]),
        "mode": st.sampled_from(["asserted", "alleged", "opinion"]),
        "reviewed": st.booleans(),
        "inferred": st.sampled_from([[], ["period"]]),
    },
)
RULES = st.sampled_from(
    [Rule(), Rule(verdict=Verdict.TENSION), Rule(verdict=Verdict.APPARENT), Rule(apart=frozenset({"period"}))]
)


def formed(
    rule: Rule, said: Sequence[Mapping[str, Any]], claimed: Build, vocabulary: Vocabulary
) -> tuple[Gate, dict[str, Claim], list[Finding]]:
    """The findings of one block of claims whose values may exclude each other."""
    claims = {f"c{n}": claimed(f"c{n}", one) for n, one in enumerate(said)}
    intervals = {iri: value.inner for iri, one in claims.items() if (value := comparable(one, vocabulary))}
    rows = [Row("block", iri) for iri in claims]
    matters = candidates(rows, "intervals", (), intervals, lambda a, b: False)
    gate = Gate(vocabulary)
    return gate, claims, list(Forming(gate, claims, {}).findings(rule, matters))


def opposed(finding: Finding) -> list[tuple[Claim, Claim]]:
    """Every two claims on different sides."""
    return [(a.claim, b.claim) for a, b in combinations(finding.parties, 2) if a.side != b.side]


@given(rule=RULES, said=st.lists(SAID, min_size=2, max_size=9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_claims_on_different_sides_have_the_verdict_of_their_finding(
    rule: Rule, said: list[Mapping[str, Any]], claimed: Build, vocabulary: Vocabulary
) -> None:
    gate, _, findings = formed(rule, said, claimed, vocabulary)
    for finding in findings:
        assert opposed(finding)
        assert finding.verdict is not Verdict.NONE
        for a, b in opposed(finding):
            judgement = gate.judge(a, b, ceiling=rule.verdict, conflict=rule.conflict, apart=rule.apart)
            assert judgement.verdict is finding.verdict
    assert len({finding.id for finding in findings}) == len(findings)
    assert len({finding.verdict for finding in findings}) == len(findings)


@given(rule=RULES, said=st.lists(SAID, min_size=2, max_size=9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_strongest_verdict_of_all_pairs_is_told(
    rule: Rule, said: list[Mapping[str, Any]], claimed: Build, vocabulary: Vocabulary
) -> None:
    gate, claims, findings = formed(rule, said, claimed, vocabulary)
    between = {iri for finding in findings for iri in finding.context}
    verdicts = {
        gate.judge(a, b, ceiling=rule.verdict, conflict=rule.conflict, apart=rule.apart).verdict
        for a, b in combinations(claims.values(), 2)
        if not between & {a.iri, b.iri}
    } - {Verdict.NONE}
    if findings and verdicts:
        strongest = min((finding.verdict for finding in findings), key=lambda verdict: verdict.rank)
        assert strongest is min(verdicts, key=lambda verdict: verdict.rank)


@given(said=st.lists(SAID, min_size=2, max_size=9), order=st.randoms(use_true_random=False))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_claims_changes_nothing(
    said: list[Mapping[str, Any]], order: Any, claimed: Build, vocabulary: Vocabulary
) -> None:
    claims = {f"c{n}": claimed(f"c{n}", one) for n, one in enumerate(said)}
    intervals = {iri: value.inner for iri, one in claims.items() if (value := comparable(one, vocabulary))}
    forming = Forming(Gate(vocabulary), claims, {})
    rows = [Row("block", iri) for iri in claims]
    first = candidates(rows, "intervals", (), intervals, lambda a, b: False)
    order.shuffle(rows)
    second = candidates(rows, "intervals", (), intervals, lambda a, b: False)
    assert list(forming.findings(Rule(), first)) == list(forming.findings(Rule(), second))


TWO = {"measure": "pass-rate", "subject": "hill", "topic": "all-subjects", "period": "2020"}


def test_one_finding_for_each_verdict(claimed: Build, vocabulary: Vocabulary) -> None:
    """A draft weakens what it takes part in, and nothing else."""
    said = [
        {**TWO, "value": "41%"},
        {**TWO, "value": "57%"},
        {**TWO, "value": "73%", "reviewed": False},
    ]
    _, _, findings = formed(Rule(), said, claimed, vocabulary)
    told = {f.verdict: sorted((p.claim.iri, p.side) for p in f.parties) for f in findings}
    assert told[Verdict.CONTRADICTION] == [("c0", 1), ("c1", 2)]
    assert Verdict.TENSION in told
    assert "c2" in {iri for iri, _ in told[Verdict.TENSION]}


def test_findings_keep_their_name_when_another_document_repeats_a_side(
    claimed: Build, vocabulary: Vocabulary
) -> None:
    said = [{**TWO, "value": "41%"}, {**TWO, "value": "57%"}]
    (_, _, (before,)) = formed(Rule(), said, claimed, vocabulary)
    (_, _, (after,)) = formed(Rule(), [*said, {**TWO, "value": "57%"}], claimed, vocabulary)
    assert before.id == after.id
    assert before.fingerprint != after.fingerprint


def test_claims_that_the_gate_cannot_tell_apart_are_judged_once(
    claimed: Build, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = 0
    judge = Gate.judge

    def counted(self: Gate, *args: Any, **named: Any) -> Any:
        nonlocal judged
        judged += 1
        return judge(self, *args, **named)

    monkeypatch.setattr(Gate, "judge", counted)
    said = [{**TWO, "value": value, "document": "gazette"} for value in ["41%"] * 30 + ["57%"] * 30]
    (_, _, (finding,)) = formed(Rule(), said, claimed, vocabulary)
    assert len(finding.parties) == 60
    assert judged <= 4


def test_templates_are_filled(claimed: Build, vocabulary: Vocabulary) -> None:
    said = [{**TWO, "value": "41%"}, {**TWO, "value": "57%", "period": "2019"}]
    (_, _, (finding,)) = formed(Rule(), said, claimed, vocabulary)
    assert finding.message == "«41%» and «57%»"
    assert finding.innocent == "2 claims"
    assert finding.settle == "period"
    assert finding.question == "pass rate, all subjects, Hill School"


def test_a_candidate_of_which_nothing_is_left_tells_nothing(claimed: Build, vocabulary: Vocabulary) -> None:
    claims = {name: claimed(name, {**TWO, "value": "41%", "mode": "opinion"}) for name in "ab"}
    candidate = Candidate("block", "", ((Row("block", "a"),), (Row("block", "b"),)))
    assert list(Forming(Gate(vocabulary), claims, {}).findings(Rule(), [candidate])) == []
