"""People and organisations, by name: there is no ranking of who is in most findings."""

from __future__ import annotations

from collections.abc import Iterator

from kgcheck.namespaces import expand
from kgcheck.report.html.element import Content, Element, h
from kgcheck.report.plain import counted, plain, shortened
from kgcheck.report.record import claim_record
from kgcheck.serve.explorer import rows
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.catalogue import BODY, PERSON
from kgcheck.serve.explorer.describing import described
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.listing import listed
from kgcheck.serve.explorer.page import Json, Missing, Page
from kgcheck.serve.explorer.paging import pager, slice_of
from kgcheck.serve.explorer.places import local_name, way_to
from kgcheck.serve.explorer.roles import record as role_record
from kgcheck.serve.explorer.roles import roles_of, timeline

_PER_PAGE = 200
_HEADINGS = {PERSON: "People", BODY: "Organisations"}
_DOCUMENTS = 30
_CLAIMS = 15


def agents(explorer: Explorer, asked: Asked) -> Page:
    """People, then organisations, each in the order of their names."""
    catalogue = explorer.catalogue
    every = [(kind, iri) for kind in _HEADINGS for iri, own in catalogue.agents.items() if own == kind]
    part = slice_of(every, asked.get("page"), _PER_PAGE)

    def body() -> Iterator[Content]:
        yield h("h1", "People and organisations")
        yield h("p", "Who speaks, is spoken of, and publishes, in the order of their names.", class_="lead")
        for kind, heading in _HEADINGS.items():
            shown = [iri for own, iri in part.items if own == kind]
            yield rows.titled(heading, None, _list(explorer, shown) if shown else None)
        yield pager(part, asked.path, {}, "names")

    return Page(
        "People and organisations",
        lambda: list(body()),
        lambda: {**part.record, "agents": [record(explorer, iri) for _, iri in part.items]},
        lambda: listed(explorer, asked, part, [iri for _, iri in part.items], {}),
        section="agents",
    )


def _list(explorer: Explorer, iris: list[str]) -> Element:
    return h("ul", (h("li", explorer.link(iri)) for iri in iris), class_="columns")


def agent(explorer: Explorer, asked: Asked) -> Page:
    """The person or organisation of a name."""
    name = asked.names[1]
    iri = explorer.places.by_agent.get(name)
    if iri is None:
        twins = [i for i in explorer.catalogue.agents if local_name(i) == name]
        near = [(i, explorer.places.of(i) or "/agents") for i in twins] or explorer.finder.near(name, "agent")
        raise Missing(f"Nobody here is named {shortened(plain(name), 80)!r}", near)
    return of_agent(explorer, asked, iri)


def of_agent(explorer: Explorer, asked: Asked, iri: str) -> Page:
    """The page of a person or organisation."""
    catalogue = explorer.catalogue
    kind = catalogue.agents.get(iri, BODY)
    spoken, published, about = (
        catalogue.claims_by(iri),
        catalogue.documents_by(iri),
        catalogue.about.get(iri, []),
    )
    roles = roles_of(explorer, iri)

    def body() -> Iterator[Content]:
        yield h("p", "Person" if kind == PERSON else "Organisation", class_="kicker")
        yield h("h1", shortened(catalogue.label(iri), 300))
        yield _facts(explorer, iri)
        yield rows.titled(
            "Roles over time",
            None,
            timeline(explorer, roles, person=kind == PERSON),
            "Posts held, as documents say it."
            if kind == PERSON
            else "Posts held in it, as documents say it.",
            "roles",
        )
        yield rows.titled(
            "Said",
            len(spoken),
            [rows.claims(explorer, spoken[:_CLAIMS]), _all(len(spoken), _CLAIMS, "by", iri)],
            "Claims that documents ascribe to it, in the order of their dates.",
            "said",
        )
        yield rows.titled(
            "Published",
            len(published),
            [
                rows.documents(explorer, published[:_DOCUMENTS]),
                h("p", f"and {len(published) - _DOCUMENTS:,} more", class_="more")
                if len(published) > _DOCUMENTS
                else None,
            ],
            name="published",
        )
        own = {claim.iri for claim in spoken}
        others = [claim for claim in about if claim.iri not in own]
        yield rows.titled(
            "Spoken of by others",
            len(others),
            [rows.claims(explorer, others[:_CLAIMS]), _all(len(about), _CLAIMS, "about", iri)],
            name="about",
        )

    return Page(
        catalogue.label(iri),
        lambda: list(body()),
        lambda: {
            **record(explorer, iri),
            "roles": [role_record(explorer, role) for role in roles],
            "published": [document.iri for document in published],
            "claimCount": len(spoken),
            "claims": [claim_record(claim, explorer.report) for claim in spoken[:_CLAIMS]],
        },
        lambda: described(explorer.store, iri, *(r.membership for r in roles if r.membership)),
        section="agents",
    )


def _all(total: int, shown: int, way: str, iri: str) -> Content:
    if total <= shown:
        return None
    place = way_to("/claims", {way: iri})
    words = f"All {counted(total, 'claim')} {'of its own' if way == 'by' else 'that speak of it'}"
    return h("p", h("a", words, href=place), class_="more")


def _facts(explorer: Explorer, iri: str) -> Content:
    vocabulary = explorer.report.vocabulary
    same = vocabulary.same(iri)
    twins = [other for other in explorer.catalogue.agents if other != iri and vocabulary.same(other) == same]

    def things(curie: str) -> Content:
        return explorer.links(v.value for v in explorer.values(iri, expand(curie)) if ":" in v.value)

    return rows.facts(
        [
            ("Also called", shortened("; ".join(map(plain, vocabulary.alternatives.get(iri, ()))), 600)),
            ("The same as", explorer.links(twins)),
            ("Renamed to", things("dct:isReplacedBy")),
            ("Part of", things("org:subOrganizationOf")),
            ("Serves", things("schema:areaServed")),
            ("In the graph", h("code", shortened(plain(iri), 500))),
        ]
    )


def record(explorer: Explorer, iri: str) -> Json:
    """A person or organisation as plain data."""
    vocabulary = explorer.report.vocabulary
    return {
        "iri": iri,
        "label": vocabulary.label(iri),
        "kind": explorer.catalogue.agents.get(iri),
        "alternatives": list(vocabulary.alternatives.get(iri, ())),
        "sameAs": vocabulary.same(iri),
    }
