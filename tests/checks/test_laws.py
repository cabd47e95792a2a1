"""Laws that hold whatever the claims are."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kgcheck.engines import local
from kgcheck.findings.gate import Gate
from kgcheck.findings.rows import Row
from kgcheck.findings.sides import interval_sides
from kgcheck.model.finding import Finding
from kgcheck.model.interval import Interval
from kgcheck.model.period import Period, Relation, Span
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict

Run = Callable[..., Report]

PREFIXES = """\
@base <https://example.org/press/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix kgc: <https://w3id.org/kgcheck/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix t: <https://example.org/town#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


# Claims ##########################################################################################


@dataclass(frozen=True)
class Drawn:
    """A claim as drawn: the words of its statement, what it is about, and how it is put."""

    document: str
    kind: str
    says: tuple[str, ...]
    quote: str

    def triples(self, name: str) -> list[str]:
        """Its statements, one a line; evidence is told apart by its name, as a parser would."""
        claim, document = f"<{self.document}#{name}>", f"<{self.document}>"
        said = [f"a kgc:{self.kind}", f"kgc:inDocument {document}", f"kgc:evidence _:e{name}", *self.says]
        return [
            *(f"{claim} {what} ." for what in said),
            f"_:e{name} oa:hasSource {document} .",
            f"_:e{name} oa:hasSelector _:s{name} .",
            f'_:s{name} oa:exact "{self.quote}" .',
        ]


DOCUMENTS = {"gazette": "2021-02-01", "herald": "2021-03-01", "echo": "2020-11-01"}
YEARS = {
    year: f'kgc:periodStart "{year}-01-01"^^xsd:date ; kgc:periodEnd "{year}-12-31"^^xsd:date'
    for year in (2018, 2019, 2020)
}
PUT = st.sampled_from(
    [
        (),
        (),
        (),
        ('kgc:mode "alleged"',),
        ('kgc:mode "opinion"',),
        ('kgc:status "draft"',),
        ("kgc:inferredDimension kgc:period",),
        ('kgc:vintage "first release"',),
    ]
)
SOURCES = st.sampled_from(
    [(), (), ("prov:hadPrimarySource <echo>",), ("prov:hadPrimarySource t:exam-report",)]
)
SPEAKERS = st.sampled_from(["t:ann", "t:ben", "t:ben-birch"]).map(lambda who: f"prov:wasAttributedTo {who}")
PERIODS = st.sampled_from([(), *((words,) for words in YEARS.values()), ('kgc:periodEdtf "2019~"',)])


@dataclass(frozen=True)
class Topic:
    """What several claims of a graph speak of: their kind, their scope, and what they may say of it."""

    kind: str
    scope: tuple[str, ...]
    values: tuple[str, ...]


def scoped(**names: str) -> tuple[str, ...]:
    return tuple(f"kgc:{dimension} t:{name}" for dimension, name in names.items())


def valued(*words: str) -> tuple[str, ...]:
    return tuple(f'kgc:statedValue "{value}"' for value in words)


SHARES = valued("41%", "41.4%", "41.6%", "about 40%", "57%", "59%", "more than 57%")
COUNTS = valued("412", "1,412", "about 400", "498", "17", "at least 412")
GRADES = scoped(grade="good"), scoped(grade="fair"), scoped(grade="poor"), scoped(grade="new-good")
TOPICS = {
    "shares": [
        Topic("StatisticalClaim", scoped(measure=measure, subject="hill", topic=topic), SHARES)
        for measure in ("pass-rate", "fail-rate", "distinction-rate")
        for topic in ("sciences", "physics")
    ],
    "shares and their rest": [
        Topic("StatisticalClaim", scoped(measure=measure, subject="hill", topic="physics"), SHARES)
        for measure in ("pass-rate", "fail-rate")
    ],
    "counts": [
        Topic("StatisticalClaim", scoped(measure=measure, area=area), COUNTS)
        for measure in ("patients", "admissions")
        for area in ("north", "shire")
    ],
    "grades": [
        Topic("GradeClaim", (*scoped(question=question, subject="hill"), *inspection), sum(GRADES, ()))
        for question in ("q-overall", "q-teaching")
        for inspection in ((), scoped(inspection="hill-2018"), scoped(inspection="hill-2019"))
    ],
    "statements": [
        Topic(
            "PropositionClaim",
            scoped(subject="hill", topic="buildings"),
            tuple(
                f"kgc:{verb} t:{what}" for verb in ("asserts", "denies") for what in ("p-safe", "p-unsafe")
            ),
        )
    ],
}


