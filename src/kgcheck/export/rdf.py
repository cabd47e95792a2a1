"""RDF exports: Turtle, TriG and N-Quads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

import pyoxigraph as ox

from kgcheck.export.selection import Part
from kgcheck.findings.rdf import finding_quads
from kgcheck.model.finding import Finding
from kgcheck.namespaces import DERIVED, PREFIXES, expand, kgc
from kgcheck.store import ONTOLOGY, Store

FINDINGS = "urn:kgcheck:findings"
"""The named graph of exported findings."""

TYPE = ox.NamedNode(expand("rdf:type"))
_IN_DOCUMENT = ox.NamedNode(kgc("inDocument"))
_COMPUTATION = ox.NamedNode(kgc("Computation"))

# Escapes are legal in literals and IRIs, where alone these can stand: no prefixed name holds them.
HIDDEN = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")


def statements(store: Store, findings: Iterable[Finding] = (), part: Part | None = None) -> list[ox.Quad]:
    """The quads to export, sorted.

    Documents whole, or what is said of the claims and documents of `part`; of the ontology the terms
    that they use, directly or through other terms; findings in a graph of their own; nothing that was
    derived.
    """
    derived, ontology = ox.NamedNode(DERIVED), ox.NamedNode(ONTOLOGY)
    told = [quad for quad in store.raw if quad.graph_name not in (derived, ontology)]
    if part is not None:
        told = _told_of(told, part)
    told += finding_quads(findings, FINDINGS)
    return sorted([*told, *_terms_used(store, told)], key=_place)


def _told_of(told: Iterable[ox.Quad], part: Part) -> list[ox.Quad]:
    """What is said of the nodes of a part, of what hangs on them, and of calculations among its claims.

    Other claims and documents are named where these point to them, and nothing is said of them.
    """
    about: dict[object, list[ox.Quad]] = defaultdict(list)
    claims, documents, sums = set[object](), set[object](), list[object]()
    for quad in told:
        about[quad.subject].append(quad)
        if quad.predicate == _IN_DOCUMENT:
            claims.add(quad.subject)
            documents.add(quad.object)
        elif quad.predicate == TYPE and quad.object == _COMPUTATION:
            sums.append(quad.subject)
    kept = {ox.NamedNode(name) for name in part.nodes}
    waiting: list[object] = [*kept]
    waiting += [name for name in sums if _within(name, about, claims - set(sums), kept)]
    outside = (claims | documents) - kept - set(waiting)
    seen: set[object] = set()
    while waiting:
        term = waiting.pop()
        if term not in seen and term not in outside:
            seen.add(term)
            waiting += (quad.object for quad in about.get(term, ()))
    return [quad for term, quads in about.items() if term in seen for quad in quads]


def _within(
    start: object, about: Mapping[object, Sequence[ox.Quad]], claims: Set[object], kept: Set[object]
) -> bool:
    """Whether every claim that a calculation rests on is kept."""
    waiting, seen = [start], set[object]()
    while waiting:
        term = waiting.pop()
        if term in claims:
            if term not in kept:
                return False
        elif term not in seen:
            seen.add(term)
            waiting += (quad.object for quad in about.get(term, ()) if quad.predicate != _IN_DOCUMENT)
    return True


def prefixes(store: Store) -> dict[str, str]:
    """Prefix → namespace: those of the house, and one for every further ontology in the store."""
    known = dict(PREFIXES)
    ontologies = store.raw.quads_for_pattern(None, TYPE, ox.NamedNode(expand("owl:Ontology")), None)
    for iri in sorted({quad.subject.value for quad in ontologies if isinstance(quad.subject, ox.NamedNode)}):
        namespace = iri if iri.endswith(("#", "/")) else iri + "#"
        name = re.split(r"[#/]", namespace[:-1])[-1]
        if namespace not in known.values() and re.fullmatch(r"[A-Za-z][\w-]*", name, re.ASCII):
            known.setdefault(name, namespace)
    return known


def turtle(quads: Sequence[ox.Quad], names: Mapping[str, str]) -> bytes:
    """All graphs as one."""
    triples = list(dict.fromkeys(quad.triple for quad in sorted(quads, key=lambda quad: _place(quad)[1:])))
    return _written(triples, ox.RdfFormat.TURTLE, _in_use(quads, names))


def trig(quads: Sequence[ox.Quad], names: Mapping[str, str]) -> bytes:
    """One block per named graph."""
    return _written(quads, ox.RdfFormat.TRIG, _in_use(quads, names))


def nquads(quads: Sequence[ox.Quad], names: Mapping[str, str]) -> bytes:
    """One statement per line, without prefixes."""
    return _written(quads, ox.RdfFormat.N_QUADS, {})


def _written(
    rows: Sequence[ox.Triple] | Sequence[ox.Quad], form: ox.RdfFormat, names: Mapping[str, str]
) -> bytes:
    """The rows in UTF-8, with hidden characters as escapes, so that no terminal obeys them."""
    content = ox.serialize(rows, format=form, prefixes=dict(names))
    assert content is not None, "bytes are asked for, no file"
    text = HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04X}", content.decode())
    # Oxigraph declares prefixes by the length of their namespaces; people look for names.
    lines = text.split("\n")
    return "\n".join([*sorted(lines[: len(names)]), *lines[len(names) :]]).encode()


def _terms_used(store: Store, told: Iterable[ox.Quad]) -> list[ox.Quad]:
    """What the ontology says of every term in `told`, and of every term in what it says."""
    waiting: list[object] = [
        term for quad in told for term in (quad.subject, quad.predicate, quad.object, _datatype(quad))
    ]
    seen: set[object] = set()
    used: list[ox.Quad] = []
    while waiting:
        term = waiting.pop()
        if term in seen or not isinstance(term, ox.NamedNode | ox.BlankNode):
            continue
        seen.add(term)
        for quad in store.raw.quads_for_pattern(term, None, None, ox.NamedNode(ONTOLOGY)):
            used.append(quad)
            waiting += (quad.predicate, quad.object, _datatype(quad))
    return used


def _datatype(quad: ox.Quad) -> ox.NamedNode | None:
    return quad.object.datatype if isinstance(quad.object, ox.Literal) else None


def _place(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    """By graph and subject, the type first."""
    return (
        str(quad.graph_name),
        str(quad.subject),
        quad.predicate != TYPE,
        str(quad.predicate),
        str(quad.object),
    )


def _in_use(quads: Iterable[ox.Quad], names: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that shorten anything."""
    iris = {
        term.value
        for quad in quads
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name, _datatype(quad))
        if isinstance(term, ox.NamedNode)
    }
    return {
        prefix: namespace
        for prefix, namespace in sorted(names.items())
        if any(iri.startswith(namespace) for iri in iris)
    }
