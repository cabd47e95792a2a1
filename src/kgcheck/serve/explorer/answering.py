"""From an address to the page that stands there, and from a page to what goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kgcheck.report.jsontext import json_text
from kgcheck.serve.explorer import policy
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.describing import as_json_ld, as_turtle
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.frame import alternate, whole
from kgcheck.serve.explorer.negotiation import DATA, FORMS, HTML, JSON, TURTLE, Form, by_suffix, choose
from kgcheck.serve.explorer.page import Elsewhere, Missing, Page
from kgcheck.serve.explorer.places import part, segments
from kgcheck.serve.explorer.views import (
    agents,
    checks,
    claims,
    compare,
    concepts,
    documents,
    findings,
    overview,
    resource,
    search,
)
from kgcheck.serve.explorer.views.missing import missing

View = Callable[[Explorer, Asked], Page | Elsewhere]

_LISTS: Mapping[str, View] = {
    "": overview.overview,
    "overview": overview.overview,
    "findings": findings.findings,
    "documents": documents.documents,
    "claims": claims.claims,
    "agents": agents.agents,
    "concepts": concepts.concepts,
    "checks": checks.checks,
    "compare": compare.compare,
    "search": search.search,
    "resource": resource.resource,
}
_MEMBERS: Mapping[str, tuple[int, View]] = {
    "findings": (2, findings.finding),
    "documents": (2, documents.document),
    "claims": (3, claims.claim),
    "agents": (2, agents.agent),
    "concepts": (2, concepts.concept),
    "checks": (2, checks.check),
}


def find(explorer: Explorer, asked: Asked) -> Page | Elsewhere:
    """The page of an address. Raises Missing."""
    first, *others = asked.names
    if others == [""] and first in _LISTS:
        return Elsewhere(f"/{first}")
    if not others and first in _LISTS:
        return _LISTS[first](explorer, asked)
    count, view = _MEMBERS.get(first, (0, None))
    if view is None or len(asked.names) != count:
        raise Missing("There is no page at this address")
    return view(explorer, asked)


def asked_by(request: Request) -> Asked:
    """What a request asks for."""
    names = segments(request.scope.get("raw_path") or request.scope["path"].encode())
    base = f"{request.url.scheme}://{request.url.netloc}"
    form = choose(", ".join(request.headers.getlist("accept")) or None)
    return Asked(tuple(names), dict(request.query_params), base, _path(names), form)


def answered(explorer: Explorer, request: Request) -> Response:
    """What goes out for a request."""
    asked = asked_by(request)
    try:
        return sent(explorer, find(explorer, asked), asked, asked.form)
    except Missing as error:
        wanted, trouble = asked.form, error
    if ended := by_suffix(asked.names[-1]):
        names = [*asked.names[:-1], ended[0]]
        bare = replace(asked, names=tuple(names), path=_path(names))
        wanted = ended[1]
        try:
            page = find(explorer, bare)
            if isinstance(page, Elsewhere):
                page = Elsewhere(f"{page.path}.{wanted.suffix}")
            return sent(explorer, page, bare, wanted)
        except Missing as error:
            trouble = error
    return sent(explorer, missing(trouble), asked, wanted or HTML)


def _path(names: Sequence[str]) -> str:
    """The address of a page without its ending and its query."""
    path = "/" + "/".join(map(part, names))
    return "/" if path == "/overview" else path


def sent(
    explorer: Explorer, page: Page | Elsewhere, asked: Asked, form: Form | None, *, editor: bool = False
) -> Response:
    """The page in a form; `editor` says that it is the one with the query editor."""
    vary = {"Vary": "Accept"}
    if isinstance(page, Elsewhere):
        return RedirectResponse(page.path, 303, headers=vary)
    if form is None:
        known = ", ".join(one.media_type for one in FORMS)
        return PlainTextResponse(f"This page comes as {known}.\n", 406, headers=vary)
    query = {name: value for name, value in asked.query.items() if value}
    alternates = [(one, alternate(asked.path, query, one)) for one in DATA] if page.status == 200 else []
    headers = {**vary, "Cache-Control": "no-cache"}
    if alternates:
        links = [f'<{place}>; rel="alternate"; type="{one.media_type}"' for one, place in alternates]
        if sum(map(len, links)) < 8000:
            headers["Link"] = ", ".join(links)
    if form is HTML:
        content = whole(
            page.title,
            page.body(),
            section=page.section,
            alternates=alternates,
            asked=asked.get("q") if page.section == "search" else "",
            styles=("yasgui.css",) if editor else (),
            scripts=("yasgui.js", "query.js") if editor else (),
        )
        headers["Content-Security-Policy"] = policy.QUERYING if editor else policy.STRICT
        return Response(content, page.status, headers, "text/html")
    if form is JSON:
        text = json_text(page.record(), indent=2) + "\n"
        return Response(text.encode("utf-8", "replace"), page.status, headers, JSON.media_type)
    triples = page.triples()
    write = as_turtle if form is TURTLE else as_json_ld
    media_type = "text/turtle; charset=utf-8" if form is TURTLE else form.media_type
    return Response(write(triples, explorer.prefixes), page.status, headers, media_type)
