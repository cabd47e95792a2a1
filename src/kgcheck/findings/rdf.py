"""Findings as RDF, so that they can be queried and exported beside the claims they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

import pyoxigraph as ox

from kgcheck.model.finding import Finding
from kgcheck.namespaces import expand, kgc

FINDING = "urn:kgcheck:finding:"

Value = ox.NamedNode | ox.Literal | None


def finding_iri(identifier: str) -> str:
    """The IRI of a finding. Its reasons and parties add `:reason:1`, `:party:1` and so on."""
    return FINDING + quote(identifier, safe="")


def finding_quads(findings: Iterable[Finding], graph: str | None = None) -> list[ox.Quad]:
    """The findings as quads of the named graph, or of the default graph.

    A kgc:Finding has kgc:check, kgc:verdict, kgc:severity, kgc:message, kgc:innocent, kgc:settle,
    kgc:ask, kgc:fingerprint, kgc:block, kgc:also, kgc:context, kgc:nearest and kgc:rootCount; one
    kgc:party per claim (kgc:claim, kgc:side, kgc:role, kgc:position) and one kgc:reason per line of
    the gate's table (kgc:dimension, kgc:relation, kgc:a, kgc:b, kgc:note, kgc:decides, kgc:position).
    What is not known is left out. Nothing is a blank node, so that equal findings give equal quads.
    """
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    return [
        ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, name)
        for finding in findings
        for subject, predicate, value in _statements(finding)
        if value is not None
    ]


def _statements(finding: Finding) -> Iterator[tuple[str, str, Value]]:
    iri = finding_iri(finding.id)
    yield iri, expand("rdf:type"), ox.NamedNode(kgc("Finding"))
    yield iri, kgc("check"), ox.Literal(finding.check)
    yield iri, kgc("verdict"), ox.Literal(finding.verdict.value)
    yield iri, kgc("severity"), ox.Literal(finding.severity.value)
    yield iri, kgc("fingerprint"), ox.Literal(finding.fingerprint)
    yield iri, kgc("block"), ox.NamedNode(finding.block) if ":" in finding.block else _text(finding.block)
    yield iri, kgc("message"), _text(finding.message)
    yield iri, kgc("innocent"), _text(finding.innocent)
    yield iri, kgc("settle"), _text(finding.settle)
    yield iri, kgc("ask"), _text(finding.question)
    yield iri, kgc("nearest"), ox.NamedNode(finding.nearest) if finding.nearest else None
    yield iri, kgc("rootCount"), _whole(finding.roots)
    for check in finding.also:
        yield iri, kgc("also"), ox.Literal(check)
    for claim in finding.context:
        yield iri, kgc("context"), ox.NamedNode(claim)
    for position, party in enumerate(finding.parties, 1):
        node = f"{iri}:party:{position}"
        yield iri, kgc("party"), ox.NamedNode(node)
        yield node, expand("rdf:type"), ox.NamedNode(kgc("Party"))
        yield node, kgc("claim"), ox.NamedNode(party.claim.iri)
        yield node, kgc("side"), _whole(party.side)
        yield node, kgc("role"), _text(party.role)
        yield node, kgc("position"), _whole(position)
    for position, reason in enumerate(finding.reasons, 1):
        node = f"{iri}:reason:{position}"
        yield iri, kgc("reason"), ox.NamedNode(node)
        yield node, expand("rdf:type"), ox.NamedNode(kgc("Reason"))
        yield node, kgc("dimension"), ox.Literal(reason.dimension)
        yield node, kgc("relation"), ox.Literal(str(reason.relation))
        yield node, kgc("a"), ox.Literal(reason.a)
        yield node, kgc("b"), ox.Literal(reason.b)
        yield node, kgc("note"), _text(reason.note)
        yield node, kgc("decides"), ox.Literal(reason.decides)
        yield node, kgc("position"), _whole(position)


def _text(words: str | None) -> ox.Literal | None:
    return ox.Literal(words) if words else None


def _whole(number: int | None) -> ox.Literal | None:
    return None if number is None else ox.Literal(number)
