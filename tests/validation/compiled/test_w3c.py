"""The test suite of the W3C's working group on data shapes, core part, run by both engines.

The suite is not in the repository. It comes with the source distribution of pySHACL, from which `make test`
fetches it; elsewhere let KGCHECK_W3C_SHACL name the folder `test/resources/sht_tests` in it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest

from kgcheck.validation.compiled import ShapesGraph
from kgcheck.validation.compiled.graph import sh
from kgcheck.validation.compiled.terms import from_oxigraph
from kgcheck.validation.results import Result
from kgcheck.validation.telling import path_words

SUITE = Path(os.environ.get("KGCHECK_W3C_SHACL", "nowhere"))
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"

Triples = list[ox.Triple]
Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Case:
    """`expected` are rows of focus, path, value, component, severity and shape."""

    name: str
    data: Triples
    shapes: Triples
    expected: Counter[Row]


class Manifest:
    """One file of the suite, in which data and shapes often stand too."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.triples = read(file)
        self._objects: dict[tuple[str, str], list[str]] = {}
        for triple in self.triples:
            s, p, o = map(from_oxigraph, triple)
            self._objects.setdefault((s, p), []).append(o)

    def cases(self) -> Iterator[Case]:
        whole = f"<{self.file.as_uri()}>"
        for included in self.objects(whole, MF + "include"):
            yield from Manifest(path_of(included)).cases()
        for entries in self.objects(whole, MF + "entries"):
            for entry in self.items(entries):
                yield self.case(entry)

    def case(self, entry: str) -> Case:
        (action,), (result,) = (self.objects(entry, MF + what) for what in ("action", "result"))
        parts = [
            self.triples if (file := path_of(part)) == self.file else read(file)
            for what in ("dataGraph", "shapesGraph")
            for part in self.objects(action, SHT + what)
        ]
        rows = (self.row(one) for one in self.objects(result, sh("result")[1:-1]))
        return Case(path_of(entry).relative_to(SUITE).as_posix(), parts[0], parts[1], Counter(rows))

    def row(self, result: str) -> Row:
        names = (
            "focusNode",
            "resultPath",
            "value",
            "sourceConstraintComponent",
            "resultSeverity",
            "sourceShape",
        )
        values = [next(iter(self.objects(result, sh(name)[1:-1])), None) for name in names]
        values[1] = words(self.triples, values[1])
        return tuple(values)

    def objects(self, subject: str, predicate: str) -> list[str]:
        return self._objects.get((subject, f"<{predicate}>"), [])

    def items(self, head: str) -> Iterator[str]:
        rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        while head != f"<{rdf}nil>":
            yield from self.objects(head, rdf + "first")
            (head,) = self.objects(head, rdf + "rest")


def read(file: Path) -> Triples:
    return [quad.triple for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE, base_iri=file.as_uri())]


def path_of(term: str) -> Path:
    return Path(unquote(urlsplit(term[1:-1]).path))


def words(triples: Triples, path: str | None) -> str | None:
    return None if path is None else path_words(ShapesGraph(triples), path)


def rows(results: Counter[Result], shapes: Triples) -> Counter[Row]:
    found: Counter[Row] = Counter()
    for result, count in results.items():
        where = words(shapes, result.path)
        row = (result.focus, where, result.value, result.component, result.severity, result.shape)
        found[row] += count
    return found


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    if not SUITE.is_dir():
        pytest.skip("the suite is not here: let KGCHECK_W3C_SHACL name sht_tests of pySHACL's distribution")
    return list(Manifest(SUITE / "core" / "manifest.ttl").cases())


def test_every_case_of_the_suite(cases: list[Case], engines: Callable[..., Any]) -> None:
    """What pySHACL gets right is right here too, without its help, and both find the same."""
    assert len(cases) >= 98
    right, also_right = set(), set()
    for case in cases:
        both = engines(case.data, case.shapes)
        assert both.left == [], case.name
        compiled, reference = both.compiled(), both.pyshacl()
        assert compiled == reference, case.name
        for found, names in ((reference, right), (compiled, also_right)):
            if rows(found, case.shapes) == case.expected:
                names.add(case.name)
    assert right <= also_right
    assert len(also_right) >= 98
