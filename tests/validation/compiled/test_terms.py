"""Terms as strings, against rdflib and Oxigraph."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgcheck.validation.compiled import terms
from kgcheck.validation.compiled.columns import StoreSource
from kgcheck.validation.compiled.ordering import comes_before, compare

XSD = "http://www.w3.org/2001/XMLSchema#"
PREDICATE = ox.NamedNode("https://example.org/p")

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
literals = st.one_of(
    st.builds(ox.Literal, words),
    st.builds(lambda text: ox.Literal(text, language="en-gb"), words),
    st.builds(
        lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(XSD + kind)),
        words | st.integers().map(str) | st.sampled_from(["true", "false", "1.5", "-0", "1e3", "INF"]),
        st.sampled_from(["integer", "decimal", "double", "boolean", "date", "string", "anyURI"]),
    ),
)


@given(literals)
def test_a_store_hands_over_the_terms_that_it_holds(value: ox.Literal) -> None:
    store = ox.Store()
    store.add(ox.Quad(PREDICATE, PREDICATE, value))
    subjects, objects = StoreSource(store).read(f"<{PREDICATE.value}>")
    assert subjects == [f"<{PREDICATE.value}>"]
    assert objects == [terms.from_oxigraph(quad.object) for quad in store]


@given(literals)
def test_there_and_back_by_way_of_rdflib(value: ox.Literal) -> None:
    term = terms.from_oxigraph(value)
    assert terms.name(term) == value.value
    assert terms.language(term) == value.language
    if value.language is None and value.datatype.value != XSD + "string":
        assert terms.datatype(term) == f"<{value.datatype.value}>"
    assert terms.from_rdflib(terms.to_rdflib(term)) == term


def test_blank_nodes_and_long_tables() -> None:
    store = ox.Store()
    blank = ox.BlankNode("b1")
    for number in range(5_000):
        store.add(ox.Quad(blank, PREDICATE, ox.Literal(f"é\t{number}\n“”")))
    subjects, objects = StoreSource(store).read(f"<{PREDICATE.value}>")
    assert set(subjects) == {"_:b1"}
    assert {terms.lexical(term) for term in objects} == {f"é\t{number}\n“”" for number in range(5_000)}


@pytest.mark.parametrize("predicate", ["_:b1", '"x"', "<a b>", "<https://example.org/> ?o . ?s ?p", "?p"])
def test_only_iris_come_into_queries(predicate: str) -> None:
    with pytest.raises(ValueError, match="IRI"):
        StoreSource(ox.Store()).read(predicate)


def typed(text: str, kind: str) -> str:
    return terms.literal(text, f"<{XSD}{kind}>")


@pytest.mark.parametrize(
    ("term", "kind", "expected"),
    [
        ('"a"', "string", True),
        ('"a"@en', "string", False),
        (typed("12", "integer"), "integer", True),
        (typed("+012", "integer"), "integer", True),
        (typed("twelve", "integer"), "integer", False),
        (typed("9" * 5_000, "integer"), "integer", False),
        (typed("12", "integer"), "decimal", False),
        (typed("2020-02-29", "date"), "date", True),
        (typed("2021-02-29", "date"), "date", False),
        (typed("2020-02-29Z", "date"), "date", True),
        (typed("true", "boolean"), "boolean", True),
        (typed("300", "byte"), "byte", False),
        (typed("x", "hexBinary"), "hexBinary", False),
        ("<https://example.org/>", "string", False),
        ("_:b1", "string", False),
    ],
)
def test_datatypes(term: str, kind: str, expected: bool) -> None:
    assert terms.has_datatype(term, f"<{XSD}{kind}>") == expected


@pytest.mark.parametrize(
    ("value", "bound", "expected"),
    [
        (typed("2", "integer"), typed("10", "integer"), -1),
        (typed("2", "integer"), typed("2.0", "decimal"), 0),
        (typed("2", "integer"), typed("1e0", "double"), 1),
        (typed("2020-01-02", "date"), typed("2020-01-01", "date"), 1),
        ('"b"', '"a"', 1),
        ('"b"', typed("1", "integer"), None),
        (typed("x", "integer"), typed("1", "integer"), None),
    ],
)
def test_comparing(value: str, bound: str, expected: int | None) -> None:
    assert compare(value, bound) == expected


@pytest.mark.parametrize(
    ("value", "other", "before", "before_or_equal"),
    [
        (typed("2", "integer"), typed("10", "integer"), True, True),
        (typed("2", "integer"), typed("2", "integer"), False, True),
        (typed("2020-01-01", "date"), typed("2020-01-02", "date"), True, True),
        ("<https://example.org/a>", '"https://example.org/b"', True, True),
        ('"a"', typed("1", "integer"), False, False),
        ("_:b1", "_:b1", False, False),
        (typed("1", "integer"), typed("2020-01-01", "date"), False, False),
    ],
)
def test_order(value: str, other: str, before: bool, before_or_equal: bool) -> None:
    assert comes_before(value, other, or_equals=False) == before
    assert comes_before(value, other, or_equals=True) == before_or_equal
