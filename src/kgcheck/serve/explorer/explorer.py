"""What all pages draw on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from threading import Lock

import pyoxigraph as ox

from kgcheck.export.rdf import prefixes
from kgcheck.model.report import Report
from kgcheck.namespaces import DERIVED, expand
from kgcheck.report.caption import Caption
from kgcheck.report.html.card import Cards
from kgcheck.report.html.element import Content, Place, h
from kgcheck.report.plain import plain, shortened
from kgcheck.serve.explorer.catalogue import Catalogue
from kgcheck.serve.explorer.finder import Finder
from kgcheck.serve.explorer.places import Places
from kgcheck.serve.knowledge import Knowledge
from kgcheck.store import Store

MOST = 40
"""More links than this do not stand in one line of a page."""

_LABEL = 160
_DERIVED = ox.NamedNode(DERIVED)


class Explorer:
    """The report and its graph, indexed once when the server starts."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.report: Report = knowledge.report
        self.store: Store = knowledge.store
        self.checks = dict(sorted(knowledge.run.checks.items()))
        self.catalogue = Catalogue(self.report)
        self.places = Places(
            self.report.documents, self.report.claims, self.catalogue.agents, self.catalogue.concepts
        )
        self.prefixes = prefixes(self.store)
        self.cards = Cards(self.report, self.checks, self._leads_on, "h1")
        self._lock = Lock()

    @property
    def finder(self) -> Finder:
        """The search, set up when somebody first searches."""
        with self._lock:
            return self._finder

    @cached_property
    def _finder(self) -> Finder:
        return Finder.over(self.catalogue, self.places, self.checks)

    def link(self, iri: str | None, words: str | None = None) -> Content:
        """The name of a thing, leading to its page."""
        if iri is None:
            return None
        text = shortened(plain(words) if words else self.catalogue.label(iri), _LABEL) or "without a name"
        path = self.places.of(iri)
        return h("a", text, href=Place(path)) if path else text

    def _leads_on(self, said: Caption) -> Content:
        path = self.places.of(said.iri) if said.iri in self.report.claims else None
        name = f"go to the claim «{shortened(said.quote, 60)}»"
        return h("a", "go to the claim", href=Place(path), aria_label=name) if path else None

    def links(self, iris: Iterable[str]) -> Content:
        """Names of things, leading to their pages; the first MOST of them."""
        every = list(dict.fromkeys(iris))
        items = [h("li", self.link(iri)) for iri in every[:MOST]]
        if len(every) > MOST:
            items.append(h("li", f"and {len(every) - MOST:,} more"))
        return h("ul", items, class_="things") if items else None

    def values(self, iri: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
        """What the graph says under a property, in order; nothing that was derived."""
        found = {
            quad.object
            for quad in self.store.raw.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None)
            if quad.graph_name != _DERIVED
        }
        return sorted((v for v in found if isinstance(v, ox.NamedNode | ox.Literal)), key=str)

    def types(self, iri: str) -> list[str]:
        """The classes of a thing."""
        return [value.value for value in self.values(iri, expand("rdf:type"))]
