"""One step up: what a node of the citation graph rests on."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import networkx as nx

from kgcheck.lineage.provenance import CITING, Relation


def targets(graph: nx.DiGraph[str], node: str, *wanted: Relation) -> list[str]:
    """The nodes that `node` points to by one of the wanted relations, sorted."""
    found = []
    for end, edge in graph.adj[node].items():
        for relation in edge["relations"]:
            if relation in wanted:
                found.append(end)
                break
    return sorted(found)


def rests_on(graph: nx.DiGraph[str], node: str) -> list[str]:
    """The next nodes up from `node`, sorted; empty where citations end.

    What is cited comes before who speaks. A claim that cites nothing rests on what its document as
    a whole cites, else on its speaker, else on the document's publisher, else on the document. A
    document or source that cites nothing rests on the body it is attributed to; an agent on the
    body it acts for.
    """
    if cited := targets(graph, node, *CITING):
        return cited
    kind = graph.nodes[node]["kind"]
    if kind == "agent":
        return targets(graph, node, Relation.ON_BEHALF_OF)
    if kind == "claim":
        documents = targets(graph, node, Relation.IN_DOCUMENT)
        return (
            _together(graph, documents, *CITING)
            or targets(graph, node, Relation.ATTRIBUTED_TO)
            or _together(graph, documents, Relation.ATTRIBUTED_TO)
            or documents
        )
    return targets(graph, node, Relation.ATTRIBUTED_TO)


def _together(graph: nx.DiGraph[str], nodes: list[str], *wanted: Relation) -> list[str]:
    """The targets of several nodes, sorted."""
    return sorted({end for node in nodes for end in targets(graph, node, *wanted)})


_known: WeakKeyDictionary[nx.DiGraph[str], nx.DiGraph[str]] = WeakKeyDictionary()


def ascent(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    """The graph of all such steps, over the same nodes: worked out once for a graph that stays as it
    is."""
    steps = _known.get(graph) if nx.is_frozen(graph) else None
    if steps is None:
        steps = nx.DiGraph()
        steps.add_nodes_from(graph)
        steps.add_edges_from((node, above) for node in graph for above in rests_on(graph, node))
        if nx.is_frozen(graph):
            _known[graph] = nx.freeze(steps)
    return steps
