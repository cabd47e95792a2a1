"""Validation of a whole store: what is left out, what goes on, and what could not be checked."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import SH, URIRef

from kgcheck.assets import folder
from kgcheck.errors import CheckError, InputError, SyntaxInFile
from kgcheck.namespaces import PREFIXES
from kgcheck.store import Store
from kgcheck.validation import ValidationReport, validate
from kgcheck.validation.compiled.graph import ShapesGraph, sh
from kgcheck.validation.compiled.terms import name
from kgcheck.validation.nearest import nearest
from kgcheck.validation.shacl import run_pyshacl
from kgcheck.validation.shapes import lift, read_shapes
from kgcheck.validation.telling import path_words

SHARED = Path(__file__).parents[1] / "shapes"
CASES = SHARED / "cases"


def store_with(*files: Path) -> Store:
    store = Store()
    store.load_ontology([folder("ontology") / "kgcheck.ttl", SHARED / "vocabulary.ttl"])
    store.load([SHARED / "agents.ttl", *files])
    return store


def test_nothing_amiss() -> None:
    assert validate(store_with()) == ValidationReport((), frozenset())


def test_a_claim_with_a_violation_is_left_out_and_the_rest_goes_on() -> None:
    bad, good = (
        CASES / "period" / "order" / f"{name}.ttl" for name in ("violating-inverted", "conforming-one-day")
    )
    report = validate(store_with(bad, good))
    assert report.invalid == {"https://example.org/period/order/violating-inverted#figure"}


def test_faulty_evidence_leaves_its_claim_out() -> None:
    report = validate(store_with(CASES / "position" / "order" / "violating-inverted.ttl"))
    assert report.invalid == {"https://example.org/position/order/violating-inverted#figure"}
    assert {violation.focus for violation in report.violations} == report.invalid


def test_a_warning_leaves_the_claim_in() -> None:
    report = validate(store_with(CASES / "claim" / "known-speaker" / "violating-misspelt.ttl"))
    assert [violation.severity for violation in report.violations] == ["Warning"]
    assert report.invalid == frozenset()


def test_a_faulty_document_leaves_its_claims_in() -> None:
    report = validate(store_with(CASES / "document" / "one-date" / "violating.ttl"))
    assert [violation.severity for violation in report.violations] == ["Violation"]
    assert report.invalid == frozenset()


def test_a_faulty_computation_is_left_out() -> None:
    report = validate(store_with(CASES / "computation" / "basis" / "violating-unknown-word.ttl"))
    assert report.invalid == {"https://example.org/computation/basis/violating-unknown-word#total"}


def test_a_misspelt_kind_does_not_hide_a_claim(tmp_path: Path) -> None:
    text = (CASES / "claim" / "kind" / "conforming.ttl").read_text(encoding="utf-8")
    file = tmp_path / "misspelt.ttl"
    file.write_text(text.replace("kgc:StatisticalClaim", "kgc:StatisticalClaims"), encoding="utf-8")
    report = validate(store_with(file))
    assert report.invalid == {"https://example.org/claim/kind/conforming#figure"}
    assert [violation.message for violation in report.violations] == [
        (
            "conforming#figure: No vocabulary declares the class kgc:StatisticalClaims: "
            "did you mean kgc:StatisticalClaim?"
        )
    ]


def test_order_of_loading_changes_nothing() -> None:
    files = sorted((CASES / "trend-claim").rglob("violating*.ttl"))
    shuffled = random.Random(7).sample(files, len(files))
    assert validate(store_with(*files)) == validate(store_with(*shuffled))


def test_violations_come_before_warnings() -> None:
    report = validate(store_with(CASES / "evidence", CASES / "claim"))
    severities = [violation.severity for violation in report.violations]
    assert severities == sorted(severities, key=["Violation", "Warning", "Info"].index)
    assert set(severities) == {"Violation", "Warning", "Info"}


def test_the_packaged_data_conforms() -> None:
    store = Store()
    store.load_ontology()
    store.load([folder("data")])
    assert validate(store) == ValidationReport((), frozenset())


# Could not check


def test_no_ontology_is_no_clean_result() -> None:
    with pytest.raises(CheckError, match="no ontology"):
        validate(Store())


def test_a_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no shapes") as caught:
        validate(store_with(), shapes=tmp_path)
    assert caught.value.path == tmp_path


def test_shapes_that_are_not_turtle_are_refused_with_their_place(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\n\nsh:x sh:y ;;; ]\n")
    with pytest.raises(SyntaxInFile) as caught:
        read_shapes(tmp_path)
    assert (caught.value.path, caught.value.line) == (tmp_path / "broken.ttl", 3)


@pytest.mark.parametrize(
    "shape",
    [
        "kgs:x a sh:NodeShape ; sh:targetClass kgc:Document ; sh:property kgs:nowhere .",
        "kgs:x a sh:NodeShape ; sh:targetClass kgc:Document ; sh:lessThan kgc:textLength .",
        "kgs:x a sh:NodeShape ; sh:targetClass kgc:Document ; sh:minCount 1 .",
        'kgs:x a sh:PropertyShape ; sh:targetClass kgc:Document ; sh:path dct:title ; sh:pattern "(" .',
    ],
    ids=["shape not there", "pair without a path", "count without a path", "pattern that is none"],
)
def test_shapes_that_cannot_be_checked_are_no_clean_result(shape: str, tmp_path: Path) -> None:
    prefixes = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("dct", "kgc", "kgs", "sh"))
    (tmp_path / "shape.ttl").write_text(prefixes + shape, encoding="utf-8")
    store = store_with(CASES / "document" / "title" / "conforming.ttl")
    with pytest.raises(CheckError, match="could not be checked"):
        validate(store, shapes=tmp_path)


def test_shapes_of_ones_own(tmp_path: Path) -> None:
    shutil.copy(folder("shapes") / "document.ttl", tmp_path)
    report = validate(
        store_with(CASES / "trend-claim" / "direction" / "violating-missing.ttl"), shapes=tmp_path
    )
    assert report.violations == ()


# Parts


def test_lifted_shapes_find_the_same() -> None:
    data = store_with(CASES / "trend-claim", CASES / "claim").union_graph()
    shapes = read_shapes(folder("shapes"))
    lifted = shapes.rdflib()
    lift(lifted)
    assert (None, SH.property, URIRef(PREFIXES["kgs"] + "TrendClaim-direction")) not in lifted
    found = Counter(run_pyshacl(data, shapes.rdflib()))
    assert found.total() > 20
    assert Counter(run_pyshacl(data, lifted)) == found


def test_paths_are_written_as_in_sparql() -> None:
    text = f"""
        @prefix sh: <{PREFIXES["sh"]}> . @prefix kgc: <{PREFIXES["kgc"]}> . @prefix rdf: <{PREFIXES["rdf"]}> .
        <urn:a> sh:path kgc:rank .
        <urn:b> sh:path ( kgc:operands [ sh:zeroOrMorePath rdf:rest ] rdf:first ) .
        <urn:c> sh:path [ sh:alternativePath ( kgc:asserts kgc:denies ) ] .
        <urn:d> sh:path [ sh:inversePath kgc:evidence ] .
        <urn:e> sh:path [ sh:oneOrMorePath kgc:partOf ] .
        <urn:f> sh:path [ sh:zeroOrOnePath kgc:restates ] .
    """
    graph = ShapesGraph(quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE))
    path = sh("path")
    words = {
        name(shape): path_words(graph, way)
        for shape in graph.subjects(path)
        for way in graph.objects(shape, path)
    }
    assert words == {
        "urn:a": "kgc:rank",
        "urn:b": "kgc:operands/rdf:rest*/rdf:first",
        "urn:c": "kgc:asserts|kgc:denies",
        "urn:d": "^kgc:evidence",
        "urn:e": "kgc:partOf+",
        "urn:f": "kgc:restates?",
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("v#solvd-rate", "v#solved-rate"),
        ("v#SOLVED-RATE", "v#solved-rate"),
        ("v#qqq", None),
        ("w#solved-rate", None),
    ],
)
def test_nearest(name: str, expected: str | None) -> None:
    known = ("https://example.org/v#solved-rate", "https://example.org/v#charge-rate")
    found = nearest("https://example.org/" + name, known)
    assert found == (expected and "https://example.org/" + expected)
