"""Planted violations: documents with seeded mistakes in them, found by both engines alike."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgcheck.assets import folder
from kgcheck.namespaces import DERIVED, PREFIXES, expand
from kgcheck.store import ONTOLOGY, Store
from kgcheck.validation import validate
from kgcheck.validation.compiled.terms import from_oxigraph
from kgcheck.validation.engine import find_results
from kgcheck.validation.results import Result
from kgcheck.validation.shapes import read_shapes

SHARED = Path(__file__).parents[2] / "shapes"
CASES = sorted((SHARED / "cases").rglob("*.ttl"))
SEEDS = range(3)
MISTAKES = 150

XSD = PREFIXES["xsd"]
NOWHERE = ox.NamedNode("https://example.org/nowhere")
ODD_VALUES = [
    NOWHERE,
    ox.Literal(""),
    ox.Literal("x" * 200),
    ox.Literal("no number", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("-7", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("2021-02-30", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("2021-02-03Z", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("1900-01-01", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("words", language="cy"),
    ox.Literal("0.5", datatype=ox.NamedNode(XSD + "decimal")),
]


IN_ORDER = {
    ox.NamedNode(expand(name))
    for name in (
        "kgc:periodStart",
        "kgc:periodEnd",
        "kgc:comparedStart",
        "kgc:comparedEnd",
        "oa:start",
        "oa:end",
    )
}
"""What shapes compare with each other. Values that do not compare stop pySHACL, so here they always do."""


def plant(store: Store, seed: int, count: int = MISTAKES) -> None:
    """Make `count` mistakes in the documents of `store`: leave out, repeat, misname, mistype, exchange."""
    chance = random.Random(seed)
    ontology = ox.NamedNode(ONTOLOGY)
    quads = sorted((quad for quad in store.raw if quad.graph_name != ontology), key=str)
    for quad in chance.sample(quads, count):
        other = chance.choice(quads)
        kind = chance.choice((0, 4)) if quad.predicate in IN_ORDER else chance.randrange(5)
        if kind != 1:
            store.raw.remove(quad)
        if kind == 1 or kind == 2:
            put(store, quad, chance.choice(ODD_VALUES))
        elif kind == 3:
            put(store, quad, other.object)
        elif kind == 4:
            store.raw.add(ox.Quad(other.subject, quad.predicate, quad.object, other.graph_name))


def put(store: Store, quad: ox.Quad, value: ox.NamedNode | ox.Literal) -> None:
    store.raw.add(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))


def packaged() -> Store:
    store = Store()
    store.load_ontology()
    store.load([folder("data")])
    return store


def both(store: Store) -> Counter[Result]:
    """What both engines find. Fails when they differ."""
    shapes = read_shapes(folder("shapes"))
    compiled, reference = (Counter(find_results(store, shapes, engine)) for engine in ("compiled", "pyshacl"))
    assert compiled == reference
    return compiled


@pytest.mark.parametrize("seed", SEEDS)
def test_planted_mistakes(seed: int) -> None:
    store = packaged()
    plant(store, seed)
    found = both(store)
    assert found.total() > 100
    assert len({result.component for result in found}) >= 8


def test_all_cases_of_the_shapes() -> None:
    """One load of all cases, as `tests/shapes` makes it; every constraint fires in it."""
    store = Store()
    store.load_ontology([folder("ontology") / "kgcheck.ttl", SHARED / "vocabulary.ttl"])
    store.load([SHARED / "agents.ttl", *CASES])
    assert len(CASES) >= 510
    found = both(store)
    assert found.total() >= 380
    assert validate(store) == validate(store, engine="pyshacl")


def test_the_packaged_data_conforms() -> None:
    assert both(packaged()) == Counter()


def test_what_is_derived_is_not_looked_at() -> None:
    store = packaged()
    plant(store, 7)
    before = both(store)
    graph = ox.NamedNode(DERIVED)
    for quad in list(store.raw):
        store.raw.add(ox.Quad(quad.subject, quad.predicate, NOWHERE, graph))
    assert both(store) == before


def test_a_triple_in_two_graphs_counts_once() -> None:
    store = packaged()
    plant(store, 8)
    before = both(store)
    graph = ox.NamedNode("https://example.org/copy")
    for quad in list(store.raw):
        store.raw.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
    assert both(store) == before


def test_compiled_shapes_leave_nothing_to_pyshacl(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="kgcheck")
    find_results(packaged(), read_shapes(folder("shapes")), "compiled")
    assert caplog.messages == []


def test_odd_values_come_out_of_a_store_as_they_went_in() -> None:
    """The planted literals must not be mended by the store, or they plant nothing."""
    store = ox.Store()
    for value in ODD_VALUES:
        store.add(ox.Quad(NOWHERE, NOWHERE, value))
    assert {from_oxigraph(quad.object) for quad in store} == set(map(from_oxigraph, ODD_VALUES))