@st.composite
def graphs(draw: st.DrawFn, *families: str) -> list[Drawn]:
    """Claims about one or two topics in one or two periods, so that many of them meet."""
    topics = [topic for family in families or TOPICS for topic in TOPICS[family]]
    chosen = draw(st.lists(st.sampled_from(topics), min_size=1, max_size=2))
    periods = draw(st.lists(PERIODS, min_size=1, max_size=2))
    claims = []
    for _ in range(draw(st.integers(2, 8))):
        topic = draw(st.sampled_from(chosen))
        document = draw(st.sampled_from(sorted(DOCUMENTS)))
        sources = () if document == "echo" else draw(SOURCES)
        says = draw(st.sampled_from(topic.values)), *topic.scope, draw(SPEAKERS), *sources
        put = (*says, *draw(st.sampled_from(periods)), *draw(PUT))
        claims.append(Drawn(document, topic.kind, put, "as quoted"))
    return claims


def about(document: str) -> list[str]:
    said = (
        "a kgc:Document",
        f'dct:identifier "{document}"',
        f"dct:publisher t:{document}",
        f'dct:issued "{DOCUMENTS.get(document, "2021-04-01")}"^^xsd:date',
    )
    return [f"<{document}> {what} ." for what in said]


def parts(graph: Sequence[Drawn]) -> list[list[str]]:
    """The statements of a graph in parts that a file may hold by themselves: documents, claims."""
    documents = sorted({claim.document for claim in graph})
    claims = [claim.triples(f"c{number}") for number, claim in enumerate(graph)]
    return [*map(about, documents), *claims]


