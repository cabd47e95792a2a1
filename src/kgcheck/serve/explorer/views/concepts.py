"""Concepts: measures, topics, areas and what else claims speak of; and what is claimed about one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kgcheck.model.claim import Claim
from kgcheck.namespaces import expand, kgc
from kgcheck.report.caption import caption
from kgcheck.report.figures import period
from kgcheck.report.html.element import Content, Element, h
from kgcheck.report.plain import plain, shortened
from kgcheck.report.record import claim_record
from kgcheck.serve.explorer import rows
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.catalogue import KINDS
from kgcheck.serve.explorer.describing import described
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.listing import listed
from kgcheck.serve.explorer.page import Json, Missing, Page
from kgcheck.serve.explorer.paging import pager, slice_of
from kgcheck.serve.explorer.places import local_name

_PER_PAGE = 200
_NOTES = ("skos:definition", "rdfs:comment", "skos:scopeNote", "dct:description", "skos:note")


def concepts(explorer: Explorer, asked: Asked) -> Page:
    """All concepts, kind by kind; with `kind`, those of one."""
    catalogue = explorer.catalogue
    chosen = asked.get("kind")
    known = [(kind, [iri for iri, own in catalogue.concepts.items() if own == kind]) for kind, _ in KINDS]
    known = [(kind, members) for kind, members in known if members]
    wanted = [(kind, iri) for kind, members in known if chosen in ("", kind) for iri in members]
    if chosen and not wanted:
        raise Missing(
            f"There is no kind of concept {shortened(plain(chosen), 80)!r}", [("Concepts", "/concepts")]
        )
    part = slice_of(wanted, asked.get("page"), _PER_PAGE)
    query = asked.kept("kind")

    def body() -> Iterator[Content]:
        yield h("h1", chosen or "Concepts")
        yield h("p", "What claims are about. The number says how many claims speak of it.", class_="lead")
        for kind, _ in known:
            shown = [iri for own, iri in part.items if own == kind]
            yield rows.titled(kind, None, _columns(explorer, shown) if shown else None)
        yield pager(part, asked.path, query, "concepts")

    return Page(
        chosen or "Concepts",
        lambda: list(body()),
        lambda: {**part.record, "concepts": [record(explorer, iri) for _, iri in part.items]},
        lambda: listed(explorer, asked, part, [iri for _, iri in part.items], query),
        section="concepts",
    )


def _columns(explorer: Explorer, iris: list[str]) -> Element:
    about = explorer.catalogue.about
    items = (
        h("li", explorer.link(iri), " ", h("small", f"{len(about.get(iri, ())):,}", class_="number"))
        for iri in iris
    )
    return h("ul", items, class_="columns")


def concept(explorer: Explorer, asked: Asked) -> Page:
    """The concept of a name."""
    name = asked.names[1]
    iri = explorer.places.by_concept.get(name)
    if iri is None:
        twins = [i for i in explorer.catalogue.concepts if local_name(i) == name]
        near = [(i, explorer.places.of(i) or "/concepts") for i in twins] or explorer.finder.near(
            name, "concept"
        )
        raise Missing(f"There is no one concept {shortened(plain(name), 80)!r}", near)
    return of_concept(explorer, asked, iri)


def of_concept(explorer: Explorer, asked: Asked, iri: str) -> Page:
    """The page of a concept."""
    members = explorer.catalogue.about.get(iri, [])
    part = slice_of(members, asked.get("page"))
    title = explorer.catalogue.label(iri)

    def body() -> Iterator[Content]:
        yield h("p", explorer.catalogue.concepts.get(iri, "Concept"), class_="kicker")
        yield h("h1", shortened(title, 300))
        for note in notes(explorer, iri):
            yield h("p", shortened(note, 2000), class_="lead")
        yield _facts(explorer, iri)
        yield rows.titled(
            "What is claimed about it",
            len(members),
            [table(explorer, part.items), pager(part, asked.path, asked.kept("iri"), "claims")],
        )
        if not members:
            yield h("p", "No claim speaks of it directly.", class_="silence")

    return Page(
        title,
        lambda: list(body()),
        lambda: {
            **record(explorer, iri),
            **part.record,
            "claims": [claim_record(c, explorer.report) for c in part.items],
        },
        lambda: [
            *described(explorer.store, iri),
            *listed(explorer, asked, part, [claim.iri for claim in part.items], asked.kept("iri")),
        ],
        section="concepts",
    )


def notes(explorer: Explorer, iri: str) -> list[str]:
    """What the vocabulary says of it in words."""
    found = [plain(v.value) for name in _NOTES for v in explorer.values(iri, expand(name))]
    return list(dict.fromkeys(found))[:5]


def _facts(explorer: Explorer, iri: str) -> Content:
    vocabulary = explorer.report.vocabulary

    def things(*names: str) -> Content:
        return explorer.links(
            value.value for name in names for value in explorer.values(iri, name) if ":" in value.value
        )

    narrower = [one for one, above in vocabulary.broader.items() if iri in above]
    parts = [one for one, above in vocabulary.part_of.items() if iri in above]
    measure = vocabulary.measures.get(iri)
    return rows.facts(
        [
            ("Also called", shortened("; ".join(map(plain, vocabulary.alternatives.get(iri, ()))), 600)),
            ("Unit", measure.kind.value if measure else None),
            ("Adds up over", ", ".join(sorted(measure.additive_over)) if measure else None),
            ("Never more than", explorer.links(sorted(measure.bounded_by)) if measure else None),
            ("The rest of", explorer.link(measure.complement) if measure else None),
            ("Rate of", explorer.link(measure.count) if measure else None),
            ("Part of", things(kgc("partOf"))),
            ("Parts", explorer.links(sorted(parts))),
            ("Broader", things(expand("skos:broader"))),
            ("Narrower", explorer.links(sorted(narrower))),
            ("Related", things(expand("skos:related"))),
            ("Programme", things(kgc("programme"))),
            ("Scheme", things(expand("skos:inScheme"))),
            ("Inspected", things(kgc("inspected"))),
            ("Inspected by", things(kgc("inspector"))),
            ("Post in", things(expand("org:postIn"))),
            ("Derived from", things(expand("prov:wasDerivedFrom"))),
            ("Attributed to", things(expand("prov:wasAttributedTo"))),
            ("Cannot hold with", things(kgc("incompatibleWith"))),
            ("Sits badly beside", things(kgc("strainedWith"))),
            ("In the graph", h("code", shortened(plain(iri), 500))),
        ]
    )


def table(explorer: Explorer, members: Iterable[Claim]) -> Element:
    """Claims as rows to be read down: what is stated, of what, when, by whom."""
    titles = ("stated", "of what", "period", "who", "document")
    return h(
        "div",
        h(
            "table",
            h("thead", h("tr", (h("th", title, scope="col") for title in titles))),
            h("tbody", (_row(explorer, claim) for claim in members)),
            class_="gate claims-table",
        ),
        class_="wide",
        tabindex="0",
        role="group",
        aria_label="Claims",
    )


def _row(explorer: Explorer, claim: Claim) -> Element:
    report = explorer.report
    said = caption(claim, report)
    scope = [plain(report.vocabulary.label(iri)) for iri in _subjects(claim)]
    when = (
        period(claim.scope.period) if claim.scope.period.hull or claim.scope.period.stated else "not stated"
    )
    words = shortened(said.stated or said.quote, 120) or "claim"
    return h(
        "tr",
        h("th", explorer.link(claim.iri, words), scope="row"),
        h("td", shortened(" · ".join(scope), 300)),
        h("td", shortened(when, 200)),
        h("td", shortened(said.attribution, 200)),
        h("td", explorer.link(claim.document), h("small", f" {said.date}")),
    )


def _subjects(claim: Claim) -> list[str]:
    scope = claim.scope
    return [
        iri
        for iri in (scope.measure, scope.question, *claim.questions[:2], scope.topic, scope.subject)
        if iri
    ]


def record(explorer: Explorer, iri: str) -> Json:
    """A concept as plain data."""
    vocabulary = explorer.report.vocabulary
    return {
        "iri": iri,
        "label": vocabulary.label(iri),
        "kind": explorer.catalogue.concepts.get(iri),
        "alternatives": list(vocabulary.alternatives.get(iri, ())),
        "notes": notes(explorer, iri),
        "broader": sorted(vocabulary.broader.get(iri, ())),
        "partOf": sorted(vocabulary.part_of.get(iri, ())),
        "claimCount": len(explorer.catalogue.about.get(iri, ())),
    }
