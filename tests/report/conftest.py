"""A small report that has one of everything, made by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kgcheck.model.claim import Claim, Document, Evidence, Kind, Scope
from kgcheck.model.finding import Finding, Party, Reason
from kgcheck.model.interval import Interval
from kgcheck.model.meaning import Meaning, UnitKind
from kgcheck.model.period import Period, Relation, Span
from kgcheck.model.report import ConflictGroup, QuoteProblem, Report, Violation
from kgcheck.model.verdict import Severity, Verdict
from kgcheck.model.vocabulary import Grade, Vocabulary

BASE = "https://example.org/data/"
TERM = "https://example.org/terms#"

YEAR = Span(date(2019, 4, 1), date(2020, 3, 31))


def _between(low: str, high: str) -> Interval:
    return Interval(Decimal(low), Decimal(high))


def _percent(words: str, point: str, inner: tuple[str, str], outer: tuple[str, str]) -> Meaning:
    return Meaning(
        words=words,
        kind=UnitKind.RATIO,
        point=Decimal(point),
        inner=_between(*inner),
        outer=_between(*outer),
        reporting=_between(*inner),
        granule=Decimal("0.001"),
    )


def _documents() -> dict[str, Document]:
    stories = [
        Document(
            iri=BASE + "gazette-1",
            identifier="gazette-1",
            title="Two waiting lists, one hospital",
            publisher=TERM + "gazette",
            issued=Period(Span(date(2020, 5, 4), date(2020, 5, 4)), Span(date(2020, 5, 4), date(2020, 5, 4))),
            date_basis="stated",
            address="https://gazette.example/two-waiting-lists-one-hospital",
        ),
        Document(
            iri=BASE + "trust-report",
            identifier="trust-report",
            title="Annual report of the trust",
            publisher=TERM + "trust",
            issued=Period(None, Span(date(2020, 1, 1), date(2020, 12, 31))),
            date_basis="inferred",
        ),
        Document(iri=BASE + "letter", identifier="letter", publisher=TERM + "trust"),
    ]
    return {document.iri: document for document in stories}


def _claims() -> dict[str, Claim]:
    scope = Scope(
        measure=TERM + "waiting-share",
        subject=TERM + "hospital",
        topic=TERM + "hips",
        period=Period(YEAR, YEAR, stated="year ending March 2020"),
    )
    claims = [
        Claim(
            iri=BASE + "gazette-1#share",
            kind=Kind.STATISTICAL,
            document=BASE + "gazette-1",
            evidence=Evidence("2.8% wait longer", 186, 202),
            scope=scope,
            speaker=TERM + "trust",
            stated="2.8%",
            meaning=_percent("2.8%", "0.028", ("0.0275", "0.0285"), ("0.027", "0.029")),
        ),
        Claim(
            iri=BASE + "trust-report#share",
            kind=Kind.STATISTICAL,
            document=BASE + "trust-report",
            evidence=Evidence("5.4 per cent", 40, 52),
            scope=scope,
            speaker=TERM + "trust",
            stated="5.4 per cent",
            meaning=_percent("5.4 per cent", "0.054", ("0.0535", "0.0545"), ("0.053", "0.055")),
            authoritative=True,
        ),
        Claim(
            iri=BASE + "letter#share",
            kind=Kind.STATISTICAL,
            document=BASE + "letter",
            evidence=Evidence("=2+2 \x1b[31m[bold]5.4%\u202e[/bold]\nof hips", 3, 30),
            scope=scope,
            speaker=TERM + "trust",
            stated="5.4%",
            meaning=_percent("5.4%", "0.054", ("0.0535", "0.0545"), ("0.053", "0.055")),
            reviewed=False,
            inferred=frozenset({"period"}),
            restates=(BASE + "trust-report#share",),
        ),
        Claim(
            iri=BASE + "gazette-1#grade",
            kind=Kind.GRADE,
            document=BASE + "gazette-1",
            evidence=Evidence("rated good", 300, 310),
            scope=Scope(subject=TERM + "hospital", question=TERM + "safety"),
            speaker=TERM + "gazette",
            grade=TERM + "good",
        ),
        Claim(
            iri=BASE + "trust-report#grade",
            kind=Kind.GRADE,
            document=BASE + "trust-report",
            evidence=Evidence("requires improvement", 410, 430),
            scope=Scope(subject=TERM + "hospital", question=TERM + "safety"),
            speaker=TERM + "trust",
            grade=TERM + "requires-improvement",
        ),
    ]
    return {claim.iri: claim for claim in claims}


def _vocabulary() -> Vocabulary:
    return Vocabulary(
        labels={
            TERM + "gazette": "The Gazette",
            TERM + "trust": "Example Hospitals Trust",
            TERM + "hospital": "Example Hospital",
            TERM + "hips": "hip replacements",
            TERM + "waiting-share": "share waiting over a year",
            TERM + "safety": "Is it safe?",
        },
        grades={
            TERM + "good": Grade(TERM + "good", TERM + "grades", "good", 3),
            TERM + "requires-improvement": Grade(
                TERM + "requires-improvement", TERM + "grades", "requires improvement", 2
            ),
        },
    )


def _findings(claims: dict[str, Claim]) -> tuple[Finding, ...]:
    share = [claims[BASE + name] for name in ("gazette-1#share", "trust-report#share", "letter#share")]
    grade = [claims[BASE + name] for name in ("gazette-1#grade", "trust-report#grade")]
    equal = [
        Reason(name, Relation.EQUAL, label, label)
        for name, label in (("measure", "share waiting over a year"), ("subject", "Example Hospital"))
    ]
    conflict = Finding(
        id="a1b2c3d4e5f6",
        fingerprint="f1",
        check="value-conflict",
        block="urn:block:1",
        verdict=Verdict.CONTRADICTION,
        severity=Severity.ERROR,
        message="Two values are given for the share waiting over a year at Example Hospital.",
        reasons=(
            *equal,
            Reason(
                "period",
                Relation.EQUAL,
                "April 2019 to March 2020",
                "April 2019 to March 2020",
                "the same year",
            ),
            Reason(
                "value",
                Relation.DISJOINT,
                "2.8%: 2.75 to 2.85%",
                "5.4%: 5.35 to 5.45%",
                "the loosest readings do not meet",
                decides=True,
            ),
        ),
        innocent="One figure may count patients, the other operations.",
        settle="Table 4 of the trust's annual report, or the national waiting-time release for 2019/20.",
        question="Which list does each figure count, and on which day was it taken?",
        parties=(Party(share[0], 1), Party(share[1], 2), Party(share[2], 2)),
        also=("headline-differs",),
        nearest=BASE + "trust-report#share",
        roots=2,
    )
    tension = Finding(
        id="b2c3d4e5f6a1",
        fingerprint="f2",
        check="grade-conflict",
        block="urn:block:2",
        verdict=Verdict.TENSION,
        severity=Severity.WARNING,
        message="Two grades are given for one question, and the inspection is not stated.",
        reasons=(
            Reason(
                "inspection",
                Relation.UNKNOWN,
                "not stated",
                "not stated",
                "either may be meant",
                decides=True,
            ),
            Reason("grade", Relation.DISJOINT, "good", "requires improvement"),
        ),
        innocent="The grades may come from two inspections.",
        settle="The inspection report that each of them cites.",
        question="Which inspection gave this grade?",
        parties=(Party(grade[0], None, "later"), Party(grade[1], None, "earlier")),
        context=(BASE + "letter#share",),
    )
    apparent = Finding(
        id="c3d4e5f6a1b2",
        fingerprint="f3",
        check="value-conflict",
        block="urn:block:3",
        verdict=Verdict.APPARENT,
        severity=Severity.NOTE,
        message="The values speak of different years.",
        reasons=(Reason("period", Relation.DISJOINT, "2019", "2020", "other year", decides=True),),
        innocent="Another year.",
        settle="Nothing: they cannot be compared.",
        question="",
        parties=(Party(share[0], 1), Party(share[1], 2)),
    )
    repetition = Finding(
        id="d4e5f6a1b2c3",
        fingerprint="f4",
        check="single-root",
        block="urn:block:1",
        verdict=Verdict.REPETITION,
        severity=Severity.NOTE,
        message="Two statements go back to one root.",
        reasons=(),
        innocent="A letter may well quote the report.",
        settle="Nothing to settle.",
        question="",
        parties=(Party(share[1], 1), Party(share[2], 1)),
        roots=1,
    )
    return repetition, apparent, tension, conflict


@pytest.fixture
def report() -> Report:
    """Three documents, five claims, four findings, a violation, a group and a differing quote."""
    claims = _claims()
    return Report(
        documents=_documents(),
        claims=claims,
        vocabulary=_vocabulary(),
        findings=_findings(claims),
        violations=(
            Violation(
                severity="Violation",
                focus=BASE + "letter#broken",
                path=TERM + "period",
                message="The period ends before it starts.",
                shape=TERM + "PeriodShape",
                value="2019-01-01",
            ),
        ),
        incomplete=(BASE + "letter#broken",),
        groups=(
            ConflictGroup(
                claims=(BASE + "gazette-1#share", BASE + "trust-report#share", BASE + "gazette-1#grade"),
                findings=("a1b2c3d4e5f6", "b2c3d4e5f6a1"),
                settled_by=(BASE + "gazette-1#share",),
                exact=True,
            ),
        ),
        quotes=(
            QuoteProblem(
                claim=BASE + "letter#share",
                document=BASE + "letter",
                quote="5.4%",
                status="altered",
                found="5.5%",
                start=3,
                diff="- 5.4%\n+ 5.5%",
            ),
        ),
        quotes_verified=4,
        checks=("grade-conflict", "single-root", "value-conflict"),
    )
