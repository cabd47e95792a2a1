"""Claims and documents out of the graph, with their words given meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kgcheck.derive.properties import Properties, properties_of, subjects_by_graph
from kgcheck.derive.worded import meaning_of
from kgcheck.errors import MeaningError
from kgcheck.model.claim import Claim, Document, Evidence, Kind, Mode, Scope
from kgcheck.model.period import Period, Span
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import KGC, expand
from kgcheck.semantics import Policy
from kgcheck.semantics.edtf import parse_edtf
from kgcheck.store import Store

_KINDS = {KGC + kind.value: kind for kind in Kind}
_LINKS = {
    expand("prov:wasDerivedFrom"): "derivedFrom",
    expand("prov:wasAttributedTo"): "attributedTo",
    expand("prov:hadPrimarySource"): "primarySource",
    expand("prov:wasQuotedFrom"): "quotedFrom",
    expand("prov:wasRevisionOf"): "revisionOf",
    expand("prov:actedOnBehalfOf"): "actedOnBehalfOf",
}
_CITES = ("prov:hadPrimarySource", "prov:wasQuotedFrom", "prov:wasDerivedFrom")


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the document graphs say, as model objects.

    `links` are (from, relation, to) among documents, sources and agents. `unread` maps a claim
    whose words have no meaning to the reason.
    """

    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    links: tuple[tuple[str, str, str], ...]
    unread: Mapping[str, str]


def read(store: Store, vocabulary: Vocabulary, policy: Policy, skip: frozenset[str] = frozenset()) -> Reading:
    """Read every document and every claim that is not in `skip`.

    A claim whose stated words cannot be given a meaning is left out and listed in `unread`.
    """
    documents = {iri: _document(iri, properties_of(store, iri)) for iri in _documents(store)}
    claims: dict[str, Claim] = {}
    unread: dict[str, str] = {}
    for subjects in subjects_by_graph(store):
        for iri, kind in _claims(subjects):
            if iri in skip:
                continue
            try:
                claims[iri] = _claim(iri, kind, subjects, documents, vocabulary, policy)
            except (MeaningError, ValueError) as error:
                unread[iri] = str(error)
    return Reading(dict(sorted(claims.items())), documents, read_links(store, claims), unread)


def _documents(store: Store) -> list[str]:
    kind = ox.NamedNode(KGC + "Document")
    quads = store.raw.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), kind, None)
    return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)})


def _claims(subjects: Mapping[str, Properties]) -> Iterable[tuple[str, Kind]]:
    for iri, properties in subjects.items():
        kind = next((_KINDS[name] for name in properties.all("rdf:type") if name in _KINDS), None)
        if kind is not None:
            yield iri, kind


def _document(iri: str, properties: Properties) -> Document:
    issued = Period()
    if (day := properties.one("dct:issued")) is not None:
        issued = _whole_days(day)
    elif (edtf := properties.one("kgc:issuedEdtf")) is not None:
        issued = parse_edtf(edtf)
    return Document(
        iri=iri,
        identifier=properties.one("dct:identifier") or iri.rsplit("/", 1)[-1],
        title=properties.one("dct:title"),
        publisher=properties.one("dct:publisher"),
        issued=issued,
        date_basis=properties.one("kgc:dateBasis"),
        address=properties.one("schema:url"),
        sha256=properties.one("kgc:textSha256"),
        sources=properties.all(*_CITES),
    )


def _whole_days(day: str) -> Period:
    span = Span(date.fromisoformat(day[:10]), date.fromisoformat(day[:10]))
    return Period(core=span, hull=span)


