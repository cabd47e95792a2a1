"""Claims: all of them, and one with its words, scope, value and ties."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kgcheck.model.claim import Claim
from kgcheck.namespaces import BLOCK, DERIVED, KGC, expand, kgc
from kgcheck.report.caption import caption
from kgcheck.report.figures import period
from kgcheck.report.html.element import Content, Element, h, is_address
from kgcheck.report.html.intervals import value_plot
from kgcheck.report.plain import counted, plain, shortened
from kgcheck.report.record import claim_record
from kgcheck.report.scope import concepts
from kgcheck.serve.explorer import rows
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.describing import described
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.listing import listed
from kgcheck.serve.explorer.page import Json, Missing, Page
from kgcheck.serve.explorer.paging import pager, slice_of
from kgcheck.serve.explorer.places import way_to
from kgcheck.serve.explorer.wording import spaced

_QUOTE = 600
_FINDINGS = 30
_ORDER = (
    "measure",
    "question",
    "subject",
    "topic",
    "population",
    "inspection",
    "method",
    "vintage",
)


def claims(explorer: Explorer, asked: Asked) -> Page:
    """All claims, document by document; with `by` those of a speaker, with `about` those on a thing."""
    catalogue = explorer.catalogue
    found, heading = catalogue.claims, "Claims"
    if speaker := asked.get("by"):
        found, heading = catalogue.claims_by(speaker), f"Claims by {catalogue.label(speaker)}"
    elif thing := asked.get("about"):
        found, heading = catalogue.about.get(thing, []), f"Claims about {catalogue.label(thing)}"
    part = slice_of(found, asked.get("page"))
    query = asked.kept("by") or asked.kept("about")

    def body() -> Iterator[Content]:
        yield h("h1", shortened(heading, 200))
        yield h(
            "p",
            "What the documents say, each claim by one speaker, in the order of the texts.",
            class_="lead",
        )
        yield h("p", f"{counted(part.total, 'claim')}", class_="status")
        yield rows.claims(explorer, part.items)
        yield pager(part, asked.path, query, "claims")

    return Page(
        heading,
        lambda: list(body()),
        lambda: {**part.record, "claims": [claim_record(c, explorer.report) for c in part.items]},
        lambda: listed(explorer, asked, part, [claim.iri for claim in part.items], query),
        section="claims",
    )


def claim(explorer: Explorer, asked: Asked) -> Page:
    """The claim of this name in the document of that identifier."""
    if len(asked.names) != 3:
        raise Missing("A claim is named by its document's identifier and its own name")
    _, identifier, name = asked.names
    found = explorer.places.claim(identifier, name)
    if found is None:
        claim_name, document_name = shortened(plain(name), 80), shortened(plain(identifier), 80)
        raise Missing(
            f"There is no claim {claim_name!r} in document {document_name!r}",
            explorer.finder.near(name, "claim") + explorer.finder.near(identifier, "document"),
        )
    return of_claim(explorer, found)


def of_claim(explorer: Explorer, found: Claim) -> Page:
    """The page of a claim."""
    said = caption(found, explorer.report)
    title = f"«{shortened(said.quote, 80)}» {said.speaker}"
    return Page(
        title,
        lambda: list(_body(explorer, found)),
        lambda: record(explorer, found),
        lambda: described(explorer.store, found.iri),
        section="claims",
    )


def record(explorer: Explorer, found: Claim) -> Json:
    """A claim as plain data, with the findings that it stands in."""
    standing = explorer.catalogue.standing.get(found.iri, [])
    return {
        **claim_record(found, explorer.report),
        "sources": list(found.sources),
        "restatedBy": explorer.catalogue.restated.get(found.iri, []),
        "findings": [
            {"id": f.id, "check": f.check, "verdict": f.verdict.value, "message": f.message} for f in standing
        ],
    }


def _body(explorer: Explorer, found: Claim) -> Iterator[Content]:
    report = explorer.report
    said = caption(found, report)
    document = report.documents.get(found.document)
    outlet = document.publisher if document else None
    yield h("p", _kind(found), class_="kicker")
    yield h("h1", f"«{shortened(said.quote, _QUOTE)}»", class_="spoken")
    speaker: Content = explorer.link(found.speaker, said.speaker) if found.speaker else said.speaker
    yield h(
        "p",
        h("b", speaker),
        [", as quoted by ", explorer.link(outlet, said.quoted_by)] if said.quoted_by else None,
        class_="by",
    )
    yield h("p", explorer.link(found.document, said.title), " · ", said.date, class_="where")
    if said.remarks:
        yield h("ul", (h("li", shortened(remark, 300)) for remark in said.remarks), class_="remarks")
    yield rows.facts(
        [
            ("Stated", said.stated),
            ("Read as", said.reading),
            ("Direction", found.direction),
            ("Place in the text", said.place),
            ("At the source", _source_link(said.address, said.title or said.document)),
            ("Rests on", explorer.links(found.sources)),
            ("Restates", _claims(explorer, found.restates)),
            ("Restated by", _claims(explorer, explorer.catalogue.restated.get(found.iri, []))),
            ("Other readings", _claims(explorer, _other_readings(explorer, found))),
            ("Calculated with", _computations(explorer, found)),
        ]
    )
    yield value_plot(found, report)
    yield rows.titled("About exactly what", None, _scope(explorer, found))
    standing = explorer.catalogue.standing.get(found.iri, [])
    yield rows.titled(
        "Findings",
        len(standing),
        [
            rows.findings(explorer, standing[:_FINDINGS]),
            h("p", f"and {len(standing) - _FINDINGS:,} more", class_="more")
            if len(standing) > _FINDINGS
            else None,
        ],
        "What this claim takes part in, the strongest first.",
    )
    if not standing:
        yield h("p", "No check has anything to say of this claim.", class_="silence")
    yield rows.titled("Where it meets others", None, _blocks(explorer, found))
    yield h(
        "p",
        h("a", "Compare with another claim", href=way_to("/compare", {"a": found.iri})),
        class_="onward",
    )
    yield h("p", "In the graph: ", h("code", shortened(said.iri, 500)), class_="ids")


def _kind(found: Claim) -> str:
    return spaced(found.kind.value).capitalize()


def _source_link(web: str | None, name: str) -> Content:
    return (
        h("a", shortened(name, 200), href=web, rel="noreferrer external") if web and is_address(web) else None
    )


def _claims(explorer: Explorer, iris: tuple[str, ...] | list[str]) -> Content:
    known = [explorer.report.claims[iri] for iri in iris if iri in explorer.report.claims][:20]
    items = (h("li", explorer.link(c.iri, caption(c, explorer.report).brief)) for c in known)
    return h("ul", items, class_="stack") if known else None


def _other_readings(explorer: Explorer, found: Claim) -> list[str]:
    if not found.reading_of:
        return []
    return [iri for iri in explorer.catalogue.readings.get(found.reading_of, []) if iri != found.iri]


def _scope(explorer: Explorer, found: Claim) -> Element:
    stated = concepts(found)
    entries: list[tuple[str, Content]] = []
    for name in _ORDER:
        if name == "question" and len(found.questions) > 1:
            entries.append((name, explorer.links(found.questions)))
        elif iri := stated.get(name):
            entries.append((name, explorer.link(iri) if ":" in iri else plain(iri)))
    place = 4 if len(entries) > 4 else len(entries)
    scope = found.scope.period
    if scope.hull or scope.stated:
        entries.insert(place, ("period", period(scope)))
    elif scope.not_after:
        entries.insert(place, ("period", "not stated: no later than its document"))
    entries += [
        ("topics", explorer.links(iri for iri in found.topics if iri != found.scope.topic)),
        ("person", explorer.link(found.person)),
        ("post", explorer.link(found.post)),
        ("tense", found.tense),
        ("grade", explorer.link(found.grade)),
        ("proposition", explorer.link(found.proposition)),
        ("compared to", period(found.compared_to) if found.compared_to else None),
    ]
    guessed = h("small", " filled in by a machine", class_="fact")
    lines = [
        h(
            "tr",
            h("th", name, scope="row"),
            h("td", content, guessed if name in found.inferred else None),
        )
        for name, content in entries
        if content
    ]
    head = h("tr", (h("th", title, scope="col") for title in ("dimension", "stated")))
    table = h("table", h("thead", head), h("tbody", lines), class_="gate scope-table")
    return h("div", table, class_="wide", tabindex="0", role="group", aria_label="Scope of the claim")


def _computations(explorer: Explorer, found: Claim) -> Content:
    """Computations whose result this claim is, or among whose operands it stands."""
    named: dict[str, str] = {}
    for quad in explorer.store.raw.quads_for_pattern(
        None, ox.NamedNode(kgc("result")), ox.NamedNode(found.iri)
    ):
        if isinstance(quad.subject, ox.NamedNode) and quad.graph_name != ox.NamedNode(DERIVED):
            named[quad.subject.value] = "as the result"
    first = ox.NamedNode(expand("rdf:first"))
    for quad in explorer.store.raw.quads_for_pattern(None, first, ox.NamedNode(found.iri)):
        if owner := _owner(explorer, quad.subject):
            named.setdefault(owner, "as an operand")
    items = []
    for iri, role in sorted(named.items())[:20]:
        operation = next((v.value for v in explorer.values(iri, kgc("operation"))), "computation")
        items.append(h("li", explorer.link(iri, operation), f", {role}"))
    return h("ul", items, class_="things") if items else None


def _owner(explorer: Explorer, cell: ox.NamedNode | ox.BlankNode | ox.Triple) -> str | None:
    """The computation to whose list of operands a cell belongs."""
    rest = ox.NamedNode(expand("rdf:rest"))
    for _ in range(1000):
        above = next(explorer.store.raw.quads_for_pattern(None, rest, cell), None)
        if above is None:
            break
        cell = above.subject
    above = next(explorer.store.raw.quads_for_pattern(None, ox.NamedNode(kgc("operands")), cell), None)
    return above.subject.value if above and isinstance(above.subject, ox.NamedNode) else None


def _blocks(explorer: Explorer, found: Claim) -> Content:
    """The blocks in which the claim meets others, by the role that it has there."""
    items = []
    seen = set()
    graph = ox.NamedNode(DERIVED)
    quads = explorer.store.raw.quads_for_pattern(ox.NamedNode(found.iri), None, None, graph)
    for quad in sorted(quads, key=str):
        block = quad.object
        if not isinstance(block, ox.NamedNode) or not block.value.startswith(BLOCK):
            continue
        role = quad.predicate.value.removeprefix(f"{KGC}block")
        if (role, block.value) in seen:
            continue
        seen.add((role, block.value))
        items.append(h("li", explorer.link(block.value, spaced(role))))
    if not items:
        return None
    return h(
        "details",
        h("summary", f"{len(items)} blocks, each named by the role that the claim has in it"),
        h("ul", items[:60], class_="things"),
    )
