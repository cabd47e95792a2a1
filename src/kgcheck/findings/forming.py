"""From candidates to findings: the gate's verdict, the words, the identity."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kgcheck.findings.gate import Gate, Judgement
from kgcheck.findings.opposing import SMALL, Alike, clear_of, cut, judged_pairs, pure
from kgcheck.findings.rows import Row
from kgcheck.findings.sides import Candidate
from kgcheck.findings.wording import placeholders
from kgcheck.model.claim import Claim, Document
from kgcheck.model.finding import Finding, Party, Reason
from kgcheck.model.interval import Interval
from kgcheck.model.verdict import Severity, Verdict
from kgcheck.semantics.scope import needed_by


class Rule(Protocol):
    """What forming needs of a check."""

    @property
    def id(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def conflict(self) -> str: ...
    @property
    def apart(self) -> frozenset[str]: ...
    @property
    def message(self) -> str: ...
    @property
    def innocent(self) -> str: ...
    @property
    def settle(self) -> str: ...
    @property
    def question(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Forming:
    """Turns candidates of one run into findings."""

    gate: Gate
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]

    def findings(self, rule: Rule, candidates: Iterable[Candidate]) -> Iterator[Finding]:
        """One finding per candidate and verdict that the gate gives to some of its claims.

        Inside a finding every two claims on different sides have at least its verdict: a claim for
        which that is not so moves to a weaker finding, or to the context.
        """
        for candidate in candidates:
            matter, sides = self._sides(rule, candidate)
            if len(sides) == 1:
                yield from self._together(rule, matter, sides[0])
            else:
                yield from self._opposed(rule, matter, sides)

    def _sides(self, rule: Rule, candidate: Candidate) -> tuple[Candidate, list[list[Alike]]]:
        """The sides, in groups of rows that the gate cannot tell apart for this check."""
        sides = [self._fine(side) for side in candidate.sides]
        if sum(map(len, sides)) <= SMALL or len(sides) == 1:
            return candidate, sides
        if rule.verdict is Verdict.APPARENT:
            # An explanation of many claims needs an example of each side, not every pair.
            return candidate, [[Alike(list(side))] for side in candidate.sides]
        matter = self._conflicting(rule, candidate)
        needed = frozenset().union(
            *(
                needed_by(self.claims[row.claim], self.gate.vocabulary)
                for side in matter.sides
                for row in side
            )
        )
        return matter, [self._coarse(rule, side, needed) for side in matter.sides]

    def between(self, rule: Rule, finding: Finding, a: str, b: str) -> tuple[tuple[Reason, ...], str]:
        """The gate's reasons and the message for two claims of a finding of this check.

        A computed value belongs to the whole finding: its own reasons and message are given then.
        """
        if rule.conflict == "computed":
            return finding.reasons, finding.message
        sides = {party.claim.iri: party.side or 0 for party in finding.parties}
        first, second = (b, a) if sides[a] > sides[b] else (a, b)
        one, other = self.claims[first], self.claims[second]
        judgement = self._judge(rule, Row(finding.block, first), Row(finding.block, second))
        deciding = next((reason.dimension for reason in judgement.reasons if reason.decides), None)
        words = placeholders(
            one, other, [one, other], self.documents, self.gate.vocabulary, deciding, None, finding.expected
        )
        return judgement.reasons, _filled(rule.message, words)

    def _fine(self, side: Sequence[Row]) -> list[Alike]:
        """Rows together that no check tells apart."""
        groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in side:
            claim = self.claims[row.claim]
            meaning = claim.meaning
            key = (
                self.gate.name(claim),
                claim.mode,
                claim.reviewed,
                claim.inferred,
                claim.reading_of,
                claim.reading,
                claim.document,
                claim.affirmed,
                claim.person,
                (meaning.inner, meaning.outer, meaning.uncertainty) if meaning else None,
                row.role,
                row.expected,
            )
            groups[key].append(row)
        return [Alike(rows) for rows in groups.values()]

    def _coarse(self, rule: Rule, side: Sequence[Row], needed: frozenset[str]) -> list[Alike]:
        """Rows together that this check does not tell apart."""
        groups: dict[tuple[object, ...], Alike] = {}
        for row in side:
            claim = self.claims[row.claim]
            scope = self.gate.seen(claim, rule.apart, needed)
            force, value, meaning = self.gate.force(claim), self.gate.value(claim), None
            if claim.meaning and rule.conflict not in ("scope", "exclusive"):
                meaning = claim.meaning.inner, claim.meaning.outer, claim.meaning.reporting
            estimate = claim.meaning.uncertainty if claim.meaning else None
            key = (scope, claim.mode, force, meaning, estimate, estimate and claim.sources, row.expected)
            group = groups.setdefault(key, Alike([], scope, force, value.outer if value else None))
            group.rows.append(row)
        return list(groups.values())

    def _conflicting(self, rule: Rule, candidate: Candidate) -> Candidate:
        """A large matter of two sides without the claims whose values conflict with some only."""
        if len(candidate.sides) != 2 or rule.conflict not in ("exceeds", "disjoint"):
            return candidate
        first, second = candidate.sides
        if rule.conflict == "exceeds":
            kept = tuple(map(tuple, cut(first, second, self._inner)))
        else:
            kept = tuple(clear_of(first, second, self._inner)), second
        left = {row.claim for side in kept for row in side}
        crossing = {row.claim for side in candidate.sides for row in side} - left
        return replace(candidate, sides=kept, between=tuple(sorted({*candidate.between, *crossing})))

    def _inner(self, row: Row) -> Interval | None:
        value = self.gate.value(self.claims[row.claim])
        return value.inner if value else None

    def _judge(self, rule: Rule, a: Row, b: Row, *, explain: bool = True) -> Judgement:
        if b.expected is not None and a.expected is None:
            a, b = b, a
        return self.gate.judge(
            self.claims[a.claim],
            self.claims[b.claim],
            ceiling=rule.verdict,
            conflict=rule.conflict,
            apart=rule.apart,
            expected=a.expected,
            expected_loose=a.expected_loose,
            explain=explain,
        )

    def _together(self, rule: Rule, candidate: Candidate, groups: list[Alike]) -> Iterator[Finding]:
        """Claims on one side: agreement, or a note about each on its own."""
        rows = [row for group in groups for row in group.rows]
        if rule.conflict != "agree":
            judgement = Judgement(rule.verdict, ())
            first = rows[0]
            yield self._finding(
                rule,
                candidate,
                rule.verdict,
                [[r] for r in rows],
                (first, rows[-1]),
                judgement,
                numbered=False,
            )
            return
        best: tuple[Verdict, tuple[Row, Row]] = Verdict.NONE, (rows[0], rows[0])
        agreeing: set[str] = set()

        def meet(a: Row, b: Row) -> None:
            nonlocal best
            if best[0] is rule.verdict and {a.claim, b.claim} <= agreeing:
                return  # nothing more to learn
            if self.claims[a.claim].document == self.claims[b.claim].document and not self._told_twice(a, b):
                return
            verdict = self._judge(rule, a, b, explain=False).verdict
            if verdict is not Verdict.NONE:
                agreeing.update((a.claim, b.claim))
                if verdict.rank < best[0].rank:
                    best = verdict, (a, b)

        for index, row in enumerate(rows[:SMALL]):
            for other in rows[index + 1 : SMALL]:
                meet(row, other)
        for row in rows[SMALL:]:
            for other in dict.fromkeys(best[1]):
                meet(other, row)
        verdict, pair = best
        if verdict is not Verdict.NONE:
            kept = self._foremost([row for row in rows if row.claim in agreeing])
            yield self._finding(rule, candidate, verdict, [kept], pair, self._judge(rule, *pair))

    def _told_twice(self, a: Row, b: Row) -> bool:
        """Within one document only different words can repeat a claim."""
        first, second = self.claims[a.claim].evidence, self.claims[b.claim].evidence
        return (first.start, first.end) != (second.start, second.end)

    def _opposed(self, rule: Rule, candidate: Candidate, sides: list[list[Alike]]) -> Iterator[Finding]:
        judged = judged_pairs(
            sides, rule.verdict, lambda a, b: self._judge(rule, a, b, explain=False).verdict
        )
        told = sorted({*judged.values()} - {Verdict.NONE}, key=lambda verdict: verdict.rank)
        for verdict in told:
            kept = pure(judged, verdict)
            if not kept:
                continue
            chosen = [
                self._foremost([row for x, group in enumerate(side) if (i, x) in kept for row in group.rows])
                for i, side in enumerate(sides)
            ]
            here, there = min(key for key, v in judged.items() if v is verdict and kept.issuperset(key))
            pair = chosen[here[0]][0], chosen[there[0]][0]
            weaker = verdict is not told[0]
            part = replace(candidate, part=candidate.part + (f"~{verdict}" if weaker else ""))
            judgement = self._judge(rule, *pair)
            yield self._finding(rule, part, verdict, [side for side in chosen if side], pair, judgement)

    def _finding(
        self,
        rule: Rule,
        candidate: Candidate,
        verdict: Verdict,
        sides: list[list[Row]],
        pair: tuple[Row, Row],
        judgement: Judgement,
        *,
        numbered: bool = True,
    ) -> Finding:
        rows = [row for side in sides for row in side]
        parties = tuple(
            Party(self.claims[row.claim], number if numbered else None, row.role)
            for number, side in enumerate(sides, 1)
            for row in {row.claim: row for row in side}.values()
        )
        every = [party.claim for party in parties]
        deciding = next((reason.dimension for reason in judgement.reasons if reason.decides), None)
        expected = next((row.expected for row in rows if row.expected), None)
        note = next((row.note for row in rows if row.note), None)
        words = placeholders(
            self.claims[pair[0].claim],
            self.claims[pair[1].claim],
            every,
            self.documents,
            self.gate.vocabulary,
            deciding,
            note,
            expected,
        )
        identity = _digest(rule.id, candidate.block, candidate.part)
        # What cannot be compared needs no count of witnesses.
        lineage = None if verdict in (Verdict.APPARENT, Verdict.NONE) else self.gate.lineage
        return Finding(
            id=identity,
            fingerprint=_digest(identity, verdict.value, *sorted(claim.iri for claim in every)),
            check=rule.id,
            block=candidate.block,
            verdict=verdict,
            severity=_severity(rule, verdict),
            message=_filled(rule.message, words),
            reasons=judgement.reasons,
            innocent=_filled(rule.innocent, words),
            settle=_filled(rule.settle, words),
            question=_filled(rule.question, words),
            parties=parties,
            context=candidate.between,
            nearest=self._nearest(every),
            roots=lineage.roots([claim.iri for claim in every]) if lineage else None,
            expected=expected,
        )

    def _nearest(self, claims: Sequence[Claim]) -> str | None:
        """The claim with the fewest steps to its source."""
        cited = {source for claim in claims for source in claim.sources}
        return min(claims, key=lambda claim: _steps(claim, cited)).iri if claims else None

    def _foremost(self, rows: Sequence[Row]) -> list[Row]:
        """Rows of one side, the claim nearest to the source first: it stands for the others."""
        cited = {source for row in rows for source in self.claims[row.claim].sources}
        return sorted(rows, key=lambda row: _steps(self.claims[row.claim], cited))


def _steps(claim: Claim, cited: set[str]) -> tuple[bool, bool, bool, bool, str]:
    """How far a claim is from its source: the record itself, a cited document, the source's own
    words; restatements and retellings last."""
    retold = bool(claim.restates), bool(claim.sources)
    return not claim.authoritative, claim.document not in cited, *retold, claim.iri


def _severity(rule: Rule, verdict: Verdict) -> Severity:
    if verdict is Verdict.CONTRADICTION:
        return rule.severity
    return Severity.WARNING if verdict is Verdict.TENSION else Severity.NOTE


def _filled(template: str, words: Mapping[str, str]) -> str:
    return " ".join(template.format_map(words).split())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def merge(findings: Iterable[Finding], narrower: Collection[str] = ()) -> tuple[Finding, ...]:
    """Findings strongest first; one whose every pair a stronger or equal one shows joins its `also`.

    Claims that agree are not merged into claims that conflict: both are worth telling. Of checks that
    see the same claims the `narrower` ones yield, because the others keep their finding, and its id,
    when another document repeats a side.
    """
    ordered = sorted(
        findings, key=lambda f: (f.verdict.rank, -len(f.parties), f.check in narrower, f.check, f.id)
    )
    kept: list[Finding] = []
    places: list[dict[str, int | None]] = []
    by_claim: dict[str, list[int]] = defaultdict(list)
    for finding in ordered:
        at = {party.claim.iri: party.side for party in finding.parties}
        host = next((n for n in _hosts(at, by_claim) if _covers(kept[n], places[n], finding)), None)
        if host is not None:
            if finding.check != kept[host].check:
                kept[host] = replace(kept[host], also=tuple(sorted({*kept[host].also, finding.check})))
            continue
        for iri in at:
            by_claim[iri].append(len(kept))
        kept.append(finding)
        places.append(at)
    return tuple(kept)


def _hosts(claims: Iterable[str], by_claim: Mapping[str, list[int]]) -> Sequence[int]:
    """The findings in which that claim stands which stands in fewest."""
    return min((by_claim.get(iri, ()) for iri in claims), key=len, default=())


def _deciding(finding: Finding) -> str | None:
    return next((reason.dimension for reason in finding.reasons if reason.decides), None)


def _covers(host: Finding, at: Mapping[str, int | None], finding: Finding) -> bool:
    """Whether a finding, whose claims stand `at` these sides, shows all of another one."""
    if finding.verdict is Verdict.NONE:
        return False  # a note says something of its own
    agreeing = {Verdict.CORROBORATION, Verdict.REPETITION}
    if (host.verdict in agreeing) != (finding.verdict in agreeing):
        return False
    if finding.verdict is Verdict.APPARENT is host.verdict and _deciding(host) != _deciding(finding):
        return False  # another reason is another explanation
    if not all(party.claim.iri in at for party in finding.parties):
        return False
    if finding.verdict in agreeing:
        return True
    if any(party.side is None for party in finding.parties):
        return all(
            side is None for side in at.values()
        )  # what is said of claims one by one is no part of a conflict
    sides: dict[int | None, set[int | None]] = defaultdict(set)
    for party in finding.parties:
        sides[party.side].add(at[party.claim.iri])
    seen: set[int | None] = set()
    for here in sides.values():
        if here & seen:
            return False
        seen |= here
    return True
