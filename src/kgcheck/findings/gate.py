"""The comparability gate: one verdict for two claims, and always the reasons.

A check proposes a conflict and a ceiling. The gate looks at the scopes, the force and the readings
of both claims and may demote the verdict; it never promotes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from kgcheck.findings.wording import describe_interval
from kgcheck.model.claim import Claim, Mode
from kgcheck.model.finding import Reason
from kgcheck.model.interval import Interval
from kgcheck.model.period import Relation
from kgcheck.model.verdict import Verdict
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics.comparable import Comparable, comparable
from kgcheck.semantics.scope import Lie, leaves_open, scopes_lie, seen_scope

MEETINGS = 10_000
"""How many comparisons of scopes are kept: a run over millions of claims must not run out of memory."""


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


def readings_of(claims: Iterable[Claim]) -> dict[str, frozenset[str]]:
    """The names of the readings of each sentence that can be read in several ways, by its group."""
    found: dict[str, set[str]] = {}
    for claim in claims:
        if claim.reading_of and claim.reading:
            found.setdefault(claim.reading_of, set()).add(claim.reading)
    return {group: frozenset(names) for group, names in found.items()}


@dataclass(frozen=True, slots=True)
class Gate:
    """Everything the gate needs to know beside the two claims.

    `readings` maps a sentence that can be read in several ways to the names of its readings.
    Without a `lineage` the independence of every two claims is unknown. `drafts_only` says that
    nobody has reviewed anything of what is checked; else a draft proves no contradiction.
    """

    vocabulary: Vocabulary
    readings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lineage: Lineage | None = None
    drafts_only: bool = False
    _values: dict[str, Comparable | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    _names: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _numbers: dict[object, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _meetings: dict[object, _Meeting] = field(default_factory=dict, init=False, repr=False, compare=False)

    def value(self, claim: Claim) -> Comparable | None:
        """The comparable value of a claim, worked out once."""
        if claim.iri not in self._values:
            self._values[claim.iri] = comparable(claim, self.vocabulary)
        return self._values[claim.iri]

    def apart(self, a: Claim, b: Claim) -> bool:
        """Whether the scopes of two claims are known to differ in anything."""
        return self._meeting(a, b, frozenset()).differs

    def name(self, claim: Claim) -> int:
        """A number that claims share of which the comparison of scopes sees the same."""
        if claim.iri not in self._names:
            seen = seen_scope(claim, self.vocabulary, value=self._value)
            self._names[claim.iri] = self._numbers.setdefault(seen, len(self._numbers))
        return self._names[claim.iri]

    def seen(self, claim: Claim, apart: frozenset[str], needed: frozenset[str]) -> object:
        """What a check sees of a claim's scope that looks away from the dimensions `apart`; `needed`
        is what the measures of all claims in question need."""
        document = claim.document if leaves_open(claim, apart, needed) else None
        return document, seen_scope(claim, self.vocabulary, apart, self._value)

    def _meeting(self, a: Claim, b: Claim, apart: frozenset[str]) -> _Meeting:
        """The comparison of two scopes, worked out once for all claims of these two scopes."""
        key = self.name(a), self.name(b), a.document == b.document, apart
        found = self._meetings.get(key)
        if found is None:
            if len(self._meetings) > MEETINGS:
                self._meetings.clear()
            found = self._meetings[key] = _met(self._lies(a, b), apart)
        return found

    def _lies(self, a: Claim, b: Claim) -> tuple[Lie, ...]:
        return tuple(scopes_lie(a, b, self.vocabulary, self._value))

    def _value(self, claim: Claim, _: Vocabulary) -> Comparable | None:
        return self.value(claim)

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
        verdict is the same, and the reasons are left out.
        """
        meeting = self._meeting(a, b, apart)
        if conflict == "agree":
            return self._agreement(a, b, meeting, ceiling, explain)
        strength = Verdict.NONE
        if Mode.OPINION not in (a.mode, b.mode):
            strength = self._strength(a, b, conflict, expected, expected_loose).capped(ceiling)
        if not explain:
            return Judgement(self._demoted(a, b, conflict, meeting, strength), ())
        scope = [lie.told() for lie in self._lies(a, b)]
        if Mode.OPINION in (a.mode, b.mode):
            return Judgement(Verdict.NONE, tuple(scope))
        cause = self._cause(a, b, conflict, expected, expected_loose)
        # The terms of a calculation differ in scope by nature: only the values tell.
        reasons = [*([] if conflict == "computed" else scope), *([cause] if cause else [])]
        verdict = strength.capped(meeting.limit)
        deciding = scope[meeting.decides] if meeting.decides is not None else None
        if strength is Verdict.NONE or self._unapparent(a, b, conflict, meeting, verdict):
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

    def _demoted(self, a: Claim, b: Claim, conflict: str, meeting: _Meeting, strength: Verdict) -> Verdict:
        """What becomes of the strength of a conflict, without the words."""
        verdict = strength.capped(meeting.limit)
        if strength is Verdict.NONE or self._unapparent(a, b, conflict, meeting, verdict):
            return Verdict.NONE
        limits = [self.force(a), self.force(b)]
        if conflict == "disjoint" and verdict.rank <= Verdict.TENSION.rank:
            limits += [limit for limit, _ in self._sampling(a, b)]
        return max(verdict, *limits, key=lambda each: each.rank)

    def _unapparent(self, a: Claim, b: Claim, conflict: str, meeting: _Meeting, verdict: Verdict) -> bool:
        """Whether there is not even the look of a conflict: nothing differs, or the values fit."""
        if verdict is not Verdict.APPARENT:
            return False
        return not meeting.differs or (conflict == "disjoint" and self._fit(a, b, meeting.compared))

    def _told_by(self, reasons: list[Reason], cause: Reason | None, apart: frozenset[str]) -> Reason | None:
        """The line to show as deciding where nothing demoted the verdict: the readings or the hedge,
        if the claims differ in one, else the values, else the first thing in which they differ, what
        the check expects to differ last."""
        told = next((r for r in reasons if r.dimension in ("reading", "hedge")), None)
        different = [r for r in reasons if r.relation is not Relation.EQUAL]
        different.sort(key=lambda reason: reason.dimension in apart)
        return told or cause or next(iter(different), None)

    def _strength(
        self, a: Claim, b: Claim, conflict: str, expected: Interval | None, loose: Interval | None
    ) -> Verdict:
        """How strongly the values themselves conflict, scopes aside."""
        if conflict in ("exclusive", "scope"):
            return Verdict.APPARENT if self._shared_post(a, b) else Verdict.CONTRADICTION
        left, right = self.value(a), self.value(b)
        if left is None or right is None:
            return Verdict.NONE
        if conflict == "computed":
            # As stated: arithmetic knows nothing of a share that is compared by the rest of it.
            if expected is None or a.meaning is None:
                return Verdict.NONE
            strict = a.meaning.reporting.disjoint(expected) and a.meaning.inner.disjoint(expected)
            wide = a.meaning.outer.disjoint(loose or expected)
        elif conflict == "exceeds":
            strict = right.inner.precedes(left.inner)
            wide = right.outer.precedes(left.outer)
        else:
            strict = left.inner.disjoint(right.inner)
            wide = left.outer.disjoint(right.outer) and not left.inner.touches(right.inner)
        return Verdict.CONTRADICTION if wide else Verdict.TENSION if strict else Verdict.NONE

    def _cause(
        self, a: Claim, b: Claim, conflict: str, expected: Interval | None, loose: Interval | None
    ) -> Reason | None:
        """The comparison of the values, or of the hedges, in words."""
        if conflict == "scope":
            return _hedge(a, b)
        left, right = self.value(a), self.value(b)
        if conflict == "exclusive" or left is None or right is None:
            return None
        first, second = describe_interval(left.inner, a), describe_interval(right.inner, b)
        if conflict == "computed":
            if expected is None or a.meaning is None:
                return None
            first = describe_interval(a.meaning.inner, a)
            second = f"{describe_interval(expected, a)} by calculation"
        verdict = self._strength(a, b, conflict, expected, loose)
        note = {
            Verdict.CONTRADICTION: "apart even when read loosely",
            Verdict.TENSION: "apart as a careful writer means them, but not when read loosely",
        }.get(verdict)
        relation = Relation.OVERLAPS if verdict is Verdict.NONE else Relation.DISJOINT
        return Reason("value", relation, first, second, note)

    def _shared_post(self, a: Claim, b: Claim) -> bool:
        """Whether both speak of one post that several people can hold at a time."""
        post = self.vocabulary.same(a.post)
        if post is None or post != self.vocabulary.same(b.post):
            return False
        known = self.vocabulary.posts.get(post)
        return known is None or not known.single_holder

    def force(self, claim: Claim) -> Verdict:
        """The strongest verdict that a claim can take part in by the way it is put."""
        if claim.mode is not Mode.ASSERTED:
            return Verdict.APPARENT
        readable = self.readings.get(claim.reading_of or "", frozenset()) - {claim.reading or ""}
        if claim.inferred or readable or not (claim.reviewed or self.drafts_only):
            return Verdict.TENSION
        return Verdict.CONTRADICTION

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
            limit, note = Verdict.TENSION, "a draft cannot prove a contradiction"
            if self.drafts_only:
                limit, note = Verdict.CONTRADICTION, "drafts: compare their words with the texts"
            found.append((limit, Reason("review", Relation.UNKNOWN, first, second, note)))
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

    def _fit(self, a: Claim, b: Claim, compared: Sequence[Lying]) -> bool:
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
        different = [each for each in compared if each[1] is not Relation.EQUAL]
        sums = {"area": "subject"}
        adds = {sums.get(name, name) for name in measure.additive_over} if measure else set()
        relations = {relation for _, relation in different}
        if not all(dimension in adds for dimension, _ in different) or relations - {
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

    def _agreement(self, a: Claim, b: Claim, meeting: _Meeting, ceiling: Verdict, explain: bool) -> Judgement:
        """Corroboration needs equal scopes and roots shown to be independent."""
        scope = [lie.told() for lie in self._lies(a, b)] if explain else []
        if meeting.differs:
            return Judgement(Verdict.NONE, tuple(scope))
        status, nodes = self.lineage.independence(a.iri, b.iri) if self.lineage else ("unknown", ())
        separate = a.document != b.document and not (a.restates or b.restates)
        independent = status == "independent" and not meeting.opens and separate
        verdict = (Verdict.CORROBORATION if independent else Verdict.REPETITION).capped(ceiling)
        if not explain:
            return Judgement(verdict, ())
        names = ", ".join(self.vocabulary.label(node) for node in nodes) or "not stated"
        relation, note = {
            "independent": (Relation.DISJOINT, "the sources are independent"),
            "shared": (Relation.OVERLAPS, f"both go back to {names}"),
        }.get(status, (Relation.UNKNOWN, "whether the sources are independent is unknown"))
        reason = Reason("roots", relation, self._source(a), self._source(b), note)
        return Judgement(verdict, _marked([*scope, reason], reason))

    def _source(self, claim: Claim) -> str:
        """Where a claim says it comes from: what it cites, else who makes it."""
        named = claim.sources or ((claim.speaker,) if claim.speaker else ())
        return ", ".join(self.vocabulary.label(node) for node in named) or "not stated"


Lying = tuple[str, Relation]
"""A dimension, and how it lies."""


class _Meeting(NamedTuple):
    """Two scopes side by side, as one check looks at them, without the words.

    `compared` leaves out the dimensions in which the check expects them to differ. `differs` says
    that one of them is known to differ, `opens` that one is open. `limit` is the strongest verdict
    that they allow, and `decides` the place of the dimension that makes it so.
    """

    compared: tuple[Lying, ...]
    differs: bool
    opens: bool
    limit: Verdict
    decides: int | None


def _met(lies: Iterable[Lie], apart: frozenset[str]) -> _Meeting:
    """Without a dimension that is known to differ nothing is merely apparent."""
    compared = [(place, lie) for place, lie in enumerate(lies) if lie.dimension not in apart]
    unknown = [(place, lie) for place, lie in compared if lie.relation is Relation.UNKNOWN]
    different = [p for p, lie in compared if lie.relation not in (Relation.EQUAL, Relation.UNKNOWN)]
    limit, decides = Verdict.CONTRADICTION, None
    if different:
        limit, decides = Verdict.APPARENT, different[0]
    elif unknown:
        ends = sum(2 if lie.neither else 1 for _, lie in unknown)
        limit, decides = Verdict.NONE if ends > 1 else Verdict.TENSION, unknown[0][0]
    seen = tuple((lie.dimension, lie.relation) for _, lie in compared)
    return _Meeting(seen, bool(different), bool(unknown), limit, decides)


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
