"""A small corpus, made up for these tests: two outlets, one office, waiting times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest

from kgcheck.model.claim import Claim, Document, Evidence, Kind, Scope
from kgcheck.model.finding import Finding, Party, Reason
from kgcheck.model.interval import Interval
from kgcheck.model.meaning import Meaning, UnitKind
from kgcheck.model.period import Period, Relation, Span
from kgcheck.model.report import ConflictGroup, Report
from kgcheck.model.verdict import Severity, Verdict
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import DERIVED, PREFIXES, kgc
from kgcheck.store import Store

BASE = "https://example.org/data/"
ORG = PREFIXES["org"] + "Organization"

DOCUMENTS = """
<{base}d1> a kgc:Document ; dct:identifier "d1" ; dct:title "Waits are down" ; dct:publisher <{base}gazette> ;
    dct:issued "2021-03-04"^^xsd:date ; kgc:textLength 400 .
<{base}d1#c1> a kgc:StatisticalClaim ; kgc:inDocument <{base}d1> ; kgc:statedValue "12%" ;
    kgc:measure wait:late-share ; prov:wasAttributedTo <{base}trust> ; prov:hadPrimarySource <{base}release> .
<{base}d1#c2> a kgc:StatisticalClaim ; kgc:inDocument <{base}d1> ; kgc:statedValue "about 12%" ;
    kgc:restates <{base}d1#c1> ; kgc:isHeadline true .
<{base}release> a kgc:Source ; prov:wasAttributedTo <{base}office> .
"""
OTHER = """
<{base}d2> a kgc:Document ; dct:identifier "d2" ; dct:title "Temps d’attente"@fr ;
    dct:publisher <{base}office> .
<{base}d2#c3> a kgc:StatisticalClaim ; kgc:inDocument <{base}d2> ; kgc:statedValue "19%" ;
    kgc:measure wait:late-share .
