"""The network that pictures are drawn from: documents, claims, who speaks, and about what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

import networkx as nx

from kgcheck.export.attributes import claim_attributes, document_attributes, finding_attributes
from kgcheck.model.claim import Claim
from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict
from kgcheck.namespaces import expand, kgc

CONFLICTS = frozenset({Verdict.CONTRADICTION, Verdict.TENSION})

KINDS = {
    expand("foaf:Person"): "person",
    expand("schema:Person"): "person",
    expand("prov:Person"): "person",
    expand("foaf:Organization"): "organisation",
    expand("schema:Organization"): "organisation",
    expand("org:Organization"): "organisation",
    expand("org:OrganizationalUnit"): "organisation",
    expand("org:Post"): "post",
    kgc("Document"): "document",
    kgc("Inspection"): "inspection",
    kgc("Source"): "source",
}
"""What a type says a node is; without one, the part says it in which the node is first met."""


def network(
    report: Report, links: Iterable[tuple[str, str, str]] = (), *, with_findings: bool = False
) -> nx.MultiDiGraph[str]:
    """The network of a report, nodes named by IRI. Values may still hold anything: see `tame`.

    Every node has a `kind` and a `label`, every edge a `relation`. `links` are (subject, relation,
    object) triples of provenance; those that lead on from what is already there are followed.
    With findings, each is a node tied to its claims by edges that carry `verdict`, `side` and `role`;
    claims carry their strongest `verdict`; and in contradictions and tensions the first claim of
    each side is tied to the first of the next.
    """
    drawing = _Drawing(report)
    for document in report.documents.values():
        drawing.node(document.iri, "document", **document_attributes(document, report))
        drawing.edge(document.iri, "publisher", document.publisher, "organisation")
        drawing.edges(document.iri, "primarySource", document.sources, "source")
    for claim in report.claims.values():
        drawing.claim(claim)
    drawing.follow(links)
    if with_findings:
        for finding in report.findings:
            drawing.finding(finding)
        for number, group in enumerate(report.groups, 1):
            for iri in group.claims:
                drawing.mark(iri, conflictGroup=number, settles=iri in group.settled_by)
    return drawing.graph


class _Drawing:
    """A network in the making."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def node(self, iri: str, kind: str, **attributes: object) -> None:
        """Add a node, or what is newly known of it."""
        if iri not in self.graph:
            types = sorted(self.report.vocabulary.types.get(iri, ()))
            kind = next((KINDS[name] for name in types if name in KINDS), kind)
            self.graph.add_node(iri, kind=kind, label=self.report.vocabulary.label(iri))
        self.mark(iri, **attributes)

    def mark(self, iri: str, **attributes: object) -> None:
        """Set attributes of a node that is there; those that are None are left out."""
        if iri in self.graph:
            known = {name: value for name, value in attributes.items() if value is not None}
            self.graph.nodes[iri].update(known)

    def edge(self, start: str, relation: str, end: str | None, kind: str, **attributes: object) -> None:
        """Tie two nodes; `kind` is what the second is taken for when nothing else says it."""
        if end is not None:
            self.node(end, kind)
            known = {name: value for name, value in attributes.items() if value is not None}
            self.graph.add_edge(start, end, key=relation, relation=relation, **known)

    def edges(self, start: str, relation: str, ends: Iterable[str], kind: str) -> None:
        """Tie a node to several."""
        for end in ends:
            self.edge(start, relation, end, kind)

    def claim(self, claim: Claim) -> None:
        """Add a claim with all that it is tied to."""
        iri, scope = claim.iri, claim.scope
        self.node(iri, "claim", **claim_attributes(claim, self.report))
        self.edge(iri, "inDocument", claim.document, "document")
        self.edge(iri, "speaker", claim.speaker, "organisation")
        self.edges(iri, "primarySource", claim.sources, "source")
        self.edges(iri, "restates", claim.restates, "claim")
        self.edge(iri, "measure", scope.measure, "measure")
        self.edge(iri, "subject", scope.subject, "subject")
        self.edges(iri, "topic", dict.fromkeys(filter(None, (scope.topic, *claim.topics))), "topic")
        self.edge(iri, "population", scope.population, "population")
        self.edges(
            iri, "question", dict.fromkeys(filter(None, (scope.question, *claim.questions))), "question"
        )
        self.edge(iri, "inspection", scope.inspection, "inspection")
        self.edge(iri, "grade", claim.grade, "grade")
        self.edge(iri, "person", claim.person, "person")
        self.edge(iri, "post", claim.post, "post")
        self.edge(iri, "proposition", claim.proposition, "proposition")

    def follow(self, links: Iterable[tuple[str, str, str]]) -> None:
        """Add the links that lead on from sources, documents and agents that are there."""
        onward: dict[str, list[tuple[str, str]]] = {}
        for start, relation, end in links:
            if start not in self.report.claims:
                onward.setdefault(start, []).append((relation, end))
        waiting = sorted(self.graph.nodes & onward.keys())
        while waiting:
            start = waiting.pop()
            for relation, end in onward.pop(start, ()):
                agent = relation in ("attributedTo", "actedOnBehalfOf")
                self.edge(start, relation, end, "organisation" if agent else "source")
                waiting.append(end)

    def finding(self, finding: Finding) -> None:
        """Add a finding, and its verdict to the claims that it judges."""
        attributes = finding_attributes(finding)
        node = str(attributes.pop("iri"))
        self.node(node, "finding", **attributes)
        verdict = finding.verdict
        for party in finding.parties:
            iri = party.claim.iri
            self.edge(node, "party", iri, "claim", side=party.side, role=party.role, verdict=verdict.value)
            worst = self.graph.nodes[iri].get("verdict")
            if worst is None or verdict.rank < Verdict(worst).rank:
                self.mark(iri, verdict=verdict.value)
        if verdict in CONFLICTS:
            for one, other in _rivals(finding):
                self.graph.add_edge(
                    one,
                    other,
                    key=f"{verdict.value} {finding.id}",
                    relation=verdict.value,
                    verdict=verdict.value,
                    finding=node,
                )


def _rivals(finding: Finding) -> list[tuple[str, str]]:
    """One pair of claims per two neighbouring sides: enough to see them, and never quadratic.

    Claims in roles rival each other only where there are two: no two parts of a sum do.
    """
    first: Mapping[int, str] = {
        party.side: party.claim.iri for party in reversed(finding.parties) if party.side is not None
    }
    if len(first) > 1:
        chain = [first[side] for side in sorted(first)]
    elif len(finding.parties) == 2:
        chain = [party.claim.iri for party in finding.parties]
    else:
        return []
    return [(one, other) for one, other in pairwise(chain) if one != other]
