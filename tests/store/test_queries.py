"""Queries read, and read what is loaded alone."""

from __future__ import annotations

import time
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgcheck.errors import UsageError
from kgcheck.store import Store
from kgcheck.store.querying import DEPTH_LIMIT, LENGTH_LIMIT, TOKEN_LIMIT, Query

Loader = Callable[..., Store]

# Oxigraph would act on each of these, or once did.
REACHING_OUT = {
    "plain": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "lower case": "select * { service silent ?x { ?s ?p ?o } }",
    "no space": "SELECT * {SERVICE<http://127.0.0.1:9/>{?s ?p ?o}}",
    "words run together": "SELECT * { SERVICESILENT<http://127.0.0.1:9/>{?s ?p ?o}}",
    "after a number": "SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:9/>{?s ?p ?o}}",
    "after a keyword": "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1:9/>{?s ?p ?o}}",
    "prefixed name": "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x {?s ?p ?o}}",
    "comment between": "SELECT * { SERVICE#c\n<http://127.0.0.1:9/> {?s ?p ?o}}",
    "in what looks like an IRI": "PREFIX : <http://127.0.0.1:9/> ASK { FILTER(1<:b)SERVICE:x#>\n {?s ?p 1}}",
    "escaped": "SELECT * { S\\u0045RVICE <http://127.0.0.1:9/> {?s ?p ?o} }",
    "behind a string left open": 'SELECT * { VALUES ?x { """a" } SERVICE ?x {} }',
    "behind an escaped quote": "SELECT * { ex:a\\'b ex:p ?o SERVICE <http://127.0.0.1:9/> {} # '\n}",
}
HARMLESS = {
    "variable": "SELECT ?service { ?service ?p ?o }",
    "string": """SELECT ("SERVICE <x> {}" AS ?a) ('''SERVICE''' AS ?b) {}""",
    "comment": "SELECT * {} # SERVICE <x> {}",
    "IRI": "SELECT * { <http://example.org/(a)/b> <http://example.org/service> ?o }",
    "local name": "PREFIX ex: <http://example.org/> SELECT * { ?s ex:service ?o }",
    "prefix": "PREFIX service: <http://example.org/> SELECT * { service:a service:b ?o }",
    "language": 'SELECT * { ?s ?p "x"@en-service }',
    "less than": "SELECT * { VALUES (?a ?b) { (1 2) } FILTER(?a<?b&&?b>?a) }",
}
UPDATES = (
    "INSERT DATA { <x:a> <x:b> <x:c> }",
    "PREFIX ex: <http://example.org/> DELETE WHERE { ?s ?p ?o }",
    "LOAD <http://example.org/>",
    "DROP ALL",
    "# a comment\nCLEAR ALL",
)


@pytest.mark.parametrize("name", REACHING_OUT)
def test_service_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=r"SERVICE is refused|does not end"):
        Store().query(REACHING_OUT[name])


@pytest.mark.parametrize("name", HARMLESS)
def test_the_word_alone_is_harmless(name: str) -> None:
    Store().select(HARMLESS[name])


@pytest.mark.parametrize("text", UPDATES)
def test_updates_are_refused(text: str, load: Loader) -> None:
    store = load("ex:a ex:p 1 .")
    with pytest.raises(UsageError, match="updates are refused"):
        store.query(text)
    assert len(store.raw) == 1


def test_syntax_error_has_its_place() -> None:
    with pytest.raises(UsageError) as caught:
        Store().select("SELECT *\n{ ?s ?p }")
    assert (caught.value.line, caught.value.column) == (2, 10)
    assert caught.value.message.startswith("the query does not parse: expected")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * " + "{" * (DEPTH_LIMIT + 1) + "}" * (DEPTH_LIMIT + 1), "levels of brackets"),
        ("SELECT * { ?s ?p (" + "1 " * TOKEN_LIMIT + ") }", "words and signs"),
        ("SELECT * {} #" + " " * LENGTH_LIMIT, "characters"),
    ],
)
def test_what_would_end_the_process_is_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Store().query(text)


@given(st.text("<>(){}\"'\\#:.?@ \nu0SERVICEservice", max_size=60))
def test_no_text_upsets_the_guard(text: str) -> None:
    try:
        Query(text)
    except UsageError:
        return


@pytest.mark.parametrize("piece", ['"""\\', "<)", "a.", '"\\"', "'\"", "a:", ":", "\\u0022", "<a", "#"])
def test_the_guard_is_quick_on_any_text(piece: str) -> None:
    start = time.perf_counter()
    test_no_text_upsets_the_guard.hypothesis.inner_test(piece * (LENGTH_LIMIT // len(piece)))
    assert time.perf_counter() - start < 30  # a guard that backtracks takes hours


def test_kinds_of_answers(load: Loader) -> None:
    store = load("ex:a ex:p 1, 2 .")
    rows = store.select("SELECT ?o ?none { ?s ?p ?o OPTIONAL { ?o ?p ?none } } ORDER BY ?o")
    assert [{name: term.value for name, term in row.items()} for row in rows] == [{"o": "1"}, {"o": "2"}]
    assert store.ask("ASK { ?s ?p 1 }") is True
    assert store.ask("ASK { ?s ?p 3 }") is False
    assert len(store.construct("CONSTRUCT WHERE { ?s ?p ?o }")) == 2
    assert len(store.construct("DESCRIBE <https://example.org/a>")) == 2
    for method in (store.ask, store.construct):
        with pytest.raises(UsageError, match="the query is not"):
            method("SELECT * {}")
    with pytest.raises(UsageError, match="the query is not a SELECT"):
        store.select("ASK {}")


def test_bindings_are_values_and_never_text(load: Loader) -> None:
    store = load('ex:a ex:p "x", "\\" } DROP ALL #" .')
    words = ox.Literal('" } DROP ALL #')
    assert store.select("SELECT ?s ?o { ?s ?p ?o }", {"o": words}) == [
        {"s": ox.NamedNode("https://example.org/a"), "o": words}
    ]
    assert store.ask("ASK { ?s ?p ?o }", {"o": words})
    assert not store.ask("ASK { ?s ?p ?o }", {"o": ox.Literal("y")})
    assert len(store.raw) == 2


def test_default_graph_is_the_union_unless_the_query_says_from(load: Loader) -> None:
    store = load("ex:d a kgc:Document .", "ex:e a kgc:Document .")
    assert len(store.select("SELECT ?d { ?d a kgc:Document }")) == 2
    assert store.select("SELECT ?d FROM <https://example.org/d> { ?d a kgc:Document }") == [
        {"d": ox.NamedNode("https://example.org/d")}
    ]


def test_statement_in_two_graphs_counts_once(load: Loader) -> None:
    agent = "ex:b a org:Organization ."
    store = load(f"ex:d a kgc:Document . {agent}", f"ex:e a kgc:Document . {agent}")
    count = "SELECT (COUNT(*) AS ?n) { ?b a <http://www.w3.org/ns/org#Organization> }"
    assert store.select(count)[0]["n"].value == "1"
    load("ex:f a kgc:Document . ex:c a org:Organization .", store=store)
    assert store.select(count)[0]["n"].value == "2"
    assert len(store.select("SELECT ?g { GRAPH ?g { <https://example.org/b> ?p ?o } }")) == 2


def test_binding_needs_its_variable() -> None:
    with pytest.raises(UsageError, match="the query cannot be run"):
        Store().select("SELECT ?s { ?s ?p ?o }", {"o": ox.Literal("x")})