"""
ONTOLOGY = """
<https://example.org/wait> a owl:Ontology .
wait:late-share a kgc:Measure ; skos:prefLabel "share of late starts"@en ; skos:broader wait:punctuality .
wait:punctuality a kgc:MeasureFamily ; skos:prefLabel "punctuality"@en .
wait:unused a kgc:Measure ; skos:prefLabel "never spoken of"@en .
"""
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
HEAD += "@prefix wait: <https://example.org/wait#> .\n"


@dataclass(frozen=True)
class Corpus:
    """What an export takes, and how much of it there is."""

    report: Report
    store: Store
    told: int
    used: int


def fill(store: Store, graph: str, text: str) -> int:
    quads = [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph))
        for quad in ox.parse(HEAD + text.replace("{base}", BASE), format=ox.RdfFormat.TURTLE)
    ]
    store.raw.extend(quads)
    return len(quads)


def day(text: str) -> Period:
    span = Span(date.fromisoformat(text), date.fromisoformat(text))
    return Period(core=span, hull=span, stated=text)


def percent(words: str, low: str, high: str) -> Meaning:
    interval = Interval(Decimal(low), Decimal(high))
    return Meaning(words, UnitKind.RATIO, Decimal(low), interval, interval, interval, Decimal("0.01"))


def make_claim(name: str, document: str, quote: str, **fields: object) -> Claim:
    scope = Scope(
        measure="https://example.org/wait#late-share", subject=f"{BASE}trust", period=day("2020-12-31")
    )
    return Claim(
        iri=f"{BASE}{document}#{name}",
        kind=Kind.STATISTICAL,
        document=f"{BASE}{document}",
        evidence=Evidence(quote, 10, 10 + len(quote)),
        scope=scope,
        stated=quote,
        **fields,  # type: ignore[arg-type]
    )


def make_finding(name: str, verdict: Verdict, parties: list[Party]) -> Finding:
    return Finding(
        id=name,
        fingerprint=f"print-{name}",
        check="value-conflict",
        block=f"urn:kgcheck:block:{name}",
        verdict=verdict,
        severity=Severity.ERROR,
        message="These statements, as worded, cannot both hold.",
        reasons=(
            Reason("period", Relation.EQUAL, "2020", "2020"),
            Reason("value", Relation.DISJOINT, "12%", "19%", note="no common value", decides=True),
        ),
        innocent="One may count another group of patients.",
        settle="The table behind the release.",
        question="Which patients are counted?",
        parties=tuple(parties),
        also=("headline-differs",),
        nearest=parties[-1].claim.iri,
        roots=2,
    )


def make_report(quote: str = "12%") -> Report:
    documents = {
        f"{BASE}d1": Document(
            f"{BASE}d1",
            "d1",
            title="Waits are down",
            publisher=f"{BASE}gazette",
            issued=day("2021-03-04"),
            date_basis="stated",
            address="https://example.org/waits",
        ),
        f"{BASE}d2": Document(f"{BASE}d2", "d2", publisher=f"{BASE}office", date_basis="unknown"),
    }
    c1 = make_claim(
        "c1",
        "d1",
        quote,
        speaker=f"{BASE}trust",
        sources=(f"{BASE}release",),
        meaning=percent("12%", "0.115", "0.125"),
    )
    c2 = make_claim("c2", "d1", "about 12%", restates=(c1.iri,), headline=True, reviewed=False)
    c3 = make_claim("c3", "d2", "19%", speaker=f"{BASE}office", inferred=frozenset({"topic", "period"}))
    claims = {claim.iri: claim for claim in (c1, c2, c3)}
    vocabulary = Vocabulary(
        labels={
            f"{BASE}gazette": "The Gazette",
            f"{BASE}office": "Office for Waiting",
            f"{BASE}trust": "Zoë Müller",
            f"{BASE}release": "annual release",
            "https://example.org/wait#late-share": "share of late starts",
        },
        types={
            f"{BASE}gazette": frozenset({ORG}),
            f"{BASE}office": frozenset({ORG}),
            f"{BASE}trust": frozenset({PREFIXES["foaf"] + "Person"}),
        },
    )
    clash = make_finding("f1", Verdict.CONTRADICTION, [Party(c1, 1), Party(c2, 1), Party(c3, 2)])
    repeated = make_finding("f2", Verdict.REPETITION, [Party(c1, role="original"), Party(c2, role="copy")])
    group = ConflictGroup(tuple(sorted(claims)), ("f1",), (c3.iri,), True)
    return Report(documents, claims, vocabulary, findings=(clash, repeated), groups=(group,))


@pytest.fixture
def corpus() -> Corpus:
    store = Store()
    told = fill(store, f"{BASE}d1", DOCUMENTS) + fill(store, f"{BASE}d2", OTHER)
    fill(store, kgc("ontology"), ONTOLOGY)
    fill(store, DERIVED, "<{base}d1#c1> kgc:lower 0.115 ; kgc:inDocument <{base}d1> .")
    return Corpus(make_report(), store, told, used=5)


HOSTILE = {
    "end of script": "</script><script>alert(1)</script>",
    "escape": "\x1b[31mred\x1b[0m",
    "bidi": "abc\u202etxt.exe\u2066\u200f",
    "formula": '=HYPERLINK("http://example.org";"x")',
    "other formulas": "+1",
    "at": "@SUM(1)",
    "minus": "-7.8%",
    "formula behind a control": "\x00=1+1",
    "tab": "\tx",
    "carriage return": "\rx\r\ny",
    "nul and controls": "a\x00b\x01c\x0bd\x0ce\x1ff\x7fg\x85h",
    "no characters": "a\ud800b\ufffec\uffff",
    "quotation marks": '"it\'s" “so”',
    "backslashes": "C:\\new\\table\\N \\",
    "markup": "<b>bold</b> & ]]> <!-- -->",
    "lines": "one\ntwo\n\nthree",
    "template": "{{ 7*7 }} ${x} %s %%{init: {}}%%",
    "mermaid": '"] --> evil[":::x',
    "empty": "",
    "blank": "   ",
    "long": "long " * 200_000,
    "astral": "🜁 Zoë 中文",
}


@pytest.fixture(params=HOSTILE, ids=str)
def hostile(request: pytest.FixtureRequest) -> str:
    """Text that breaks files which are put together without care."""
    return HOSTILE[request.param]
