"""Claims and documents out of the graph, with their words given meaning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from kgcheck.errors import MeaningError
from kgcheck.model.claim import Claim, Document, Evidence, Kind, Mode, Scope
from kgcheck.model.interval import Interval
from kgcheck.model.meaning import Comparator, Meaning, UnitKind
from kgcheck.model.period import Period, Span
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import DERIVED, KGC, expand
from kgcheck.semantics import Policy, interpret, interpret_change
from kgcheck.semantics.edtf import parse_edtf
from kgcheck.store import Store

Properties = Mapping[str, list[str]]

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
    documents = {iri: _document(iri, _properties(store, iri)) for iri in _instances(store, KGC + "Document")}
    claims: dict[str, Claim] = {}
    unread: dict[str, str] = {}
    for kind_iri, kind in _KINDS.items():
        for iri in _instances(store, kind_iri):
            if iri in skip:
                continue
            try:
                claims[iri] = _claim(iri, kind, _properties(store, iri), store, documents, vocabulary, policy)
            except (MeaningError, ValueError) as error:
                unread[iri] = str(error)
    return Reading(dict(sorted(claims.items())), documents, _links(store, claims), unread)


def _instances(store: Store, class_iri: str) -> list[str]:
    quads = store.raw.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), ox.NamedNode(class_iri), None)
    return sorted({q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)})


def _properties(store: Store, iri: str) -> dict[str, list[str]]:
    """Property → values, each value's text, sorted so that storage order cannot matter."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in store.raw.quads_for_pattern(ox.NamedNode(iri), None, None, None):
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value == DERIVED:
            continue
        if isinstance(quad.object, ox.NamedNode | ox.Literal | ox.BlankNode):
            found[quad.predicate.value].add(quad.object.value)
    return {predicate: sorted(values) for predicate, values in found.items()}


def _one(properties: Properties, curie: str) -> str | None:
    values = properties.get(expand(curie))
    return values[0] if values else None


def _all(properties: Properties, *curies: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for curie in curies for value in properties.get(expand(curie), ())))


def _document(iri: str, properties: Properties) -> Document:
    issued = Period()
    if (day := _one(properties, "dct:issued")) is not None:
        issued = _whole_days(day)
    elif (edtf := _one(properties, "kgc:issuedEdtf")) is not None:
        issued = parse_edtf(edtf)
    return Document(
        iri=iri,
        identifier=_one(properties, "dct:identifier") or iri.rsplit("/", 1)[-1],
        title=_one(properties, "dct:title"),
        publisher=_one(properties, "dct:publisher"),
        issued=issued,
        date_basis=_one(properties, "kgc:dateBasis"),
        address=_one(properties, "schema:url"),
        sha256=_one(properties, "kgc:textSha256"),
        sources=_all(properties, *_CITES),
    )


def _whole_days(day: str) -> Period:
    span = Span(date.fromisoformat(day[:10]), date.fromisoformat(day[:10]))
    return Period(core=span, hull=span)


def _claim(
    iri: str,
    kind: Kind,
    properties: Properties,
    store: Store,
    documents: Mapping[str, Document],
    vocabulary: Vocabulary,
    policy: Policy,
) -> Claim:
    document = _one(properties, "kgc:inDocument") or ""
    proposition = _one(properties, "kgc:asserts") or _one(properties, "kgc:denies")
    proposition = proposition or _one(properties, "kgc:proposition")
    measure = _one(properties, "kgc:measure")
    length = _one(properties, "kgc:runLength")
    size = _one(properties, "kgc:populationSize")
    questions = _all(properties, "kgc:question")
    topic = _one(properties, "kgc:topic")
    compared = _between(properties, "kgc:comparedStart", "kgc:comparedEnd")
    inspection = _one(properties, "kgc:inspection")
    period = _period(properties, documents.get(document))
    if period.unknown and (known := vocabulary.inspections.get(inspection or "")) is not None:
        period = known.published
    return Claim(
        iri=iri,
        kind=kind,
        document=document,
        evidence=_evidence(properties, store),
        scope=Scope(
            measure=measure,
            subject=_one(properties, "kgc:subject") or _one(properties, "kgc:area"),
            topic=topic,
            period=period,
            population=_one(properties, "kgc:population"),
            method=_one(properties, "kgc:method"),
            vintage=_one(properties, "kgc:vintage"),
            question=questions[0] if len(questions) == 1 else None,
            inspection=inspection,
        ),
        speaker=_one(properties, "prov:wasAttributedTo"),
        sources=_all(properties, *_CITES),
        stated=_one(properties, "kgc:statedValue"),
        meaning=_meaning(kind, properties, measure, proposition, vocabulary, policy),
        mode=Mode(_one(properties, "kgc:mode") or "asserted"),
        reviewed=_one(properties, "kgc:status") != "draft",
        inferred=frozenset(value.removeprefix(KGC) for value in _all(properties, "kgc:inferredDimension")),
        restates=_all(properties, "kgc:restates"),
        headline=_one(properties, "kgc:isHeadline") == "true",
        reading_of=_one(properties, "kgc:readingOf"),
        reading=_one(properties, "kgc:reading"),
        authoritative=_one(properties, "kgc:authoritative") == "true",
        grade=_one(properties, "kgc:grade"),
        run_length=int(length) if length else None,
        run_unit=_one(properties, "kgc:runUnit"),
        rank_from=_one(properties, "kgc:rankFrom"),
        population_size=int(size) if size else None,
        questions=questions,
        direction=_one(properties, "kgc:direction"),
        compared_to=compared,
        person=_one(properties, "kgc:person"),
        post=_one(properties, "kgc:post"),
        tense=_one(properties, "kgc:tense"),
        proposition=proposition,
        affirmed=_one(properties, "kgc:denies") is None,
        topics=tuple(dict.fromkeys(([topic] if topic else []) + list(_all(properties, "kgc:about")))),
    )


