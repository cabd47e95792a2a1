"""Roots, independence and circles of small citation graphs, each described by a file in cases/."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgcheck.lineage.circles import circles
from kgcheck.lineage.independence import Independence, independence, independent_groups
from kgcheck.lineage.provenance import provenance_graph
from kgcheck.lineage.roots import all_roots, roots
from kgcheck.model.claim import Claim, Document, Evidence, Kind, Scope
from kgcheck.model.vocabulary import Vocabulary

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def claim(iri: str, row: dict[str, Any]) -> Claim:
    return Claim(
        iri=iri,
        kind=Kind.STATISTICAL,
        document=row["document"],
        evidence=Evidence("5%"),
        scope=Scope(),
        speaker=row.get("speaker"),
        sources=tuple(row.get("sources", ())),
        restates=tuple(row.get("restates", ())),
    )


def build(case: dict[str, Any]) -> nx.DiGraph[str]:
    documents = {
        iri: Document(iri, iri, publisher=row.get("publisher"), sources=tuple(row.get("sources", ())))
        for iri, row in case["documents"].items()
    }
    vocabulary = Vocabulary(
        canonical=case.get("canonical", {}),
        types={iri: frozenset(types) for iri, types in case.get("types", {}).items()},
    )
    claims = {iri: claim(iri, row) for iri, row in case["claims"].items()}
    links = [tuple(link["triple"]) for link in case.get("links", ())]
    return provenance_graph(claims, documents, links, vocabulary)


def test_enough_cases_were_collected() -> None:
    assert len(CASES) >= 14


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = read(path)
    graph, expected = build(case), case["expect"]
    assert {node: sorted(roots(graph, node)) for node in expected["roots"]} == expected["roots"]
    for row in expected.get("independence", ()):
        a, b = row["pair"]
        wanted = Independence(row["status"], tuple(row.get("shared", ())), tuple(row.get("unknown", ())))
        assert independence(graph, a, b) == wanted
        assert independence(graph, b, a) == wanted
    groups = [list(group) for group in independent_groups(graph, case["claims"])]
    assert groups == expected["groups"]
    found = [
        {"path": list(circle.path), "members": list(circle.members), "closed": circle.closed}
        for circle in circles(graph)
    ]
    assert found == expected.get("circles", [])


def test_a_claim_is_not_independent_of_itself() -> None:
    graph = build(read(CASES[0]))
    for node in graph:
        assert independence(graph, node, node).status == "shared"


def test_an_unknown_relation_is_refused() -> None:
    with pytest.raises(ValueError, match="hearsay"):
        provenance_graph({}, {}, [("a", "hearsay", "b")], Vocabulary())


def test_a_node_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        roots(provenance_graph({}, {}, [], Vocabulary()), "nobody")


def test_the_graph_cannot_change_after_roots_were_kept() -> None:
    graph = build(read(CASES[0]))
    with pytest.raises(nx.NetworkXError):
        graph.add_edge("x", "y")


names = st.integers(0, 9).map(str)
sourced = st.dictionaries(names, st.sets(names, max_size=3), max_size=10)
spoken = st.dictionaries(names, st.sampled_from("pqr"), max_size=10)


@given(cited=sourced, speakers=spoken, shift=st.permutations([str(n) for n in range(10)]))
def test_names_do_not_matter(cited: dict[str, set[str]], speakers: dict[str, str], shift: list[str]) -> None:
    """Renaming every source renames the roots and changes no verdict."""

    def graph(rename: dict[str, str]) -> nx.DiGraph[str]:
        links = [(rename[a], "derivedFrom", rename[b]) for a, ends in cited.items() for b in ends]
        links += [(rename[a], "attributedTo", body) for a, body in speakers.items()]
        rows = {f"c{rename[n]}": {"document": "d", "sources": [rename[n]]} for n in rename}
        return provenance_graph({iri: claim(iri, row) for iri, row in rows.items()}, {}, links, Vocabulary())

    same = {name: name for name in shift}
    other = dict(zip(map(str, range(10)), shift, strict=True))
    one, two = graph(same), graph(other)
    for a in same:
        for b in same:
            first = independence(one, f"c{a}", f"c{b}").status
            assert first == independence(two, f"c{other[a]}", f"c{other[b]}").status
        bodies = roots(one, f"c{a}") & set("pqr")
        assert bodies == roots(two, f"c{other[a]}") & set("pqr")


@given(cited=sourced, speakers=spoken)
def test_groups_agree_with_pairs(cited: dict[str, set[str]], speakers: dict[str, str]) -> None:
    """Claims of different groups are pairwise shown independent, unless their roots are unknown."""
    links = [(a, "derivedFrom", b) for a, ends in cited.items() for b in ends]
    links += [(a, "attributedTo", body) for a, body in speakers.items()]
    claims = {f"c{n}": claim(f"c{n}", {"document": "d", "sources": [str(n)]}) for n in range(10)}
    graph = provenance_graph(claims, {}, links, Vocabulary())
    groups = independent_groups(graph, claims)
    for number, group in enumerate(groups):
        for other in groups[number + 1 :]:
            for a in group:
                assert all(independence(graph, a, b).status != "shared" for b in other)


def test_a_long_chain_and_a_wide_graph_are_walked_once() -> None:
    """A chain deeper than the recursion limit, and twenty thousand claims that hang from it."""
    length = 20_000
    links = [(f"s{n}", "derivedFrom", f"s{n + 1}") for n in range(length)]
    links.append((f"s{length}", "attributedTo", "office"))
    claims = {f"c{n}": claim(f"c{n}", {"document": "d", "sources": [f"s{n}"]}) for n in range(length)}
    graph = provenance_graph(claims, {}, links, Vocabulary())
    found = all_roots(graph)
    assert {found[iri] for iri in claims} == {frozenset({"office"})}
    assert len({id(found[iri]) for iri in claims}) == 1