def written(folder: Path, files: Sequence[Sequence[str]]) -> list[Path]:
    paths = []
    for number, lines in enumerate(files):
        path = folder / f"{number}.ttl"
        path.write_text(PREFIXES + "\n".join(lines) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def plain(graph: Sequence[Drawn], folder: Path) -> list[Path]:
    return written(folder, [list(itertools.chain.from_iterable(parts(graph)))])


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    return lambda: tmp_path_factory.mktemp("graph")


def said(report: Report) -> object:
    """Everything that a reader sees of a report."""
    return report.findings, report.violations, report.incomplete, report.groups


SUPPRESSED = [HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much]


def law(examples: int) -> Any:
    return settings(
        max_examples=examples, suppress_health_check=[*settings().suppress_health_check, *SUPPRESSED]
    )


# Findings ########################################################################################


@given(graph=graphs(), seed=st.integers(0, 1000))
@law(12)
def test_how_it_is_written_changes_nothing(
    graph: list[Drawn], seed: int, run: Run, folder: Callable[[], Path]
) -> None:
    """Order of statements, names of blank nodes, cuts into files, files loaded twice."""
    source = random.Random(seed)
    pieces = [source.sample(piece, len(piece)) for piece in parts(graph)]
    pieces += source.sample(pieces, 1)
    names = source.sample(range(len(graph)), len(graph))
    pieces = [[renamed(line, names) for line in piece] for piece in source.sample(pieces, len(pieces))]
    files: list[list[str]] = [[] for _ in range(source.randrange(1, 4))]
    for piece in pieces:
        files[source.randrange(len(files))] += piece
    other = written(folder(), [lines for lines in files if lines])
    assert said(run(other)) == said(run(plain(graph, folder())))


def renamed(line: str, names: Sequence[int]) -> str:
    """Other names for the blank nodes of a line, the same in all lines."""
    for number, name in enumerate(names):
        for letter, new in (("e", "x"), ("s", "y")):
            line = line.replace(f"_:{letter}c{number} ", f"_:{new}{name} ")
    return line


@given(graph=graphs(), data=st.data())
@law(12)
def test_compare_agrees_with_check(
    graph: list[Drawn], data: st.DataObject, run: Run, folder: Callable[[], Path]
) -> None:
    paths = plain(graph, folder())
    report = run(paths)
    assume(len(report.claims) > 1)
    pairs = list(itertools.combinations(sorted(report.claims), 2))
    a, b = data.draw(st.sampled_from(pairs))
    apart = [finding.verdict for finding in report.findings if stand_apart(finding, a, b)]
    strongest = min(apart, key=lambda verdict: verdict.rank, default=Verdict.NONE)
    there, back = local.compare_claims(a, b, paths), local.compare_claims(b, a, paths)
    assert there.verdict is back.verdict is strongest


def stand_apart(finding: Finding, a: str, b: str) -> bool:
    """Whether two claims stand against each other in a finding; in an agreement, beside each other."""
    sides = {party.claim.iri: party.side for party in finding.parties}
    if not {a, b} <= set(sides):
        return False
    if finding.verdict in (Verdict.CORROBORATION, Verdict.REPETITION):
        return True
    return sides[a] is None or sides[a] != sides[b]


@pytest.mark.parametrize(
    ("check", "family"),
    [
        ("value-conflict", "counts"),
        ("complement-mismatch", "shares and their rest"),
        ("scope-unstated", "counts"),
        ("grade-conflict", "grades"),
        ("polarity-conflict", "statements"),
    ],
)
@given(data=st.data())
@law(12)
def test_one_more_voice_for_a_side_keeps_the_finding(
    check: str, family: str, data: st.DataObject, run: Run, folder: Callable[[], Path]
) -> None:
    """Somebody else says what one of the claims says: in a document of its own, or where the time is
    left open, in the same document, for elsewhere it could be another time."""
    graph = data.draw(graphs(family))
    before = run(plain(graph, folder()), select=[check]).findings
    assume(before)
    finding = data.draw(st.sampled_from(before))
    party = data.draw(st.sampled_from(finding.parties))
    original = graph[int(party.claim.iri.rpartition("#c")[2])]
    certain = any("kgc:periodStart" in what or "kgc:inspection" in what for what in original.says)
    voice = replace(original, document="courier" if certain else original.document)
    after = run(plain([*graph, voice], folder()), select=[check]).findings
    assert finding.id in {each.id for each in after}


@given(graph=graphs())
@law(40)
def test_gate_is_symmetric(graph: list[Drawn], run: Run, folder: Callable[[], Path]) -> None:
    report = run(plain(graph, folder()), select=["value-conflict"])
    gate = Gate(report.vocabulary)
    for a, b in itertools.combinations(report.claims.values(), 2):
        for conflict in ("disjoint", "exclusive", "scope", "agree"):
            for ceiling in (Verdict.CONTRADICTION, Verdict.TENSION, Verdict.APPARENT):
                there = gate.judge(a, b, ceiling=ceiling, conflict=conflict)
                back = gate.judge(b, a, ceiling=ceiling, conflict=conflict)
                assert there.verdict is back.verdict
                assert there.verdict.rank >= ceiling.rank


@given(graph=graphs())
@law(15)
def test_findings_are_in_order(graph: list[Drawn], run: Run, folder: Callable[[], Path]) -> None:
    """Ids are unique; a claim stands on one side of a finding, or between; reasons decide once."""
    report = run(plain(graph, folder()))
    assert len({finding.id for finding in report.findings}) == len(report.findings)
    ranks = [finding.verdict.rank for finding in report.findings]
    assert ranks == sorted(ranks)
    for finding in report.findings:
        claims = [party.claim.iri for party in finding.parties]
        assert len(claims) == len(set(claims))
        assert not set(claims) & set(finding.context)
        assert sum(reason.decides for reason in finding.reasons) <= 1
        assert "{" not in finding.message + finding.innocent + finding.settle + finding.question


# Sides ###########################################################################################

NUMBERS = st.integers(-20, 20).map(lambda number: Decimal(number) / 2)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    if low == high:
        return Interval(low, high)
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


@given(found=st.lists(intervals(), max_size=14), seed=st.integers(0, 1000))
def test_sides_are_apart_and_each_side_is_together(found: list[Interval], seed: int) -> None:
    known = {f"c{number:02}": interval for number, interval in enumerate(found)}
    rows = [Row("block", name) for name in known]
    sides, between = interval_sides(rows, known)
    placed = [row.claim for side in sides for row in side]
    assert sorted(placed + between) == sorted(known)
    for one, other in itertools.combinations(sides, 2):
        assert all(known[a.claim].disjoint(known[b.claim]) for a in one for b in other)
    for side in sides:
        assert not any(known[a.claim].disjoint(known[b.claim]) for a, b in itertools.combinations(side, 2))
    shuffled = random.Random(seed).sample(rows, len(rows))
    assert interval_sides(shuffled, known) == (sides, between)


@given(found=st.lists(intervals(), min_size=1, max_size=10))
def test_there_are_as_many_sides_as_values_that_exclude_each_other(found: list[Interval]) -> None:
    """The greatest number of intervals that are pairwise disjoint (the greedy chain is optimal)."""
    known = {f"c{number}": interval for number, interval in enumerate(found)}
    sides, _ = interval_sides([Row("block", name) for name in known], known)
    most = max(
        size
        for size in range(1, len(found) + 1)
        for chosen in itertools.combinations(found, size)
        if all(a.disjoint(b) for a, b in itertools.combinations(chosen, 2))
    )
    assert len(sides) == most


# Intervals and periods ###########################################################################


@given(a=intervals(), b=intervals())
def test_two_intervals_see_each_other_alike(a: Interval, b: Interval) -> None:
    assert a.disjoint(b) is b.disjoint(a)
    assert a.touches(b) is b.touches(a)
    assert a.disjoint(b) is (a.precedes(b) or b.precedes(a))
    assert not (a.precedes(b) and b.precedes(a))
    assert not a.touches(b) or a.disjoint(b)
    assert a.hull(b) == b.hull(a)
    assert a.within(a.hull(b))
    assert b.within(a.hull(b))
    assert (a.within(b) and b.within(a)) is (a == b)
    assert not (a.within(b) and a.disjoint(b))


@given(a=intervals(), b=intervals(), number=NUMBERS)
def test_intervals_hold_numbers(a: Interval, b: Interval, number: Decimal) -> None:
    assert not (a.within(b) and a.holds(number)) or b.holds(number)
    assert not (a.disjoint(b) and a.holds(number)) or not b.holds(number)
    assert a.holds(number) is a.complement().holds(1 - number)
    assert a.holds(number) is a.scaled(Decimal(-2)).holds(-2 * number)


@given(a=intervals(), b=intervals())
def test_turning_intervals_keeps_what_lies_apart(a: Interval, b: Interval) -> None:
    assert a.complement().complement() == a
    assert a.complement().disjoint(b.complement()) is a.disjoint(b)
    assert a.complement().precedes(b.complement()) is b.precedes(a)
    assert a.scaled(Decimal(-3)).touches(b.scaled(Decimal(-3))) is a.touches(b)


DAYS = st.integers(0, 40).map(lambda days: date(2020, 1, 1) + timedelta(days))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    return Span(*sorted((draw(DAYS), draw(DAYS))))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    if draw(st.booleans()):
        hull = draw(spans())
        core = draw(st.sampled_from([hull, None, Span(hull.start, hull.start)]))
        return Period(core=core, hull=hull)
    return Period(not_after=draw(st.none() | DAYS))


MIRRORED = {Relation.NARROWER: Relation.BROADER, Relation.BROADER: Relation.NARROWER}


@given(a=spans(), b=spans())
def test_spans_see_each_other_mirrored(a: Span, b: Span) -> None:
    assert b.relation(a) is MIRRORED.get(a.relation(b), a.relation(b))
    assert (a.relation(b) is Relation.EQUAL) is (a == b)


@given(a=periods(), b=periods())
def test_periods_see_each_other_mirrored(a: Period, b: Period) -> None:
    assert b.relation(a) is MIRRORED.get(a.relation(b), a.relation(b))


@given(a=periods(), b=periods())
def test_only_certain_periods_are_more_than_apart_or_unknown(a: Period, b: Period) -> None:
    if not (a.certain and b.certain):
        assert a.relation(b) in (Relation.DISJOINT, Relation.UNKNOWN)