def _evidence(properties: Properties, store: Store) -> Evidence:
    node = _one(properties, "kgc:evidence")
    quote, start, end = "", None, None
    if node is not None:
        for selector in _properties(store, node).get(expand("oa:hasSelector"), ()):
            found = _properties(store, selector)
            quote = _one(found, "oa:exact") or quote
            if (first := _one(found, "oa:start")) is not None:
                start = int(first)
            if (last := _one(found, "oa:end")) is not None:
                end = int(last)
    return Evidence(quote, start, end)


def _between(properties: Properties, start: str, end: str, stated: str | None = None) -> Period | None:
    first, last = _one(properties, start), _one(properties, end)
    if first is None or last is None:
        return None
    span = Span(date.fromisoformat(first[:10]), date.fromisoformat(last[:10]))
    return Period(core=span, hull=span, stated=stated)


def _period(properties: Properties, document: Document | None) -> Period:
    stated = _one(properties, "kgc:statedPeriod")
    certain = _between(properties, "kgc:periodStart", "kgc:periodEnd", stated)
    if certain is not None:
        return certain
    if (edtf := _one(properties, "kgc:periodEdtf")) is not None:
        parsed = parse_edtf(edtf)
        return Period(parsed.core, parsed.hull, parsed.not_after, stated)
    latest = document.latest if document else None
    issued = document.issued.hull if document else None
    if _one(properties, "kgc:asOf") == "document" and issued is not None:
        # A statement in the present tense holds on the day it is made, which may be one of several.
        core = issued if issued.start == issued.end else None
        return Period(core, issued, latest, stated)
    return Period(not_after=latest, stated=stated)


def _meaning(
    kind: Kind,
    properties: Properties,
    measure: str | None,
    proposition: str | None,
    vocabulary: Vocabulary,
    policy: Policy,
) -> Meaning | None:
    stated = _one(properties, "kgc:statedValue")
    if kind is Kind.RANK:
        rank = Decimal(_one(properties, "kgc:rank") or "1")
        at_most = _one(properties, "kgc:rankBound") == "at-most"
        first = Decimal(1) if at_most else rank
        return _whole(stated or str(rank), Interval(first, rank), rank, at_most=at_most)
    if kind is Kind.UNIQUENESS:
        holders = Decimal(_one(properties, "kgc:holders") or "1")
        return _whole(stated or str(holders), Interval.point(holders), holders)
    if kind is Kind.PROPOSITION:
        known = vocabulary.propositions.get(proposition or "")
        affirmed = _one(properties, "kgc:asserts") is not None
        if known is None or known.interval is None or not affirmed:
            return None
        behaviour = vocabulary.measures.get(known.measure or "")
        value = known.interval
        unit = behaviour.kind if behaviour else UnitKind.RATIO
        return Meaning(vocabulary.label(proposition), unit, value.lower, value, value, value, Decimal(0))
    if stated is None:
        return None
    if kind is Kind.TREND:
        meaning = interpret_change(stated, direction=_one(properties, "kgc:direction"), policy=policy)
    elif kind is Kind.STATISTICAL:
        behaviour = vocabulary.measures.get(measure or "")
        meaning = interpret(
            stated,
            kind=behaviour.kind if behaviour else None,
            policy=policy,
            natural=behaviour.natural if behaviour else None,
            uncertainty=_one(properties, "kgc:statedUncertainty"),
        )
    else:
        return None
    return _exact(meaning) if _one(properties, "kgc:inTable") == "true" else meaning


def _exact(meaning: Meaning) -> Meaning:
    """A count in a cell of a table is printed to the last digit, however round it looks."""
    if meaning.kind is not UnitKind.COUNT or meaning.hedged or meaning.point % 1:
        return meaning
    point = Interval.point(meaning.point)
    return replace(meaning, inner=point, outer=point, reporting=point, granule=Decimal(1))


def _whole(words: str, interval: Interval, point: Decimal, *, at_most: bool = False) -> Meaning:
    """Positions and numbers of holders are whole and exact."""
    comparator = Comparator.AT_MOST if at_most else Comparator.EQUAL
    return Meaning(words, UnitKind.COUNT, point, interval, interval, interval, Decimal(1), comparator)


def _links(store: Store, claims: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    own = set(claims)
    found = set()
    for predicate, relation in _LINKS.items():
        for quad in store.raw.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            if not (isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)):
                continue
            if quad.subject.value not in own:
                found.add((quad.subject.value, relation, quad.object.value))
    return tuple(sorted(found))
