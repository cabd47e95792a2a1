"""The vocabularies as rdflib graphs, and the terms that files of other folders use."""

from __future__ import annotations

import pytest
from rdflib import Graph

from kgcheck import assets


@pytest.fixture(scope="session")
def core() -> Graph:
    """The core terms alone."""
    return Graph().parse(assets.folder("ontology") / "kgcheck.ttl")


@pytest.fixture(scope="session")
def vocabularies() -> Graph:
    """The core terms with every domain vocabulary."""
    graph = Graph()
    for path in sorted(assets.folder("ontology").glob("*.ttl")):
        graph.parse(path)
    return graph
