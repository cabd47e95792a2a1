"""Lines of subjects, held against what parsers find and against where serialisers put them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kgcheck.assets import folder
from kgcheck.store.whereabouts import find_lines, lines_of

KENT = sorted(folder("data").rglob("*.ttl"))
EX = "https://example.org/"

CASES = Path(__file__).parent / "whereabouts"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", KENT, ids=lambda path: path.stem)
def test_every_subject_of_the_packaged_data(path: Path) -> None:
    named = {q.subject.value for q in ox.parse(path=str(path)) if isinstance(q.subject, ox.NamedNode)}
    lines = path.read_text(encoding="utf-8").split("\n")
    found = dict(lines_of(path))
    assert found.keys() == named
    for iri, line in found.items():
        local = iri.rpartition("#")[2].rpartition("/")[2]
        assert local in lines[line - 1].split(" ")[0]


def test_turtle_with_everything_that_misleads() -> None:
    path = CASES / "misleading.ttl"
    named = {q.subject.value for q in ox.parse(path=str(path)) if isinstance(q.subject, ox.NamedNode)}
    found = list(lines_of(path))
    expected = [("one", 6), ("two", 8), ("base/three", 10), ("sparql#f/our", 12), ("sparql#v1.5", 13)]
    assert found == [(EX + name, line) for name, line in expected]
    assert {iri for iri, _ in found} == named


def test_trig_tells_names_of_graphs_from_subjects() -> None:
    found = list(lines_of(CASES / "graphs.trig"))
    assert found == [(EX + "a", 3), (EX + "b", 4), (EX + "c", 5), (EX + "d", 6)]


@pytest.mark.parametrize("suffix", [".nt", ".nq"])
def test_lines_of_lines(tmp_path: Path, suffix: str) -> None:
    graph = f" <{EX}g>" if suffix == ".nq" else ""
    text = "".join(f'<{EX}{n}> <{EX}p> "a . <b> \\" {n}"@en{graph} .\n' for n in range(5))
    assert list(lines_of(written(tmp_path / f"a{suffix}", text))) == [(f"{EX}{n}", n + 1) for n in range(5)]


def test_json_ld(tmp_path: Path) -> None:
    text = f'{{"@context": {{"ex": "{EX}"}},\n "@graph": [\n  {{"@id": "ex:a"}},\n  {{"@id": "{EX}b"}}]}}'
    assert list(lines_of(written(tmp_path / "a.jsonld", text))) == [(EX + "a", 3), (EX + "b", 4)]


def test_rdf_xml(tmp_path: Path) -> None:
    graph = rdflib.Graph()
    for name in ("a", "b&c"):
        graph.add((rdflib.URIRef(EX + name), rdflib.RDF.type, rdflib.URIRef(EX + "Thing")))
    path = written(tmp_path / "a.rdf", graph.serialize(format="xml"))
    lines = path.read_text(encoding="utf-8").split("\n")
    found = dict(lines_of(path))
    assert set(found) == {EX + "a", EX + "b&c"}
    for line in found.values():
        assert "rdf:about" in lines[line - 1]


def test_compressed_files_and_files_that_went_away(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl.gz"
    path.write_bytes(gzip.compress(f"\n<{EX}a> a <{EX}T> .".encode()))
    assert find_lines([tmp_path / "gone.ttl", path], {EX + "a"}) == {EX + "a": (path, 2)}


def test_the_first_of_several_files(tmp_path: Path) -> None:
    one = written(tmp_path / "1.ttl", f"\n<{EX}a> a <{EX}T> .")
    two = written(tmp_path / "2.ttl", f"<{EX}a> a <{EX}T> . <{EX}b> a <{EX}T> .")
    assert find_lines([one, two], {EX + "a", EX + "b"}) == {EX + "a": (one, 2), EX + "b": (two, 1)}


@pytest.mark.parametrize("text", ['"' * 50_001, "'" * 50_001, "<" * 50_000, "\\" * 50_000])
@pytest.mark.parametrize("suffix", [".ttl", ".jsonld", ".rdf"])
def test_what_no_parser_took_is_no_trouble(tmp_path: Path, text: str, suffix: str) -> None:
    assert list(lines_of(written(tmp_path / f"a{suffix}", text))) == []