def _claim(
    iri: str,
    kind: Kind,
    subjects: Mapping[str, Properties],
    documents: Mapping[str, Document],
    vocabulary: Vocabulary,
    policy: Policy,
) -> Claim:
    properties = subjects[iri]
    document = properties.one("kgc:inDocument") or ""
    proposition = properties.one("kgc:asserts") or properties.one("kgc:denies")
    proposition = proposition or properties.one("kgc:proposition")
    measure = properties.one("kgc:measure")
    length = properties.one("kgc:runLength")
    size = properties.one("kgc:populationSize")
    questions = properties.all("kgc:question")
    topic = properties.one("kgc:topic")
    compared = _between(properties, "kgc:comparedStart", "kgc:comparedEnd")
    inspection = properties.one("kgc:inspection")
    period = _period(properties, documents.get(document))
    if period.unknown and (known := vocabulary.inspections.get(inspection or "")) is not None:
        period = known.published
    return Claim(
        iri=iri,
        kind=kind,
        document=document,
        evidence=_evidence(properties, subjects),
        scope=Scope(
            measure=measure,
            subject=properties.one("kgc:subject") or properties.one("kgc:area"),
            topic=topic,
            period=period,
            population=properties.one("kgc:population"),
            method=properties.one("kgc:method"),
            vintage=properties.one("kgc:vintage"),
            question=questions[0] if len(questions) == 1 else None,
            inspection=inspection,
        ),
        speaker=properties.one("prov:wasAttributedTo"),
        sources=properties.all(*_CITES),
        stated=properties.one("kgc:statedValue"),
        meaning=meaning_of(kind, properties, proposition, vocabulary, policy),
        mode=Mode(properties.one("kgc:mode") or "asserted"),
        reviewed=properties.one("kgc:status") != "draft",
        inferred=frozenset(value.removeprefix(KGC) for value in properties.all("kgc:inferredDimension")),
        restates=properties.all("kgc:restates"),
        headline=properties.flag("kgc:isHeadline"),
        reading_of=properties.one("kgc:readingOf"),
        reading=properties.one("kgc:reading"),
        authoritative=properties.flag("kgc:authoritative"),
        grade=properties.one("kgc:grade"),
        run_length=int(length) if length else None,
        run_unit=properties.one("kgc:runUnit"),
        rank_from=properties.one("kgc:rankFrom"),
        population_size=int(size) if size else None,
        questions=questions,
        direction=properties.one("kgc:direction"),
        compared_to=compared,
        person=properties.one("kgc:person"),
        post=properties.one("kgc:post"),
        tense=properties.one("kgc:tense"),
        proposition=proposition,
        affirmed=properties.one("kgc:denies") is None,
        topics=tuple(dict.fromkeys(([topic] if topic else []) + list(properties.all("kgc:about")))),
    )


def _evidence(properties: Properties, subjects: Mapping[str, Properties]) -> Evidence:
    node = properties.one("kgc:evidence")
    quote, start, end = "", None, None
    for selector in subjects[node].all("oa:hasSelector") if node is not None and node in subjects else ():
        found = subjects.get(selector)
        if found is None:
            continue
        quote = found.one("oa:exact") or quote
        if (first := found.one("oa:start")) is not None:
            start = int(first)
        if (last := found.one("oa:end")) is not None:
            end = int(last)
    return Evidence(quote, start, end)


def _between(properties: Properties, start: str, end: str, stated: str | None = None) -> Period | None:
    first, last = properties.one(start), properties.one(end)
    if first is None or last is None:
        return None
    span = Span(date.fromisoformat(first[:10]), date.fromisoformat(last[:10]))
    return Period(core=span, hull=span, stated=stated)


def _period(properties: Properties, document: Document | None) -> Period:
    stated = properties.one("kgc:statedPeriod")
    certain = _between(properties, "kgc:periodStart", "kgc:periodEnd", stated)
    if certain is not None:
        return certain
    if (edtf := properties.one("kgc:periodEdtf")) is not None:
        parsed = parse_edtf(edtf)
        return Period(parsed.core, parsed.hull, parsed.not_after, stated)
    latest = document.latest if document else None
    issued = document.issued.hull if document else None
    if properties.one("kgc:asOf") == "document" and issued is not None:
        # A statement in the present tense holds on the day it is made, which may be one of several.
        core = issued if issued.start == issued.end else None
        return Period(core, issued, latest, stated)
    return Period(not_after=latest, stated=stated)


def read_links(store: Store, claims: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """The citations by anything but these claims, as (from, relation, to), sorted."""
    own = set(claims)
    found = set()
    for predicate, relation in _LINKS.items():
        for quad in store.raw.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            if not (isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)):
                continue
            if quad.subject.value not in own:
                found.add((quad.subject.value, relation, quad.object.value))
    return tuple(sorted(found))
