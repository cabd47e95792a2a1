"""What the compiler takes and what it leaves to pySHACL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgcheck.errors import CheckError
from kgcheck.namespaces import PREFIXES
from kgcheck.store import Store
from kgcheck.validation import validate
from kgcheck.validation.compiled import Data
from kgcheck.validation.engine import find_results
from kgcheck.validation.shapes import read_shapes

Make = Callable[..., Any]

DATA = """
ex:a a ex:Thing ; ex:p 1 , 2 ; ex:q ex:b .
ex:b a ex:Thing ; ex:p 3 .
"""

# What is left to pySHACL, and a part of the reason.
LEFT = {
    "ex:s sh:targetClass ex:Thing ; sh:sparql [ sh:select 'SELECT $this { }' ] .": "sh:sparql",
    "ex:s sh:targetClass ex:Thing ; sh:node ex:s .": "refers to itself",
    "ex:s sh:targetClass ex:Thing ; sh:property ex:nowhere .": "no property shape",
    "ex:s sh:targetClass ex:Thing ; sh:minCount 1 .": "without a path",
    "ex:s sh:targetClass ex:Thing ; sh:in ( 1 ) , ( 2 ) .": "2 values",
    "ex:s sh:targetClass ex:Thing ; sh:ignoredProperties ( ex:p ) .": "without sh:closed",
    "ex:s sh:targetClass ex:Thing ; sh:path ex:p ; sh:minCount 1.5 .": "whole number",
    "ex:s sh:targetClass ex:Thing ; sh:path ex:p ; sh:pattern '(' .": "regular expression",
    "ex:s sh:targetClass ex:Thing ; sh:path ex:p ; sh:qualifiedMinCount 1 .": "qualifiedValueShape",
    "ex:s sh:targetClass ex:Thing ; sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:minCount 1 .": "inverse of",
    "ex:s sh:targetClass ex:Thing ; sh:path ( ex:p ) ; sh:minCount 1 .": "fewer than two",
    "ex:s sh:targetClass [ ] ; sh:nodeKind sh:IRI .": "no IRI",
    "ex:s sh:targetClass ex:Thing ; sh:nodeKind sh:IRI ; sh:deactivated 'yes' .": "sh:deactivated",
    "ex:s a sh:NodeShape ; sh:path ex:p .": "has a path",
    "ex:s a sh:PropertyShape .": "has no path",
    "ex:s a sh:NodeShape ; sh:or () .": "empty",
    "ex:c a sh:ConstraintComponent .": "constraint component",
}


@pytest.mark.parametrize("shapes", LEFT)
def test_left_to_pyshacl(shapes: str, engines: Make) -> None:
    (reason,) = engines(DATA, shapes).left
    assert LEFT[shapes] in reason


def store_of(tmp_path: Path, data: str) -> Store:
    file = tmp_path / "data.ttl"
    file.write_text(head() + data, encoding="utf-8")
    store = Store()
    store.load_ontology()
    store.load([file])
    return store


def head() -> str:
    prefixes = PREFIXES | {"ex": "https://example.org/"}
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())


def folder_of(tmp_path: Path, shapes: str) -> Path:
    folder = tmp_path / "shapes"
    folder.mkdir()
    (folder / "shapes.ttl").write_text(head() + shapes, encoding="utf-8")
    return folder


MIXED = """
ex:compiled sh:targetClass ex:Thing ; sh:path ex:p ; sh:maxCount 1 .
ex:left sh:targetClass ex:Thing ; sh:sparql [ sh:message "too great" ;
    sh:select "SELECT $this ?value { $this <https://example.org/p> ?value FILTER(?value > 2) }" ] .
"""


def test_the_rest_is_still_compiled(tmp_path: Path) -> None:
    store = store_of(tmp_path, DATA)
    shapes = read_shapes(folder_of(tmp_path, MIXED))
    notes: list[str] = []
    found = find_results(store, shapes, "compiled", notes.append)
    assert notes == [
        "pySHACL checks the shape <https://example.org/left>: it has sh:sparql, which is not SHACL Core"
    ]
    assert sorted((result.shape, result.focus) for result in found) == [
        ("<https://example.org/compiled>", "<https://example.org/a>"),
        ("<https://example.org/left>", "<https://example.org/b>"),
    ]
    assert sorted(found, key=str) == sorted(find_results(store, shapes, "pyshacl"), key=str)


def test_what_is_left_is_told_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Shapes of one's own run in a worker, and are told of here."""
    caplog.set_level("INFO", logger="kgcheck")
    report = validate(store_of(tmp_path, DATA), shapes=folder_of(tmp_path, MIXED))
    told = [record.message for record in caplog.records if record.name.startswith("kgcheck.validation")]
    assert [message[:30] for message in told] == ["pySHACL checks the shape <http"]
    assert {violation.shape for violation in report.violations} == {
        "<https://example.org/compiled>",
        "<https://example.org/left>",
    }


def test_values_that_do_not_compare_are_results(engines: Make) -> None:
    """As in section 4.5.4 of the standard. pySHACL could not check, and says nothing of all the rest."""
    both = engines(
        'ex:a a ex:Thing ; ex:p "2021-02-30"^^xsd:date ; ex:q "2021-01-01"^^xsd:date .',
        "ex:s sh:targetClass ex:Thing ; sh:path ex:p ; sh:lessThanOrEquals ex:q .",
    )
    (result,) = both.compiled()
    assert result.value == '"2021-02-30"^^<http://www.w3.org/2001/XMLSchema#date>'
    with pytest.raises(CheckError, match="could not be checked"):
        both.pyshacl()


def nested(depth: int) -> str:
    shape = "sh:nodeKind sh:IRI"
    for _ in range(depth):
        shape = f"sh:node [ {shape} ]"
    return f"ex:s a sh:NodeShape ; sh:targetClass ex:Thing ; sh:message 'deep' ; {shape} ."


def test_shapes_within_shapes_to_the_depth_of_pyshacl(engines: Make) -> None:
    both = engines(DATA, nested(14))
    assert both.compiled() == both.pyshacl()
    deeper = engines(DATA, nested(15))
    for ask in (deeper.compiled, deeper.pyshacl):
        with pytest.raises(CheckError, match="could not be checked"):
            ask()


def test_terms_are_held_against_data_as_a_store_writes_them(tmp_path: Path) -> None:
    shapes = "ex:s sh:targetClass ex:Thing ; sh:path ex:p ; sh:in ( 1.0 01 ) ; sh:hasValue 1.50 ."
    store = store_of(
        tmp_path, 'ex:a a ex:Thing ; ex:p 1.00 , "001"^^xsd:integer . ex:b a ex:Thing ; ex:p 1.5 .'
    )
    graph = read_shapes(folder_of(tmp_path, shapes))
    found = find_results(store, graph, "compiled")
    assert sorted((result.focus, result.value) for result in found) == [
        ("<https://example.org/a>", None),
        ("<https://example.org/b>", '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ]
    assert sorted(found, key=str) == sorted(find_results(store, graph, "pyshacl"), key=str)


def test_columns_are_read_once_and_let_go(engines: Make) -> None:
    source = engines(DATA, "").data
    reads: list[str] = []
    whole = source.read
    source.read = lambda predicate: reads.append(predicate) or whole(predicate)
    data = Data(source, {"<https://example.org/p>": 2})
    for _ in range(2):
        assert len(list(data.column("<https://example.org/p>").pairs())) == 3
        data.done(["<https://example.org/p>"])
    assert reads == ["<https://example.org/p>"]
    data.column("<https://example.org/p>").pairs()
    assert len(reads) == 2
