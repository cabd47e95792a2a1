"""As much of the citation graph as lies above some claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from kgcheck.lineage.provenance import provenance_graph
from kgcheck.model.claim import Claim, Document
from kgcheck.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx

Links = tuple[tuple[str, str, str], ...]


class Ancestry:
    """Answers what some claims rest on, from tables of documents and links that hold all there are.

    `named` gives the claims with these IRIs: what is cited may be a claim.
    """

    def __init__(
        self,
        documents: Mapping[str, Document],
        links: Links,
        vocabulary: Vocabulary,
        named: Callable[[Iterable[str]], Iterable[Claim]],
    ) -> None:
        self._documents = documents
        self._vocabulary = vocabulary
        self._named = named
        self._links: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for link in links:
            self._links[link[0]].append(link)
        self._aliases: dict[str, list[str]] = defaultdict(list)
        for iri, same in vocabulary.canonical.items():
            self._aliases[same].append(iri)

    def graph(self, claims: Mapping[str, Claim]) -> nx.DiGraph[str]:
        """The citation graph of all that lies above `claims`, as `provenance_graph` makes it.

        What the whole graph says of these claims (their roots, what they rest on, whether they are
        independent) this part says too, because all of that lies above.
        """
        reached: dict[str, Claim] = {}
        documents: dict[str, Document] = {}
        links: list[tuple[str, str, str]] = []
        seen: set[str] = set()
        fresh = dict(claims)
        while fresh:
            reached |= fresh
            waiting = {iri for claim in fresh.values() for iri in _above(claim)}
            strange: set[str] = set()
            while waiting:
                iri = waiting.pop()
                if iri in seen:
                    continue
                seen.add(iri)
                same = self._vocabulary.same(iri) or iri
                waiting.update((same, *self._aliases.get(same, ())))
                if (document := self._documents.get(iri)) is not None:
                    documents[iri] = document
                    waiting.update(document.sources, [document.publisher] if document.publisher else [])
                elif iri not in reached:
                    strange.add(iri)
                for link in self._links.get(iri, ()):
                    links.append(link)
                    waiting.add(link[2])
            fresh = {claim.iri: claim for claim in self._named(sorted(strange))}
        return provenance_graph(reached, documents, links, self._vocabulary)


def _above(claim: Claim) -> Iterable[str]:
    yield claim.document
    yield from claim.sources
    yield from claim.restates
    if claim.speaker:
        yield claim.speaker
