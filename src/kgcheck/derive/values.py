"""Blocks of claims that have a number and a measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from kgcheck.derive.blocks import (
    ANY,
    Membership,
    ancestors,
    concept_token,
    judgeable,
    key_of,
    period_token,
    subject_token,
)
from kgcheck.derive.containment import greatest_contained, tilings
from kgcheck.model.claim import Claim, Kind
from kgcheck.model.meaning import UnitKind
from kgcheck.model.period import Period, Span
from kgcheck.model.vocabulary import Measure, Vocabulary
from kgcheck.semantics.comparable import Comparable, canonical_measure, comparable

EXCEPT = ("Subject", "Topic", "Period", "Population", "Method")
VALUED = (Kind.STATISTICAL, Kind.TREND, Kind.RANK, Kind.PROPOSITION)


@dataclass(frozen=True, slots=True)
class Value:
    """A claim that has a comparable value, with the tokens of its scope."""

    claim: Claim
    comparable: Comparable
    measure: Measure | None
    tokens: Mapping[str, str]

    def key(self, family: str, **changed: str) -> str:
        """The block key of these tokens, some of them replaced."""
        of = {**self.tokens, **changed} if changed else self.tokens
        scope = (
            f"{of['Measure']}|{of['Subject']}|{of['Topic']}|{of['Period']}|{of['Population']}|{of['Method']}"
        )
        return f"{family}|{scope}"


def values(claims: Iterable[Claim], vocabulary: Vocabulary) -> list[Value]:
    """Every claim that can meet others by its number."""
    found = []
    for claim in claims:
        if claim.kind not in VALUED or not judgeable(claim):
            continue
        value = comparable(claim, vocabulary)
        if value is not None:
            found.append(_value(claim, value, vocabulary))
    return found


def _value(claim: Claim, value: Comparable, vocabulary: Vocabulary) -> Value:
    measure = vocabulary.measures.get(claim.scope.measure or value.measure)
    requires = measure.requires if measure else frozenset({"period"})
    scope, document = claim.scope, claim.document
    tokens = {
        "Measure": f"{value.name}:{value.measure}",
        "Subject": subject_token(claim, vocabulary, needed=bool(requires & {"area", "subject"})),
        "Topic": concept_token(scope.topic, vocabulary, document, needed="topic" in requires),
        "Period": period_token(scope.period, document, needed="period" in requires),
        "Population": concept_token(scope.population, vocabulary, document),
        "Method": concept_token(scope.method, vocabulary, document),
    }
    if claim.kind is Kind.TREND and claim.compared_to is not None:
        tokens["Period"] += f" against {period_token(claim.compared_to, document)}"
    return Value(claim, value, measure, tokens)


def value_blocks(found: list[Value], vocabulary: Vocabulary) -> Iterator[Membership]:
    """All blocks in which numbers meet."""
    yield from _scopes(found, vocabulary)
    yield from _kin(found)
    yield from _parts(found, vocabulary)
    yield from _periods(found)
    yield from _bounds(found, vocabulary)
    yield from _rankings(found, vocabulary)
    yield from _counts_and_rates(found)


def _scopes(found: list[Value], vocabulary: Vocabulary) -> Iterator[Membership]:
    """The same scope, and the same scope but for one dimension."""
    for value in found:
        iri, scope = value.claim.iri, value.key("scope")
        yield Membership(iri, "Same", scope)
        if speaker := vocabulary.same(value.claim.speaker):
            yield Membership(iri, "Speaker", f"{scope}|{speaker}", (scope,))
        for dimension in EXCEPT:
            yield Membership(iri, f"Except{dimension}", value.key("scope", **{dimension: ANY}))


def _kin(found: list[Value]) -> Iterator[Membership]:
    """Levels of kindred measures, in the same kind of unit, about one subject."""
    for value in found:
        measure = value.measure
        if value.comparable.name != "level" or measure is None or value.claim.kind is Kind.PROPOSITION:
            continue
        if measure.family is not None:
            key = key_of("kin", measure.family, measure.kind.value, value.tokens["Subject"])
            yield Membership(value.claim.iri, "Kin", key)


def _parts(found: list[Value], vocabulary: Vocabulary) -> Iterator[Membership]:
    """Part and whole, in counts that add up and in shares that are averages of their parts."""
    keys: dict[str, list[Value]] = defaultdict(list)
    for value in found:
        if value.comparable.name == "level":
            keys[value.key("scope")].append(value)
    wholes: set[str] = set()
    for value in found:
        for role, dimension, whole in whole_scopes(value, vocabulary):
            if whole in keys:
                key = f"{dimension}|{whole}"
                yield Membership(value.claim.iri, f"{role}Part", key, (whole,))
                if key not in wholes:
                    wholes.add(key)
                    for other in keys[whole]:
                        yield Membership(other.claim.iri, f"{role}Whole", key, (whole,))


def whole_scopes(value: Value, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """The scopes of which this value's is a part: what kind of part, in which dimension, and the key."""
    measure = value.measure
    if value.comparable.name != "level" or measure is None or value.claim.kind is Kind.PROPOSITION:
        return
    for dimension, name in (("Topic", "topic"), ("Subject", "area")):
        concept = value.tokens[dimension]
        if name in measure.additive_over or (name == "area" and "subject" in measure.additive_over):
            role, above = "", set(ancestors(concept, vocabulary))
        elif measure.kind is UnitKind.RATIO:
            role = "Share"
            above = set(ancestors(concept, vocabulary)) | set(vocabulary.broader.get(concept, ()))
        else:
            continue
        for ancestor in sorted(above):
            yield role, dimension, value.key("scope", **{dimension: ancestor})


