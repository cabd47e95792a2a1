"""What there is to walk through: the report from all the sides that pages look at it from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from kgcheck.model.claim import Claim, Document, Kind
from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.namespaces import SKOLEM, expand, kgc
from kgcheck.report.html.sources import by_document, in_order
from kgcheck.report.order import ordered
from kgcheck.report.plain import plain
from kgcheck.report.scope import concepts

Key = TypeVar("Key")
Value = TypeVar("Value")

PERSON, BODY = "person", "organisation"

_AGENTS = {
    **{expand(name): PERSON for name in ("foaf:Person", "schema:Person", "prov:Person")},
    **{
        expand(name): BODY
        for name in (
            "org:Organization",
            "org:OrganizationalUnit",
            "foaf:Organization",
            "schema:Organization",
        )
    },
}

KINDS = (
    ("Measures", kgc("Measure")),
    ("Families of measures", kgc("MeasureFamily")),
    ("Topics", kgc("Topic")),
    ("Areas", kgc("Area")),
    ("Populations", kgc("Population")),
    ("Methods", kgc("Method")),
    ("Questions", kgc("Question")),
    ("Programmes of inspection", kgc("Programme")),
    ("Inspections", kgc("Inspection")),
    ("Grading schemes", kgc("GradingScheme")),
    ("Grades", kgc("Grade")),
    ("Propositions", kgc("Proposition")),
    ("Posts", expand("org:Post")),
    ("Sources", kgc("Source")),
)
"""Kinds of concepts with their classes, in the order in which they are listed."""


@dataclass(slots=True)
class Catalogue:
    """Indexes of a report. Every list has an order that does not change from run to run."""

    report: Report
    documents: tuple[Document, ...] = field(init=False)
    claims_of: dict[str, list[Claim]] = field(init=False)
    claims: list[Claim] = field(init=False)
    findings: tuple[Finding, ...] = field(init=False)
    by_id: dict[str, Finding] = field(init=False)
    standing: dict[str, list[Finding]] = field(init=False)
    spoken: dict[str, list[Claim]] = field(init=False)
    published: dict[str, list[Document]] = field(init=False)
    about: dict[str, list[Claim]] = field(init=False)
    restated: dict[str, list[str]] = field(init=False)
    role_claims: list[Claim] = field(init=False)
    readings: dict[str, list[str]] = field(init=False)
    agents: dict[str, str] = field(init=False)
    concepts: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        report = self.report
        self.documents = tuple(in_order(report.documents.values()))
        self.claims_of = by_document(report.claims.values())
        described = [document.iri for document in self.documents]
        others = sorted(self.claims_of.keys() - set(described))
        self.claims = [claim for iri in (*described, *others) for claim in self.claims_of.get(iri, ())]
        self.findings = ordered(report.findings)
        self.by_id = {finding.id: finding for finding in self.findings}
        self.standing = _grouped((party.claim.iri, f) for f in self.findings for party in f.parties)
        same = report.vocabulary.same
        self.spoken = _grouped((str(same(claim.speaker)), claim) for claim in self.claims if claim.speaker)
        self.published = _grouped((str(same(d.publisher)), d) for d in self.documents if d.publisher)
        self.about = _grouped((iri, claim) for claim in self.claims for iri in terms(claim))
        self.restated = _grouped((iri, claim.iri) for claim in self.claims for iri in claim.restates)
        self.readings = _grouped((claim.reading_of, claim.iri) for claim in self.claims if claim.reading_of)
        self.role_claims = [claim for claim in self.claims if claim.kind is Kind.ROLE]
        self.agents = self._agents()
        self.concepts = self._concepts()

    def label(self, iri: str) -> str:
        """The name of a thing, ready to print."""
        if document := self.report.documents.get(iri):
            return plain(document.title or document.identifier)
        if iri.startswith(SKOLEM):
            return "a node without a name"
        return plain(self.report.vocabulary.label(iri))

    def claims_by(self, agent: str) -> list[Claim]:
        """What a speaker says, under any of its names."""
        return self.spoken.get(str(self.report.vocabulary.same(agent)), [])

    def documents_by(self, agent: str) -> list[Document]:
        """What an outlet or body has published, under any of its names."""
        return self.published.get(str(self.report.vocabulary.same(agent)), [])

    def _agents(self) -> dict[str, str]:
        found = {
            iri: next(_AGENTS[name] for name in sorted(types) if name in _AGENTS)
            for iri, types in self.report.vocabulary.types.items()
            if types & _AGENTS.keys()
        }
        voices = {claim.speaker for claim in self.claims} | {d.publisher for d in self.documents}
        found |= {iri: BODY for iri in voices if iri and iri not in found}
        found |= {claim.person: PERSON for claim in self.claims if claim.person and claim.person not in found}
        return {iri: found[iri] for iri in sorted(found, key=self._sorting)}

    def _concepts(self) -> dict[str, str]:
        types = self.report.vocabulary.types
        kinds = {iri: kind for kind, iri in reversed(KINDS)}
        found = {
            iri: next(kind for name, kind in kinds.items() if name in own)
            for iri, own in types.items()
            if own & kinds.keys() and iri not in self.agents
        }
        return {iri: found[iri] for iri in sorted(found, key=self._sorting)}

    def _sorting(self, iri: str) -> tuple[str, str]:
        return self.label(iri).casefold(), iri


def terms(claim: Claim) -> Iterator[str]:
    """The concepts that a claim speaks of, and the people and posts, each once."""
    scope = [iri for iri in concepts(claim).values() if ":" in iri]
    others = (claim.grade, claim.person, claim.post, claim.proposition)
    yield from dict.fromkeys(
        [*scope, *claim.questions, *claim.topics, *(iri for iri in others if iri), *claim.sources]
    )


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    found: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        if not found[key] or found[key][-1] is not value:
            found[key].append(value)
    return dict(found)
