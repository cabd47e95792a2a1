"""Small graphs to load."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kgcheck.store import Store

PREFIXES = """\
@prefix kgc: <https://w3id.org/kgcheck/ontology#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
"""

Loader = Callable[..., Store]


@pytest.fixture
def load(tmp_path: Path) -> Loader:
    """Loads pieces of Turtle, each as a file of its own, prefixes supplied."""

    def load(*pieces: str, store: Store | None = None, ontology: bool = False) -> Store:
        store = store or Store()
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for number, piece in enumerate(pieces):
            (folder / f"{number}.ttl").write_text(PREFIXES + piece, "utf-8")
        (store.load_ontology if ontology else store.load)([folder])
        return store

    return load