def _periods(found: list[Value]) -> Iterator[Membership]:
    """Counts that add up over time: the greatest part meets the whole, and tiles meet their sum."""
    groups: dict[str, list[Value]] = defaultdict(list)
    for value in found:
        additive = value.measure is not None and "period" in value.measure.additive_over
        if value.comparable.name == "level" and additive and value.claim.scope.period.certain:
            groups[value.key("scope", Period=ANY)].append(value)
    for anytime, group in groups.items():
        spans = {v.claim.iri: v.claim.scope.period.hull for v in group if v.claim.scope.period.hull}
        lower = {v.claim.iri: v.comparable.inner.lower for v in group}
        token = {v.claim.iri: v.tokens["Period"] for v in group}
        key = {v.claim.iri: v.key("scope") for v in group}
        for whole, part in greatest_contained(spans, lower):
            yield Membership(whole, "Whole", f"Period|{key[whole]}", (anytime,))
            yield Membership(part, "Part", f"Period|{key[whole]}", (anytime,))
        by_document: dict[str, dict[str, Span]] = defaultdict(dict)
        for value in group:
            by_document[value.claim.document][value.claim.iri] = spans[value.claim.iri]
        for document, own in by_document.items():
            for whole, tiles in tilings(own):
                name = key_of("tiling", document, key[whole], *(token[tile] for tile in tiles))
                yield Membership(whole, "Total", name, (anytime,))
                for tile in tiles:
                    yield Membership(tile, "Tile", name, (anytime,))


def _bounds(found: list[Value], vocabulary: Vocabulary) -> Iterator[Membership]:
    """A measure that can never exceed another one of the same scope."""
    for value in found:
        measure = vocabulary.measures.get(value.comparable.measure)
        if value.comparable.name != "level" or measure is None:
            continue
        if measure.bounds:
            yield Membership(value.claim.iri, "BoundUpper", value.key("bound"))
        for bound in sorted(measure.bounded_by):
            yield Membership(value.claim.iri, "BoundLower", value.key("bound", Measure=f"level:{bound}"))


