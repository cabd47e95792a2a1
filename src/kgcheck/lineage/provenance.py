"""The citation graph: what rests on what, as its authors stated it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

import networkx as nx

from kgcheck.model.claim import Claim, Document
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import expand


class Relation(StrEnum):
    """How a node of the citation graph points to another. The PROV term stands beside each."""

    PRIMARY_SOURCE = "primarySource"  # prov:hadPrimarySource
    DERIVED_FROM = "derivedFrom"  # prov:wasDerivedFrom
    QUOTED_FROM = "quotedFrom"  # prov:wasQuotedFrom
    REVISION_OF = "revisionOf"  # prov:wasRevisionOf
    RESTATES = "restates"  # kgc:restates
    IN_DOCUMENT = "inDocument"  # kgc:inDocument
    ATTRIBUTED_TO = "attributedTo"  # prov:wasAttributedTo, dct:publisher
    ON_BEHALF_OF = "actedOnBehalfOf"  # prov:actedOnBehalfOf


CITING = frozenset(
    {
        Relation.PRIMARY_SOURCE,
        Relation.DERIVED_FROM,
        Relation.QUOTED_FROM,
        Relation.REVISION_OF,
        Relation.RESTATES,
    }
)
"""The relations by which a node rests on what another says."""

AGENT_TYPES = frozenset(
    expand(curie)
    for curie in (
        "foaf:Agent",
        "foaf:Organization",
        "foaf:Person",
        "org:Organization",
        "org:OrganizationalUnit",
        "prov:Agent",
        "prov:Organization",
        "prov:Person",
        "schema:Organization",
        "schema:Person",
    )
)


def provenance_graph(
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    links: Iterable[tuple[str, str, str]],
    vocabulary: Vocabulary,
) -> nx.DiGraph[str]:
    """The frozen graph of who rests on what, from the one that cites to the one that is cited.

    `links` are (subject, relation, object) triples between sources, documents, agents and claims;
    each relation is the value of a Relation. Renamed bodies and merged identities become one node.
    A node has a `kind` (claim, document, source or agent), an edge the sorted tuple `relations`.

    Raises ValueError for a link with an unknown relation.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    agents: set[str] = set()

    def name(iri: str) -> str:
        return vocabulary.same(iri) or iri

    def connect(subject: str, relation: Relation, target: str) -> None:
        start, end = name(subject), name(target)
        known = graph.get_edge_data(start, end, {}).get("relations", ())
        graph.add_edge(start, end, relations=tuple(sorted({*known, relation})))
        if relation in (Relation.ATTRIBUTED_TO, Relation.ON_BEHALF_OF):
            agents.add(end)
        if relation is Relation.ON_BEHALF_OF:
            agents.add(start)

    for document in documents.values():
        graph.add_node(name(document.iri))
        for source in document.sources:
            connect(document.iri, Relation.PRIMARY_SOURCE, source)
        if document.publisher:
            connect(document.iri, Relation.ATTRIBUTED_TO, document.publisher)
    for claim in claims.values():
        connect(claim.iri, Relation.IN_DOCUMENT, claim.document)
        for source in claim.sources:
            connect(claim.iri, Relation.PRIMARY_SOURCE, source)
        for restated in claim.restates:
            connect(claim.iri, Relation.RESTATES, restated)
        if claim.speaker:
            connect(claim.iri, Relation.ATTRIBUTED_TO, claim.speaker)
    for subject, relation, target in links:
        connect(subject, Relation(relation), target)

    agents |= {name(iri) for iri, types in vocabulary.types.items() if types & AGENT_TYPES}
    kinds = dict.fromkeys(agents, "agent")
    kinds |= dict.fromkeys(map(name, documents), "document")
    kinds |= dict.fromkeys((name(claim.document) for claim in claims.values()), "document")
    kinds |= dict.fromkeys(map(name, claims), "claim")
    for node in graph:
        graph.nodes[node]["kind"] = kinds.get(node, "source")
    nx.freeze(graph)
    return graph
