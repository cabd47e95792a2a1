"""The comparability gate: one verdict for two claims, and always the reasons.

A check proposes a conflict and a ceiling. The gate looks at the scopes, the force and the readings
of both claims and may demote the verdict; it never promotes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kgcheck.findings.wording import describe_interval
from kgcheck.model.claim import Claim, Mode
from kgcheck.model.finding import Reason
from kgcheck.model.interval import Interval
from kgcheck.model.period import Relation
from kgcheck.model.verdict import Verdict
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics.comparable import Comparable, comparable
from kgcheck.semantics.scope import NEITHER, compare_scopes


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the reasons that led to it, the deciding one marked."""

    verdict: Verdict
    reasons: tuple[Reason, ...]


class Lineage(Protocol):
    """What the gate asks of the citation graph."""

    def independence(self, a: str, b: str) -> tuple[str, tuple[str, ...]]:
        """Whether two claims are "independent", "shared" or "unknown", and the nodes that say so."""

    def roots(self, claims: Sequence[str]) -> int | None:
        """How many of the claims' roots are shown to be independent of one another."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Everything the gate needs to know beside the two claims.

    `readings` maps a sentence that can be read in several ways to the names of its readings.
    Without a `lineage` the independence of every two claims is unknown.
    """

    vocabulary: Vocabulary
    readings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lineage: Lineage | None = None
    _values: dict[str, Comparable | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    _scopes: dict[tuple[object, object], tuple[Reason, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _names: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def value(self, claim: Claim) -> Comparable | None:
        """The comparable value of a claim, worked out once."""
        if claim.iri not in self._values:
            self._values[claim.iri] = comparable(claim, self.vocabulary)
        return self._values[claim.iri]

    def scopes(self, a: Claim, b: Claim) -> tuple[Reason, ...]:
        """The comparison of two scopes, worked out once for all claims of these two scopes."""
        key = self._name(a), self._name(b)
        if key not in self._scopes:
            self._scopes[key] = compare_scopes(a, b, self.vocabulary)
        return self._scopes[key]

    def _name(self, claim: Claim) -> object:
        """Everything of a claim that the comparison of scopes looks at."""
        if claim.iri not in self._names:
            value = self.value(claim)
            self._names[claim.iri] = (
                claim.kind,
                claim.document,
                claim.scope,
                claim.questions,
                claim.grade,
                claim.run_length,
                claim.run_unit,
                claim.post,
                claim.proposition,
                claim.meaning is None,
                (value.name, value.measure, value.turned) if value else None,
            )
        return self._names[claim.iri]

    def judge(
        self,
        a: Claim,
        b: Claim,
        *,
        ceiling: Verdict,
        conflict: str,
        apart: frozenset[str] = frozenset(),
        expected: Interval | None = None,
        expected_loose: Interval | None = None,
        explain: bool = True,
    ) -> Judgement:
        """Judge two claims that a check has put on different sides.

        `conflict` is how they conflict: "disjoint" values, a part that "exceeds" its whole,
        "exclusive" categories, a result unlike its "computed" value, a "scope" that differs, or
        "agree" for claims that say the same. `apart` names dimensions in which the check expects
        them to differ. `expected` is the computed value for side a's claim. Without `explain` the
        verdict is the same, and the reasons leave out the comparison of values.
        """
        scope = self.scopes(a, b)
        compared = [reason for reason in scope if reason.dimension not in apart]
        if conflict == "agree":
            return self._agreement(a, b, scope, compared, ceiling)
        if Mode.OPINION in (a.mode, b.mode):
            return Judgement(Verdict.NONE, scope)
        verdict, cause = self._strength(a, b, conflict, expected, expected_loose, explain)
        verdict = verdict.capped(ceiling)
        if conflict == "scope" and explain:
            cause = _hedge(a, b)
        # The terms of a calculation differ in scope by nature: only the values tell.
        shown = () if conflict == "computed" else scope
        reasons = [*shown, *([cause] if cause else [])]
        if verdict is Verdict.NONE:
            return Judgement(verdict, tuple(reasons))
        verdict, deciding = self._comparability(compared, verdict)
        if verdict is Verdict.APPARENT and (
            not _differ(compared) or (conflict == "disjoint" and self._fit(a, b, compared))
        ):
            return Judgement(Verdict.NONE, tuple(reasons))
        limits = self._reservations(a, b)
        if conflict == "disjoint" and verdict.rank <= Verdict.TENSION.rank:
            limits += self._sampling(a, b)
        for limit, reason in limits:
            reasons.append(reason)
            if limit.rank > verdict.rank:
                verdict, deciding = limit, reason
        if deciding is None:
            deciding = self._told_by(reasons, cause, apart)
        return Judgement(verdict, _marked(reasons, deciding))

    def _told_by(self, reasons: list[Reason], cause: Reason | None, apart: frozenset[str]) -> Reason | None:
        """The line to show as deciding where nothing demoted the verdict: the readings or the hedge,
        if the claims differ in one, else the values, else the first thing in which they differ, what
        the check expects to differ last."""
        told = next((r for r in reasons if r.dimension in ("reading", "hedge")), None)
        different = [r for r in reasons if r.relation is not Relation.EQUAL]
        different.sort(key=lambda reason: reason.dimension in apart)
        return told or cause or next(iter(different), None)

    def _strength(
        self,
        a: Claim,
        b: Claim,
        conflict: str,
        expected: Interval | None,
        loose: Interval | None,
        explain: bool,
    ) -> tuple[Verdict, Reason | None]:
        """How strongly the values themselves conflict, scopes aside."""
        if conflict in ("exclusive", "scope"):
            return (Verdict.APPARENT if self._shared_post(a, b) else Verdict.CONTRADICTION), None
        left, right = self.value(a), self.value(b)
        if left is None or right is None:
            return Verdict.NONE, None
        if conflict == "computed":
            # As stated: arithmetic knows nothing of a share that is compared by the rest of it.
            if expected is None or a.meaning is None:
                return Verdict.NONE, None
            strict = a.meaning.reporting.disjoint(expected) and a.meaning.inner.disjoint(expected)
            wide = a.meaning.outer.disjoint(loose or expected)
        elif conflict == "exceeds":
            strict = right.inner.precedes(left.inner)
            wide = right.outer.precedes(left.outer)
        else:
            strict = left.inner.disjoint(right.inner)
            wide = left.outer.disjoint(right.outer) and not left.inner.touches(right.inner)
        verdict = Verdict.CONTRADICTION if wide else Verdict.TENSION if strict else Verdict.NONE
        if not explain:
            return verdict, None
        first, second = describe_interval(left.inner, a), describe_interval(right.inner, b)
        if conflict == "computed" and expected is not None and a.meaning is not None:
            first = describe_interval(a.meaning.inner, a)
            second = f"{describe_interval(expected, a)} by calculation"
        note = {
            Verdict.CONTRADICTION: "apart even when read loosely",
            Verdict.TENSION: "apart as a careful writer means them, but not when read loosely",
        }.get(verdict)
        relation = Relation.OVERLAPS if verdict is Verdict.NONE else Relation.DISJOINT
        return verdict, Reason("value", relation, first, second, note)

    def _shared_post(self, a: Claim, b: Claim) -> bool:
        """Whether both speak of one post that several people can hold at a time."""
        post = self.vocabulary.same(a.post)
        if post is None or post != self.vocabulary.same(b.post):
            return False
        known = self.vocabulary.posts.get(post)
        return known is None or not known.single_holder

    def _comparability(self, compared: list[Reason], verdict: Verdict) -> tuple[Verdict, Reason | None]:
        """Demote by what the scopes have to do with each other."""
        unknown = [r for r in compared if r.relation is Relation.UNKNOWN]
        if different := _differ(compared):
            return verdict.capped(Verdict.APPARENT), different[0]
        open_ends = sum(2 if r.note == NEITHER else 1 for r in unknown)
        if open_ends > 1:
            return verdict.capped(Verdict.NONE), unknown[0]
        if unknown:
            return verdict.capped(Verdict.TENSION), unknown[0]
        return verdict, None

    def _reservations(self, a: Claim, b: Claim) -> list[tuple[Verdict, Reason]]:
        """Limits that come from how the claims are put, not from what they are about."""
        found = []
        if a.mode is not Mode.ASSERTED or b.mode is not Mode.ASSERTED:
            note = "what is alleged or forecast is not asserted"
            found.append((Verdict.APPARENT, Reason("mode", Relation.DISJOINT, a.mode, b.mode, note)))
        for claim in (a, b):
            if claim.inferred:
                names = ", ".join(sorted(claim.inferred))
                note = f"the {names} was filled in, not read from the words"
                found.append((Verdict.TENSION, Reason("inferred", Relation.UNKNOWN, names, "", note)))
            own = claim.reading or ""
            others = "; ".join(sorted(self.readings.get(claim.reading_of or "", frozenset()) - {own}))
            if others:
                note = f"the words can also be read so: {others}"
                found.append((Verdict.TENSION, Reason("reading", Relation.UNKNOWN, own, others, note)))
        if not (a.reviewed and b.reviewed):
            first, second = _status(a), _status(b)
            note = "a draft cannot prove a contradiction"
            found.append((Verdict.TENSION, Reason("review", Relation.UNKNOWN, first, second, note)))
        return found

    def _sampling(self, a: Claim, b: Claim) -> list[tuple[Verdict, Reason]]:
        """Two estimates with a stated uncertainty are compared by that; restatements are not."""
        left, right = self.value(a), self.value(b)
        if not (left and right and left.uncertainty and right.uncertainty) or set(a.sources) & set(b.sources):
            return []
        words = describe_interval(left.uncertainty, a), describe_interval(right.uncertainty, b)
        if left.uncertainty.disjoint(right.uncertainty):
            note = "two estimates; sampling alone may set them apart"
            return [(Verdict.TENSION, Reason("uncertainty", Relation.DISJOINT, *words, note))]
        note = "within the stated uncertainty the two agree"
        return [(Verdict.NONE, Reason("uncertainty", Relation.OVERLAPS, *words, note))]

    def _fit(self, a: Claim, b: Claim, compared: list[Reason]) -> bool:
        """Whether values of different scope fit, so that nothing even looks like a conflict.

        A bound ("more than x") fits what lies beyond it. Where values add up, a part fits a whole
        that is no smaller, and changes that go the same way fit.
        """
        left, right = self.value(a), self.value(b)
        if left is None or right is None or a.meaning is None or b.meaning is None:
            return False
        if any(m.lower_unbounded or m.upper_unbounded for m in (a.meaning, b.meaning)):
            return not left.outer.disjoint(right.outer)
        measure = self.vocabulary.measures.get(left.measure)
        different = [r for r in compared if r.relation is not Relation.EQUAL]
        sums = {"area": "subject"}
        adds = {sums.get(name, name) for name in measure.additive_over} if measure else set()
        relations = {r.relation for r in different}
        if not all(r.dimension in adds for r in different) or relations - {
            Relation.NARROWER,
            Relation.BROADER,
        }:
            return False
        if len(relations) != 1:
            return False
        part, whole = (left, right) if Relation.NARROWER in relations else (right, left)
        if left.name != "level":
            return (a.meaning.point < 0) == (b.meaning.point < 0)
        return not whole.inner.precedes(part.inner)

    def _agreement(
        self, a: Claim, b: Claim, scope: tuple[Reason, ...], compared: list[Reason], ceiling: Verdict
    ) -> Judgement:
        """Corroboration needs equal scopes and roots shown to be independent."""
        if any(r.relation not in (Relation.EQUAL, Relation.UNKNOWN) for r in compared):
            return Judgement(Verdict.NONE, scope)
        status, nodes = self.lineage.independence(a.iri, b.iri) if self.lineage else ("unknown", ())
        names = ", ".join(self.vocabulary.label(node) for node in nodes) or "not stated"
        relation, note = {
            "independent": (Relation.DISJOINT, "the sources are independent"),
            "shared": (Relation.OVERLAPS, f"both go back to {names}"),
        }.get(status, (Relation.UNKNOWN, "whether the sources are independent is unknown"))
        reason = Reason("roots", relation, self._source(a), self._source(b), note)
        equal = all(r.relation is Relation.EQUAL for r in compared)
        separate = a.document != b.document and not (a.restates or b.restates)
        independent = relation is Relation.DISJOINT and equal and separate
        verdict = Verdict.CORROBORATION if independent else Verdict.REPETITION
        return Judgement(verdict.capped(ceiling), _marked([*scope, reason], reason))

    def _source(self, claim: Claim) -> str:
        """Where a claim says it comes from: what it cites, else who makes it."""
        named = claim.sources or ((claim.speaker,) if claim.speaker else ())
        return ", ".join(self.vocabulary.label(node) for node in named) or "not stated"


def _differ(reasons: list[Reason]) -> list[Reason]:
    """The dimensions that are known to differ; without one, nothing is merely apparent."""
    return [reason for reason in reasons if reason.relation not in (Relation.EQUAL, Relation.UNKNOWN)]


def _hedge(a: Claim, b: Claim) -> Reason | None:
    """The hedges of two claims that print one number, where they differ."""
    left, right = a.meaning, b.meaning
    if left is None or right is None or left.point != right.point or left.hedge == right.hedge:
        return None
    first, second = left.hedge or "none", right.hedge or "none"
    return Reason("hedge", Relation.DISJOINT, first, second, "the same number, hedged differently")


def _status(claim: Claim) -> str:
    return "checked by a person" if claim.reviewed else "extracted, not reviewed"


def _marked(reasons: list[Reason], deciding: Reason | None) -> tuple[Reason, ...]:
    return tuple(
        Reason(r.dimension, r.relation, r.a, r.b, r.note, decides=True) if r is deciding else r
        for r in reasons
    )