def _rankings(found: list[Value], vocabulary: Vocabulary) -> Iterator[Membership]:
    """Positions in one ranking, and the values that are ranked.

    Only subjects that are part of the same wholes are ranked against one another.
    """
    for value in found:
        tokens = value.tokens
        scope = (value.comparable.measure, tokens["Topic"], tokens["Period"], tokens["Method"])
        wholes = " ".join(ancestors(tokens["Subject"], vocabulary))
        ranked = key_of("ranked", canonical_measure(scope[0], vocabulary), *scope[1:], wholes)
        if value.claim.kind is Kind.RANK:
            population = tokens["Population"]
            yield Membership(value.claim.iri, "Ranking", key_of("ranking", *scope, population))
            yield Membership(value.claim.iri, "Ranked", ranked)
            for topic in value.claim.topics if value.claim.scope.population else ():
                key = key_of("coverage", value.claim.scope.population, topic)
                yield Membership(value.claim.iri, "Ranks", key)
        elif value.comparable.name == "level" and value.claim.kind is Kind.STATISTICAL:
            yield Membership(value.claim.iri, "RankedValue", ranked)
            if value.measure is not None and value.measure.coverage_of:
                for topic in value.claim.topics:
                    key = key_of("coverage", value.measure.coverage_of, topic)
                    yield Membership(value.claim.iri, "Coverage", key)


def _counts_and_rates(found: list[Value]) -> Iterator[Membership]:
    """A count and the rate of it, told of one subject in one document."""
    for value in found:
        measure = value.measure
        if measure is None or value.claim.kind is Kind.PROPOSITION:
            continue
        scope = (value.claim.document, value.tokens["Subject"], value.tokens["Topic"])
        if value.claim.kind is Kind.RANK:
            yield Membership(value.claim.iri, "CountRank", key_of("count and rate", *scope, measure.iri))
        elif value.comparable.name == "level":
            yield Membership(value.claim.iri, "CountLevel", key_of("count and rate", *scope, measure.iri))
            if measure.count is not None:
                yield Membership(value.claim.iri, "Rate", key_of("count and rate", *scope, measure.count))


def trend_blocks(claims: Iterable[Claim], found: list[Value], vocabulary: Vocabulary) -> Iterator[Membership]:
    """A stated direction, and the levels at both ends of it."""
    levels: dict[str, list[str]] = defaultdict(list)
    for value in found:
        if value.comparable.name == "level" and value.claim.kind is Kind.STATISTICAL:
            levels[value.key("scope")].append(value.claim.iri)
    told: set[str] = set()
    for claim in claims:
        ends = trend_ends(claim, vocabulary)
        if ends is None or not all(levels.get(end) for end in ends):
            continue
        now, then = ends
        key = key_of("trend", now, then)
        yield Membership(claim.iri, "Trend", key, ends)
        if key not in told:
            told.add(key)
            yield from (Membership(level, "TrendNow", key, ends) for level in levels[now])
            yield from (Membership(level, "TrendBase", key, ends) for level in levels[then])


def trend_ends(claim: Claim, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The scopes of the levels now and then that a trend compares; None for what is no such trend."""
    if claim.kind is not Kind.TREND or not judgeable(claim) or claim.scope.measure is None:
        return None
    base = claim.compared_to or _year_before(claim.scope.period)
    if base is None or not claim.scope.period.certain:
        return None
    scope, document = claim.scope, claim.document
    tokens = [
        f"level:{canonical_measure(claim.scope.measure, vocabulary)}",
        subject_token(claim, vocabulary, needed=False),
        concept_token(scope.topic, vocabulary, document),
    ]
    rest = [
        concept_token(scope.population, vocabulary, document),
        concept_token(scope.method, vocabulary, document),
    ]
    now = key_of("scope", *tokens, period_token(scope.period, document), *rest)
    return now, key_of("scope", *tokens, period_token(base, document), *rest)


def _year_before(period: Period) -> Period | None:
    """The same days one year earlier, for a trend that names no base."""
    if not period.certain or period.hull is None:
        return None
    try:
        start = period.hull.start.replace(year=period.hull.start.year - 1)
        after = period.hull.end + timedelta(days=1)
        end = after.replace(year=after.year - 1) - timedelta(days=1)
    except ValueError:
        return None
    return Period(core=Span(start, end), hull=Span(start, end))
