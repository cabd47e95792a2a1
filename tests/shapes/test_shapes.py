"""Every constraint of every shape, on cases from disk.

`cases/<shape>/<constraint>/` holds Turtle files whose name begins with `conforming` or `violating`,
and `expected.toml` with all results on each violating file. A case says everything in its own
namespace, `https://example.org/<path of the case>`, so that all cases are validated in one go
without meeting each other.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyshacl import validate as pyshacl_validate
from rdflib import RDF, SH, Graph, URIRef

from kgcheck.assets import folder
from kgcheck.model.report import Violation
from kgcheck.namespaces import PREFIXES, SKOLEM, shorten
from kgcheck.store import Store
from kgcheck.validation import validate
from kgcheck.validation.compiled.graph import sh
from kgcheck.validation.shapes import read_shapes
from kgcheck.validation.telling import path_words

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").rglob("*.ttl"))
CONFORMING = [case for case in CASES if case.stem.startswith("conforming")]
VIOLATING = [case for case in CASES if case.stem.startswith("violating")]

Result = dict[str, str]


def named(case: Path) -> str:
    return case.relative_to(HERE / "cases").with_suffix("").as_posix()


def expected(case: Path) -> list[Result]:
    with (case.parent / "expected.toml").open("rb") as file:
        results: list[Result] = tomllib.load(file).get(case.stem, [])
    return results


def record(violation: Violation) -> Result:
    """A violation as `expected.toml` writes it; the name of a nameless node is a hash, so left out."""
    focus = "" if violation.focus.startswith(SKOLEM) else violation.focus
    rest = (
        violation.severity,
        focus,
        violation.path,
        violation.component,
        violation.shape,
        violation.message,
    )
    keys = ("severity", "focus", "path", "component", "shape", "message")
    return {key: value for key, value in zip(keys, rest, strict=True) if value}


@pytest.fixture(scope="module")
def results() -> dict[str, list[Result]]:
    """All results on all cases, by the name of the case."""
    store = Store()
    store.load_ontology([folder("ontology") / "kgcheck.ttl", HERE / "vocabulary.ttl"])
    store.load([HERE / "agents.ttl", *CASES])
    found: dict[str, list[Result]] = defaultdict(list)
    for violation in validate(store).violations:
        places = [violation.focus]
        if violation.focus.startswith(SKOLEM):
            quads = store.raw.quads_for_pattern(ox.NamedNode(violation.focus), None, None, None)
            places = sorted(str(quad.object) for quad in quads)
        matches = (re.search(r"https://example\.org/([^/#>]+/[^/#>]+/[^/#>]+)", place) for place in places)
        found[next((match[1] for match in matches if match), violation.focus)].append(record(violation))
    return found


@pytest.mark.parametrize("case", CONFORMING, ids=named)
def test_conforming(case: Path, results: dict[str, list[Result]]) -> None:
    assert results.get(named(case), []) == []


@pytest.mark.parametrize("case", VIOLATING, ids=named)
def test_violating(case: Path, results: dict[str, list[Result]]) -> None:
    assert results.get(named(case), []) == expected(case)


def test_nothing_else_is_found(results: dict[str, list[Result]]) -> None:
    assert set(results) == {named(case) for case in VIOLATING}


def test_enough_cases_are_collected() -> None:
    assert len(CONFORMING) >= 170
    assert len(VIOLATING) >= 340
    assert set(CASES) == {*CONFORMING, *VIOLATING}


def test_expected_names_only_cases_that_are_there() -> None:
    for file in (HERE / "cases").rglob("expected.toml"):
        with file.open("rb") as opened:
            assert set(tomllib.load(opened)) <= {case.stem for case in file.parent.glob("violating*.ttl")}


# Shapes


@pytest.fixture(scope="module")
def shapes() -> Graph:
    graph = Graph(bind_namespaces="none")
    for file in sorted(folder("shapes").glob("*.ttl")):
        graph.parse(file)
    return graph


# What one shape says about a node, by the parameter that says it.
COMPONENTS = {
    "class": "Class",
    "datatype": "Datatype",
    "disjoint": "Disjoint",
    "equals": "Equals",
    "in": "In",
    "lessThan": "LessThan",
    "lessThanOrEquals": "LessThanOrEquals",
    "maxCount": "MaxCount",
    "maxLength": "MaxLength",
    "minCount": "MinCount",
    "minInclusive": "MinInclusive",
    "minLength": "MinLength",
    "nodeKind": "NodeKind",
    "not": "Not",
    "or": "Or",
    "pattern": "Pattern",
    "qualifiedMaxCount": "QualifiedMaxCount",
    "qualifiedMinCount": "QualifiedMinCount",
    "uniqueLang": "UniqueLang",
    "xone": "Xone",
}
# Carried by other parameters, or no constraint.
OTHERS = {
    "description",
    "message",
    "name",
    "path",
    "property",
    "qualifiedValueShape",
    "severity",
    "targetClass",
    "targetObjectsOf",
    "targetSubjectsOf",
}
# A blank node is an IRI once it is loaded: the pattern beside each of these refuses it then.
UNREACHABLE = {
    (shape, "sh:NodeKindConstraintComponent")
    for shape in ("kgs:Claim-iri", "kgs:Document-iri", "kgs:Computation-iri")
}


def constraints(shapes: Graph) -> set[tuple[str, str]]:
    return {
        (shorten(str(shape)), f"sh:{COMPONENTS[shorten(str(parameter))[3:]]}ConstraintComponent")
        for shape, parameter in shapes.subject_predicates()
        if isinstance(shape, URIRef) and shorten(str(parameter))[3:] in COMPONENTS
    }


def test_every_constraint_has_a_violating_case(shapes: Graph) -> None:
    shown = {
        (result["shape"], result.get("component", "")) for case in VIOLATING for result in expected(case)
    }
    assert constraints(shapes) - shown - UNREACHABLE == set()


def test_every_shape_has_both_kinds_of_case(shapes: Graph) -> None:
    names = {shape for shape, _ in constraints(shapes)}
    kebab = {re.sub(r"(?<=[a-z0-9])([A-Z])", r"-\1", name[4:].replace("-", "/", 1)).lower() for name in names}
    for cases in (CONFORMING, VIOLATING):
        assert kebab <= {case.parent.relative_to(HERE / "cases").as_posix() for case in cases}


def test_shapes_are_core_and_named(shapes: Graph) -> None:
    """SHACL Core only, so that shapes can be compiled to queries; each says what it is and what to do."""
    parameters = {
        shorten(str(p))[3:]
        for s, p in shapes.subject_predicates()
        if str(p).startswith(str(SH)) and isinstance(s, URIRef)
    }
    assert parameters <= COMPONENTS.keys() | OTHERS
    for name in {shape for shape, _ in constraints(shapes)}:
        shape = URIRef(PREFIXES["kgs"] + name[4:])
        for told in (SH.name, SH.description, SH.message, SH.severity):
            assert len(list(shapes.objects(shape, told))) == 1, (name, told)


def test_property_shapes_are_reached(shapes: Graph) -> None:
    for shape in shapes.subjects(RDF.type, SH.PropertyShape):
        assert (None, SH.property, shape) in shapes, shape
        path = shapes.value(shape, SH.path)
        assert path is not None
    graph = read_shapes(folder("shapes"))
    for path in graph.values(sh("path")):
        assert path_words(graph, path)


def test_shapes_are_well_formed_shacl(shapes: Graph) -> None:
    conforms, _, words = pyshacl_validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, words
