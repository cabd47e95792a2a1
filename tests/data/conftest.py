"""The packaged documents as rdflib graphs, one for each file."""

from __future__ import annotations

import pytest
from rdflib import Graph

from kgcheck import assets


@pytest.fixture(scope="session")
def vocabularies() -> Graph:
    """All vocabulary files together."""
    graph = Graph()
    for path in sorted(assets.folder("ontology").glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def files() -> dict[str, Graph]:
    """File name without suffix → graph, for the files that hold a document."""
    paths = sorted((assets.folder("data") / "kent").glob("*/*.ttl"))
    return {path.stem: Graph().parse(path) for path in paths}


@pytest.fixture(scope="session")
def agents() -> Graph:
    """People, bodies, posts, inspections and sources."""
    return Graph().parse(assets.folder("data") / "kent" / "agents.ttl")


@pytest.fixture(scope="session")
def everything(vocabularies: Graph, files: dict[str, Graph], agents: Graph) -> Graph:
    """The union of all files."""
    union = vocabularies + agents
    for graph in files.values():
        union += graph
    return union
