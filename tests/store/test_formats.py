"""The same statements come out of every format, compressed or not."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgcheck.store import Store
from kgcheck.store.formats import FORMATS, format_of

DOCUMENT = "https://example.org/d"
STATEMENTS = f"""
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<{DOCUMENT}> a <https://w3id.org/kgcheck/ontology#Document> .
<{DOCUMENT}#a> <https://w3id.org/kgcheck/ontology#inDocument> <{DOCUMENT}> ;
    <https://w3id.org/kgcheck/ontology#statedValue>
        "£5\\u00A0\\"or so\\"\\nat most"@en-GB, "01"^^xsd:integer ;
    <https://w3id.org/kgcheck/ontology#evidence> [ <http://www.w3.org/ns/oa#exact> "£5" ] ;
    <https://w3id.org/kgcheck/ontology#operands> ( <{DOCUMENT}#b> [ <http://www.w3.org/ns/oa#start> 1 ] ) .
"""


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> set[ox.Quad]:
    path = tmp_path_factory.mktemp("turtle") / "a.ttl"
    path.write_text(STATEMENTS, "utf-8")
    store = Store()
    store.load([path])
    assert {str(quad.graph_name) for quad in store.raw} == {f"<{DOCUMENT}>"}
    return set(store.raw)


@pytest.mark.parametrize("compressed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("extension", FORMATS)
def test_round_trip(extension: str, compressed: bool, tmp_path: Path, expected: set[ox.Quad]) -> None:
    kind = FORMATS[extension]
    statements = [quad.triple for quad in ox.parse(STATEMENTS.encode(), ox.RdfFormat.TURTLE)]
    if kind.supports_datasets:
        graph = ox.NamedNode(DOCUMENT)
        content = ox.serialize([ox.Quad(*triple, graph) for triple in statements], format=kind)
    else:
        content = ox.serialize(statements, format=kind)
    assert content is not None
    path = tmp_path / f"a{extension.upper()}{'.gz' if compressed else ''}"
    path.write_bytes(gzip.compress(content) if compressed else content)
    store = Store()
    report = store.load([path])
    assert set(store.raw) == expected
    assert report.documents == (DOCUMENT,)
    assert report.triples == len(expected)


def test_byte_order_mark_is_passed_over(tmp_path: Path, expected: set[ox.Quad]) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(STATEMENTS, "utf-8-sig")
    store = Store()
    store.load([path])
    assert set(store.raw) == expected


def test_every_extension_is_known() -> None:
    assert {format_of(Path(f"a{extension}.GZ")) for extension in FORMATS} == set(FORMATS.values())
    assert len(FORMATS) >= 9
