"""Search over quotes, names and titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kgcheck.report.html.element import Content, Element, Place, h
from kgcheck.report.plain import counted, plain, shortened
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.finder import Hit, kinds
from kgcheck.serve.explorer.listing import listed
from kgcheck.serve.explorer.page import Page
from kgcheck.serve.explorer.paging import pager, slice_of
from kgcheck.serve.explorer.places import address

_PER_PAGE = 25
_LONGEST = 200
_NAMES = {"agent": "people and organisations"}


def search(explorer: Explorer, asked: Asked) -> Page:
    """What fits the words of `q`, the best first; with `kind`, things of one kind."""
    words = plain(asked.get("q"))[:_LONGEST]
    kind = asked.get("kind") if asked.get("kind") in kinds() else ""
    hits, instead = explorer.finder.find(words)
    counts = Counter(hit.entry.kind for hit in hits)
    chosen = [hit for hit in hits if not kind or hit.entry.kind == kind]
    part = slice_of(chosen, asked.get("page"), _PER_PAGE)
    query = {name: value for name, value in (("q", words), ("kind", kind)) if value}

    def body() -> Iterator[Content]:
        yield h("h1", f"Search: {words}" if words else "Search")
        if not words:
            yield h("p", "Type a quote, a name or a title above.", class_="lead")
            return
        if instead:
            yield h("p", "Nothing has these words. Shown is what fits ", h("b", instead), ".", class_="lead")
        yield h("p", _count(len(hits)), class_="status", role="status")
        if hits:
            yield _kinds(words, kind, counts)
            yield h("ol", (_hit(explorer, hit) for hit in part.items), class_="rows hits")
            yield pager(part, asked.path, query, "hits")
        else:
            yield h(
                "p",
                "Nothing fits all of these words. Fewer words find more; or look through the ",
                h("a", "documents", href=Place("/documents")),
                " or the ",
                h("a", "concepts", href=Place("/concepts")),
                ".",
                class_="silence",
            )

    found = [hit.entry.iri for hit in part.items if hit.entry.kind != "check"]
    return Page(
        f"Search: {words}" if words else "Search",
        lambda: list(body()),
        lambda: {
            **part.record,
            "words": words,
            "instead": instead,
            "hits": [
                {
                    "kind": hit.entry.kind,
                    "iri": hit.entry.iri,
                    "name": hit.entry.name,
                    "says": hit.entry.says,
                    "page": explorer.finder.address(hit.entry),
                }
                for hit in part.items
            ],
        },
        lambda: listed(explorer, asked, part, found, query),
        section="search",
    )


def _count(number: int) -> str:
    return counted(number, "hit")


def _kinds(words: str, chosen: str, counts: Counter[str]) -> Element:
    def to(kind: str, name: str, number: int) -> Element:
        place = Place(address("/search", {"q": words, "kind": kind}))
        return h(
            "li", h("a", f"{name} ({number:,})", href=place, aria_current="true" if kind == chosen else None)
        )

    known = [to(kind, _NAMES.get(kind, f"{kind}s"), counts[kind]) for kind in kinds() if counts[kind]]
    return h("nav", h("ul", to("", "all", counts.total()), known), class_="kinds", aria_label="Kinds of hits")


def _hit(explorer: Explorer, hit: Hit) -> Element:
    entry = hit.entry
    path = explorer.finder.address(entry)
    name = entry.name or "without a name"
    return h(
        "li",
        h("p", h("span", entry.kind if entry.kind != "agent" else entry.says, class_="check"), class_="tag"),
        h("p", h("a", name, href=Place(path)) if path else name, class_="name"),
        h("p", shortened(entry.says, 200), class_="scope") if entry.says and entry.kind != "agent" else None,
    )
