"""Order, names of blank nodes, splits and repeats change nothing that is stored."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgcheck.namespaces import SKOLEM
from kgcheck.store.lines import DEFAULT, write_lines
from kgcheck.store.loading import File
from kgcheck.store.skolem import BlankNodes

EX = "https://example.org/"
PREDICATES = [ox.NamedNode(f"{EX}p{i}") for i in range(3)]

nodes = st.integers(0, 7).map(lambda i: ox.BlankNode(f"n{i}"))
names = st.integers(0, 2).map(lambda i: ox.NamedNode(f"{EX}s{i}"))
words = st.integers(0, 2).map(lambda i: ox.Literal(str(i)))
triples = st.lists(
    st.builds(ox.Quad, st.one_of(nodes, names), st.sampled_from(PREDICATES), st.one_of(nodes, names, words)),
    max_size=16,
)


def named(quads: list[ox.Quad]) -> set[ox.Quad]:
    nodes = BlankNodes(Path("a.ttl"), depth=1 << 20)
    for text in write_lines(quads):
        nodes.collect(text, DEFAULT, DEFAULT)
    return set(ox.parse(nodes.named(lambda _: DEFAULT), ox.RdfFormat.N_QUADS))


def renamed(quads: list[ox.Quad], seed: int) -> list[ox.Quad]:
    """The same graph, shuffled, with other names for its blank nodes."""
    source = random.Random(seed)
    labels = source.sample(range(1000), 8)

    def other(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        return ox.BlankNode(f"x{labels[int(term.value[1:])]}") if isinstance(term, ox.BlankNode) else term

    quads = [ox.Quad(other(quad.subject), quad.predicate, other(quad.object)) for quad in quads]
    source.shuffle(quads)
    return quads


@given(triples, st.integers(0, 10_000))
@settings(max_examples=300)
def test_names_depend_on_nothing_but_content(quads: list[ox.Quad], seed: int) -> None:
    assert named(quads) == named(renamed(quads, seed))


@given(triples, st.integers(0, 10_000))
def test_saying_it_again_adds_nothing(quads: list[ox.Quad], seed: int) -> None:
    """Within one file, and unless there are circles, of which two equal ones stay two."""
    copy = [
        ox.Quad(
            *(
                ox.BlankNode(f"copy{term.value}") if isinstance(term, ox.BlankNode) else term
                for term in quad.triple
            )
        )
        for quad in renamed(quads, seed)
    ]
    assert named(quads + copy) == named(quads) or circular(quads)


def circular(quads: list[ox.Quad]) -> bool:
    """Whether blank nodes refer to each other in a circle."""
    arcs = {
        (q.subject, q.object)
        for q in quads
        if isinstance(q.subject, ox.BlankNode) and isinstance(q.object, ox.BlankNode)
    }
    while True:
        inner = {(a, b) for a, b in arcs if any(b == c for c, _ in arcs)}
        if inner == arcs:
            return bool(arcs)
        arcs = inner


CASES = {
    "same content": ("_:a <e:p> 1 . <e:s> <e:q> _:a .", "<e:s> <e:q> [ <e:p> 1 ] .", True),
    "other content": ("<e:s> <e:q> [ <e:p> 1 ] .", "<e:s> <e:q> [ <e:p> 2 ] .", False),
    "other parent": ("<e:s> <e:q> [] .", "<e:t> <e:q> [] .", False),
    "other property above": ("<e:s> <e:q> [] .", "<e:s> <e:r> [] .", False),
    "list": ("<e:s> <e:q> ( 1 2 ) .", "<e:s> <e:q> ( 1 2 ) .", True),
    "list in another order": ("<e:s> <e:q> ( 1 2 ) .", "<e:s> <e:q> ( 2 1 ) .", False),
    "circle": ("_:a <e:p> _:b . _:b <e:p> _:a .", "_:z <e:p> _:y . _:y <e:p> _:z .", True),
    "circles of two lengths": (
        "_:a <e:p> _:b . _:b <e:p> _:a .",
        "_:a <e:p> _:b . _:b <e:p> _:c . _:c <e:p> _:a .",
        False,
    ),
    "language": ('<e:s> <e:q> [ <e:p> "a"@en ] .', '<e:s> <e:q> [ <e:p> "a" ] .', False),
}


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, tmp_path: Path) -> None:
    left, right, same = CASES[case]
    results = []
    for name, text in (("left.ttl", left), ("right.ttl", right)):
        (tmp_path / name).write_text(text.replace("<e:", f"<{EX}"), "utf-8")
        results.append(
            {
                term.value
                for quad in ox.parse(b"".join(File(tmp_path / name).lines()), ox.RdfFormat.N_QUADS)
                for term in quad
                if str(term).startswith(f"<{SKOLEM}")
            }
        )
    assert (results[0] == results[1]) is same
    assert all(results)


def test_two_circles_of_equals_stay_apart() -> None:
    """Nothing tells the two nodes of a circle apart, and yet they are two."""
    a, b = ox.BlankNode("a"), ox.BlankNode("b")
    quads = named([ox.Quad(a, PREDICATES[0], b), ox.Quad(b, PREDICATES[0], a)])
    assert len(quads) == 2
    assert all(quad.subject != quad.object for quad in quads)


def test_deep_nesting_needs_no_recursion() -> None:
    chain = [ox.Quad(ox.BlankNode(f"n{i}"), PREDICATES[0], ox.BlankNode(f"n{i + 1}")) for i in range(20_000)]
    assert len(named(chain)) == len(chain)
