"""What is fetched, and in which shape it arrives."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from kgcheck.engines.endpoint import Service, fetch
from kgcheck.errors import EndpointError
from kgcheck.store import Store

PREFIXES = """\
PREFIX kgc: <https://w3id.org/kgcheck/ontology#> PREFIX ex: <https://example.org/>
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def fetched(service: Any, *graphs: str, rows: int = 10_000) -> ox.Dataset:
    """What arrives, its blank nodes named by what is said of them."""
    with fetch(Service(service.url), graphs, rows=rows) as found:
        store = Store()
        store.load([found.path])
        return ox.Dataset(store.raw)


def loaded(service: Any, place: Any) -> ox.Dataset:
    """What a file with all that the service holds would give."""
    path = place / "all.nq"
    service.store.dump(str(path), ox.RdfFormat.N_QUADS)
    store = Store()
    store.load([path])
    return ox.Dataset(store.raw)


def insert(service: Any, text: str) -> None:
    service.store.update(f"{PREFIXES} INSERT DATA {{ {text} }}")


CLAIMS = """
ex:a a kgc:Document .
ex:a1 kgc:inDocument ex:a ; kgc:isHeadline true ; prov:wasAttributedTo ex:speaker ;
  kgc:evidence [ oa:hasSelector [ oa:exact "one" ], [ oa:start 1 ] ] .
ex:a2 kgc:inDocument ex:a ; kgc:evidence [ oa:hasSelector [ oa:exact "two" ; oa:note [ oa:exact "deep" ] ] ] .
ex:sum kgc:inDocument ex:a ; kgc:operands ( ex:a1 ex:a2 ex:a1 ex:a2 ex:a1 ex:a2 "three" ) .
"""


@pytest.mark.parametrize("rows", [10_000, 12], ids=["at once", "in pieces"])
@pytest.mark.parametrize("graph", ["GRAPH ex:a { %s }", "GRAPH ex:elsewhere { %s }", "%s"])
def test_evidence_and_lists_survive(graph: str, rows: int, fake: Any, tmp_path: Any) -> None:
    insert(fake, graph % CLAIMS)
    assert fetched(fake, rows=rows) == loaded(fake, tmp_path)


def test_a_list_whose_cells_say_what_they_are(fake: Any, tmp_path: Any) -> None:
    insert(fake, CLAIMS)
    fake.store.update(
        f"{PREFIXES} INSERT {{ ?cell a rdf:List }} WHERE {{ ?cell rdf:first ?item FILTER(isBlank(?cell)) }}"
    )
    assert fetched(fake, rows=12) == loaded(fake, tmp_path)


@pytest.mark.parametrize(
    "tangle",
    [
        "ex:a1 kgc:evidence [ ex:p [ ex:p [ ex:p [ ex:p [ ex:p [ ex:p 1 ] ] ] ] ] ] .",
        "ex:a1 kgc:evidence [ ex:list ( 1 2 ) ] .",
        "ex:a1 ex:p _:shared . ex:zzz ex:p _:shared . _:shared ex:p 1 .",
        "_:x ex:p _:y . _:y ex:p _:x .",
    ],
    ids=["too deep", "a list on a nameless thing", "a shared nameless thing", "a circle"],
)
def test_tangles_come_at_once_or_not_at_all(tangle: str, fake: Any, tmp_path: Any) -> None:
    insert(fake, CLAIMS + tangle)
    assert fetched(fake) == loaded(fake, tmp_path)
    with pytest.raises(EndpointError, match="could not check"):
        fetched(fake, rows=8)


def test_stand_ins_for_blank_nodes_are_blank_nodes(fake: Any, tmp_path: Any) -> None:
    insert(fake, CLAIMS)
    plain = fetched(fake)
    quads = list(fake.store)
    fake.store.clear()
    for quad in quads:
        fake.store.add(ox.Quad(skolemised(quad.subject), quad.predicate, skolemised(quad.object)))
    assert fetched(fake) == plain
    assert fetched(fake, rows=12) == plain


def skolemised(term: Any) -> Any:
    genid = "https://example.org/.well-known/genid/"
    return ox.NamedNode(genid + term.value) if isinstance(term, ox.BlankNode) else term


def test_truth_as_a_number_is_truth(fake: Any) -> None:
    insert(fake, CLAIMS.replace("true", '"1"^^xsd:boolean'))
    headline = ox.NamedNode("https://w3id.org/kgcheck/ontology#isHeadline")
    (quad,) = fetched(fake).quads_for_predicate(headline)
    assert quad.object == ox.Literal(True)


def test_people_in_graphs_about_nothing_else_are_looked_up(fake: Any) -> None:
    insert(fake, f"GRAPH ex:a {{ {CLAIMS} }}")
    insert(
        fake,
        """
        GRAPH ex:people { ex:speaker foaf:name "A Speaker" ; foaf:account [ foaf:name "s" ] ;
                            prov:actedOnBehalfOf ex:employer ; foaf:knows ex:friend .
                          ex:employer foaf:name "An Employer" . ex:friend foaf:name "A Friend" .
                          ex:stranger foaf:name "A Stranger" }
        GRAPH ex:same { ex:other owl:sameAs ex:speaker . ex:other owl:sameAs ex:third }
        ex:third foaf:name "A Third" .
        """,
    )
    said = fetched(fake)
    names = {quad.object.value for quad in said if quad.predicate.value.endswith("/name")}
    assert names == {"A Speaker", "s", "An Employer", "A Third"}
    assert len(list(said.quads_for_predicate(ox.NamedNode("http://www.w3.org/2002/07/owl#sameAs")))) == 2


def test_chosen_graphs_and_nothing_else(fake: Any) -> None:
    insert(fake, f"GRAPH ex:a {{ {CLAIMS} }} GRAPH ex:b {{ ex:b a kgc:Document }} ex:c a kgc:Document")
    insert(fake, 'GRAPH ex:people { ex:speaker foaf:name "A Speaker" }')
    assert not any(quad.subject.value == "https://example.org/speaker" for quad in fetched(fake, ONE))
    assert {quad.graph_name.value for quad in fetched(fake, ONE)} == {ONE}
    both = fetched(fake, "default", "https://example.org/b")
    assert {quad.subject.value for quad in both} == {"https://example.org/b", "https://example.org/c"}


ONE = "https://example.org/a"


def test_claims_without_a_graph_beside_others_with_one(fake: Any) -> None:
    insert(fake, f"GRAPH ex:a {{ {CLAIMS} }} ex:c a kgc:Document . ex:c1 kgc:inDocument ex:c")
    assert {quad.graph_name.value for quad in fetched(fake)} == {ONE, "https://example.org/c"}


def test_steps_are_told(fake: Any) -> None:
    insert(fake, f"GRAPH ex:a {{ {CLAIMS} }}")
    told: list[str] = []
    with fetch(Service(fake.url), tell=told.append) as found:
        assert told[0] == "asking the service what it holds"
        assert f"fetching {found.statements} of {found.statements} statements" in told
    assert not found.path.exists()
