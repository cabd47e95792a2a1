"""Who held which post when, as role claims and memberships say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from kgcheck.errors import MeaningError
from kgcheck.model.claim import Claim
from kgcheck.model.period import Period, Span
from kgcheck.namespaces import expand, kgc
from kgcheck.report.caption import caption
from kgcheck.report.figures import span
from kgcheck.report.html.axis import Axis, bar, dash, dates, day_number, scale, track
from kgcheck.report.html.element import Content, Element, h
from kgcheck.report.html.lanes import figure
from kgcheck.report.plain import shortened
from kgcheck.semantics.edtf import parse_edtf
from kgcheck.serve.explorer.explorer import Explorer

_MOST = 60
_HEIGHT = 26
_LEGEND = (
    "Solid: certainly within the time meant. Pale: possibly. An arrow: as far as anybody says, it goes on "
    "beyond the edge. A bar says that the post was held then, not from when or until when."
)


@dataclass(frozen=True, slots=True)
class Role:
    """A person in a post: `when` is a time at which it was held, `tense` how its source speaks of it."""

    person: str
    post: str | None
    body: str | None
    when: Span | None
    certain: bool
    tense: str
    claim: Claim | None = None
    membership: str | None = None


def roles_of(explorer: Explorer, agent: str) -> list[Role]:
    """The posts that a person held, or those in a body; the earliest first, undated ones last."""
    same = explorer.report.vocabulary.same
    named = same(agent)
    found = list(_claimed(explorer))
    told = {role.claim.iri for role in found if role.claim}
    found += _memberships(explorer, told)
    mine = [role for role in found if named in (same(role.person), same(role.body))]
    return sorted(mine, key=lambda r: (r.when.start if r.when else date.max, r.person, r.post or ""))


def _claimed(explorer: Explorer) -> Iterator[Role]:
    posts = explorer.report.vocabulary.posts
    for claim in explorer.catalogue.role_claims:
        if claim.person is None:
            continue
        post = posts.get(claim.post or "")
        when = claim.scope.period
        if when.hull is None and (document := explorer.report.documents.get(claim.document)):
            when = document.issued
        yield Role(
            claim.person,
            claim.post,
            post.organisation if post else None,
            when.hull,
            when.certain,
            claim.tense or "current",
            claim,
        )


def _memberships(explorer: Explorer, told: set[str]) -> Iterator[Role]:
    """Memberships that rest on none of the claims that are told already."""
    store = explorer.store.raw
    kind = ox.NamedNode(expand("org:Membership"))
    nodes = {q.subject for q in store.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), kind)}
    for node in sorted(nodes, key=str):
        if not isinstance(node, ox.NamedNode):
            continue

        def one(curie: str, iri: str = node.value) -> str | None:
            return next((v.value for v in explorer.values(iri, expand(curie))), None)

        person = one("org:member")
        if person is None or told & {
            v.value for v in explorer.values(node.value, expand("prov:wasDerivedFrom"))
        }:
            continue
        post = next((v.value for v in explorer.values(node.value, kgc("post"))), None) or one("org:role")
        when = _during(explorer, one("org:memberDuring"))
        yield Role(
            person, post, one("org:organization"), when.hull, when.certain, "current", None, node.value
        )


def _during(explorer: Explorer, interval: str | None) -> Period:
    """The time of an interval: its own days, or an instant inside it."""
    if interval is None:
        return Period()
    instants = [v.value for v in explorer.values(interval, expand("time:inside"))]
    for place in (interval, *instants):
        for words in explorer.values(place, kgc("periodEdtf")) + explorer.values(
            place, expand("time:inXSDDate")
        ):
            try:
                return parse_edtf(words.value)
            except MeaningError:
                continue
    ends = [_day(explorer, interval, name) for name in ("time:hasBeginning", "time:hasEnd")]
    known = [day for day in ends if day]
    whole = Span(min(known), max(known)) if known else None
    return Period(whole, whole)


def _day(explorer: Explorer, interval: str, name: str) -> date | None:
    for instant in explorer.values(interval, expand(name)):
        for words in explorer.values(instant.value, expand("time:inXSDDate")):
            try:
                return date.fromisoformat(words.value[:10])
            except ValueError:
                continue
    return None


def timeline(explorer: Explorer, roles: Iterable[Role], *, person: bool) -> Element | None:
    """The roles on one axis; `person` says that all are those of one person."""
    shown = list(roles)
    days = [day for role in shown if role.when for day in (role.when.start, role.when.end)]
    if not days:
        return _undated(explorer, shown, person) if shown else None
    axis = Axis.over([day_number(day) for day in days])
    lanes: list[Content] = [_lane(explorer, role, axis, person) for role in shown[:_MOST]]
    if len(shown) > _MOST:
        lanes.append(h("p", f"and {len(shown) - _MOST:,} more", class_="more"))
    lanes.append(_row(None, None, scale(axis, dates(axis))))
    return figure("On a timeline", lanes, "", _LEGEND)


def _undated(explorer: Explorer, roles: list[Role], person: bool) -> Element:
    items = (
        h("li", _name(explorer, r, person), " ", h("small", _detail(explorer, r))) for r in roles[:_MOST]
    )
    return h("ul", items, class_="stack")


def _row(name: Content, detail: Content, drawn: Element) -> Element:
    words = h(
        "div", h("b", name) if name else None, h("small", detail) if detail else None, class_="lane-words"
    )
    return h("div", words, drawn, class_="lane side-0")


def _lane(explorer: Explorer, role: Role, axis: Axis, person: bool) -> Element:
    parts: list[Element] = []
    if role.when:
        start, end = axis.at(day_number(role.when.start)), axis.at(day_number(role.when.end) + 1)
        if end - start < 0.8:  # a day must be seen on an axis of ten years
            start, end = max(0.0, start - 0.4), min(100.0, end + 0.4)
        if role.tense == "former":
            parts += [bar(0.0, start, 6, 14, "outer"), _arrow("‹", "0%", "start")]
            parts.append(dash(start, 4, 22, "point"))
        elif role.tense == "future":
            parts += [bar(end, 100.0, 6, 14, "outer"), _arrow("›", "100%", "end")]
            parts.append(dash(end, 4, 22, "point"))
        else:
            parts.append(bar(round(start, 3), round(end, 3), 6, 14, "inner" if role.certain else "outer"))
    return _row(_name(explorer, role, person), _detail(explorer, role), track(_HEIGHT, *parts))


def _arrow(sign: str, x: str, anchor: str) -> Element:
    return h("text", sign, x=x, y=18, text_anchor=anchor, class_="open")


def _name(explorer: Explorer, role: Role, person: bool) -> Content:
    post = explorer.link(role.post) if role.post else "member"
    return post if person else [explorer.link(role.person), ", ", post]


def _detail(explorer: Explorer, role: Role) -> Content:
    when = span(role.when) if role.when else "time not known"
    words = {"former": f"already over in {when}", "future": f"still to come in {when}"}.get(role.tense, when)
    if role.claim is not None:
        said = caption(role.claim, explorer.report)
        return [
            f"{words} · ",
            explorer.link(role.claim.iri, f"«{shortened(said.quote, 60)}»"),
            f", {said.attribution}",
        ]
    return [f"{words} · ", explorer.link(role.membership, "a membership in the data")]


def record(explorer: Explorer, role: Role) -> dict[str, object]:
    """A role as plain data."""
    return {
        "person": role.person,
        "post": role.post,
        "postLabel": explorer.catalogue.label(role.post) if role.post else None,
        "organisation": role.body,
        "start": role.when.start.isoformat() if role.when else None,
        "end": role.when.end.isoformat() if role.when else None,
        "certain": role.certain,
        "tense": role.tense,
        "claim": role.claim.iri if role.claim else None,
        "membership": role.membership,
    }
