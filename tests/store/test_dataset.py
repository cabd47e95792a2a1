"""rdflib at the edge gets the same statements, and the words of literals as they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import XSD

import kgcheck
from kgcheck.namespaces import DERIVED
from kgcheck.store import ONTOLOGY, Store
from kgcheck.store.dataset import to_rdflib

Loader = Callable[..., Store]

EX = "https://example.org/"


def test_load_gives_each_document_its_graph(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        f"<{EX}d> a <https://w3id.org/kgcheck/ontology#Document> ; <{EX}p> [ <{EX}q> 1 ] .", "utf-8"
    )
    dataset = kgcheck.load(str(tmp_path))
    sizes = {str(graph.identifier): len(graph) for graph in dataset.graphs()}
    assert sizes[EX + "d"] == 3
    assert sizes[ONTOLOGY] > 1000
    assert len(list(dataset.triples((URIRef(EX + "d"), None, None)))) == 2


def test_union_graph_leaves_out_what_is_derived(load: Loader) -> None:
    store = load("ex:d a kgc:Document .", "ex:b a org:Organization .")
    store.raw.add(
        ox.Quad(ox.NamedNode(EX + "d"), ox.NamedNode(EX + "p"), ox.Literal("x"), ox.NamedNode(DERIVED))
    )
    graph = store.union_graph()
    assert {str(subject) for subject in graph.subjects()} == {EX + "d", EX + "b"}
    assert len(graph) == 2


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        (ox.Literal("a"), Literal("a")),
        (ox.Literal("a", language="en-GB"), Literal("a", lang="en-gb")),
        (
            ox.Literal("01", datatype=ox.NamedNode(str(XSD.integer))),
            Literal("01", datatype=XSD.integer, normalize=False),
        ),
        (
            ox.Literal("2016-02-18Z", datatype=ox.NamedNode(str(XSD.date))),
            Literal("2016-02-18Z", datatype=XSD.date, normalize=False),
        ),
    ],
)
def test_literals_keep_their_words(literal: ox.Literal, expected: Literal) -> None:
    made = to_rdflib(literal)
    assert made == expected
    assert str(made) == literal.value


def test_triple_terms_have_no_place_in_rdflib() -> None:
    node = ox.NamedNode(EX)
    with pytest.raises(TypeError):
        to_rdflib(ox.Triple(node, node, node))
