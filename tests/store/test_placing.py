"""Which graph things go to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from kgcheck.namespaces import DERIVED
from kgcheck.store import COMMON, ONTOLOGY, Store
from kgcheck.store.placing import INCOMING, REVISIONS

Loader = Callable[..., Store]

EX = "https://example.org/"


def graphs(store: Store) -> dict[str, set[str]]:
    """Graph → the subjects in it, blank nodes as a dash."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in store.raw:
        subject = quad.subject.value
        found[quad.graph_name.value].add("-" if subject.startswith("urn:kgcheck:skolem:") else subject)
    return dict(found)


def test_file_with_one_document_goes_there_whole(load: Loader) -> None:
    store = load(
        "ex:d a kgc:Document . <https://example.org/d#a> kgc:inDocument ex:d . ex:b a org:Organization ."
    )
    assert graphs(store) == {EX + "d": {EX + "d", EX + "d#a", EX + "b"}}


def test_claims_alone_name_their_document(load: Loader) -> None:
    store = load("<https://example.org/d#a> kgc:inDocument ex:d ; kgc:evidence [ oa:exact 'x' ] .")
    assert graphs(store) == {EX + "d": {EX + "d#a", "-"}}


def test_two_files_share_a_document(load: Loader) -> None:
    store = load("ex:d a kgc:Document .", "<https://example.org/d#a> kgc:inDocument ex:d .")
    assert graphs(store) == {EX + "d": {EX + "d", EX + "d#a"}}


def test_file_with_two_documents_is_taken_apart(load: Loader) -> None:
    store = load("""
        ex:d a kgc:Document . ex:e a kgc:Document .
        ex:odd kgc:inDocument ex:e ; kgc:evidence [ oa:hasSelector ( [ oa:exact "x" ] ) ] .
        <https://example.org/d#sum> kgc:operands ( ex:odd ) .
        ex:b a org:Organization ; org:memberDuring [ dct:title "now" ] .
    """)
    assert graphs(store) == {
        EX + "d": {EX + "d", EX + "d#sum", "-"},
        EX + "e": {EX + "e", EX + "odd", "-"},
        COMMON: {EX + "b", "-"},
    }


def test_agents_are_common(load: Loader) -> None:
    assert graphs(load("ex:b a org:Organization .")) == {COMMON: {EX + "b"}}


def test_vocabulary_joins_the_ontology(load: Loader) -> None:
    store = load("ex:scheme a skos:ConceptScheme . ex:m kgc:partOf ex:n .")
    assert graphs(store) == {ONTOLOGY: {EX + "scheme", EX + "m"}}


def test_document_does_not_extend_the_ontology(load: Loader) -> None:
    store = load("ex:d a kgc:Document . ex:m a kgc:Measure ; kgc:additiveOver kgc:area .")
    assert graphs(store) == {EX + "d": {EX + "d", EX + "m"}}


def test_document_does_not_restate_the_ontology(load: Loader) -> None:
    store = load("ex:m a kgc:Measure ; kgc:additiveOver kgc:area .", ontology=True)
    load("ex:d a kgc:Document . ex:m kgc:additiveOver kgc:area, kgc:topic .", store=store)
    assert graphs(store) == {ONTOLOGY: {EX + "m"}, EX + "d": {EX + "d", EX + "m"}}
    assert store.ask(
        "ASK { GRAPH ?d { ?m kgc:additiveOver kgc:topic } FILTER(?d = <https://example.org/d>) }"
    )
    assert not store.ask("ASK { GRAPH <https://example.org/d> { ?m kgc:additiveOver kgc:area } }")


def test_named_graphs_stay_and_derived_ones_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.trig"
    path.write_text(
        f"""@prefix kgc: <https://w3id.org/kgcheck/ontology#> . @prefix ex: <{EX}> .
        ex:g {{ ex:d a kgc:Document . }} ex:h {{ ex:b ex:p ex:c . }} ex:v {{ ex:m a kgc:Measure . }}
        <{DERIVED}> {{ ex:a ex:p ex:b . }} ex:agent ex:p 1 .""",
        "utf-8",
    )
    store = Store()
    store.load([path])
    assert graphs(store) == {
        EX + "g": {EX + "d"},
        EX + "h": {EX + "b"},
        ONTOLOGY: {EX + "m"},
        COMMON: {EX + "agent"},
    }


def test_graphs_of_an_archive_are_not_for_files(tmp_path: Path) -> None:
    path = tmp_path / "a.trig"
    path.write_text(
        f"<{REVISIONS}> {{ <urn:a> <urn:kgcheck:revision> '1' . }} <{INCOMING}x> {{ <urn:b> <urn:p> [] . }} "
        "<urn:g> { <urn:c> <urn:p> 1 . }",
        "utf-8",
    )
    store = Store()
    assert store.load([path]).graphs == ("urn:g",)
    assert graphs(store) == {"urn:g": {"urn:c"}}


def test_folders_are_walked_in_order_and_files_counted_once(tmp_path: Path) -> None:
    for name in ("b.ttl", "a.ttl", "deep/c.nt", ".hidden/d.ttl", ".e.ttl", "notes.md", "report.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f'<{EX}{name}> <{EX}p> "1" .', "utf-8")
    report = Store().load([tmp_path, tmp_path / "a.ttl"])
    assert [path.relative_to(tmp_path).as_posix() for path in report.files] == ["a.ttl", "b.ttl", "deep/c.nt"]
    assert (report.triples, report.documents, report.vocabularies) == (3, (), ())


def test_report(tmp_path: Path) -> None:
    for name, kind in {
        "a.ttl": "https://w3id.org/kgcheck/ontology#Document",
        "b.ttl": "http://www.w3.org/2002/07/owl#Ontology",
    }.items():
        (tmp_path / name).write_text(f"<{EX}{name}> a <{kind}> .", "utf-8")
    store = Store()
    report = store.load([tmp_path])
    assert report.documents == (EX + "a.ttl",)
    assert report.vocabularies == (tmp_path / "b.ttl",)
    assert report.triples == 2
    assert store.documents() == [EX + "a.ttl"]


def test_packaged_ontology_loads_into_one_graph() -> None:
    store = Store()
    report = store.load_ontology()
    assert [path.name for path in report.files][:1] == ["kgcheck.ttl"]
    assert [graph.value for graph in store.raw.named_graphs()] == [ONTOLOGY]


def test_empty_vocabulary_folder_adds_nothing(tmp_path: Path) -> None:
    assert Store().load_ontology([tmp_path]).files == ()
