"""Claims in each format, as a file, in a folder, compressed and through standard input: one result."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from bench.generator import Generated, generate

from kgcheck.cli.options import INPUT_FORMATS
from kgcheck.cli.piping import piped

Kgcheck = Callable[..., Any]

KINDS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """A few claims with conflicts among them."""
    return generate(tmp_path_factory.mktemp("made"), 200)


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Sets what comes in through standard input."""

    def put(content: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))

    return put


def serialised(made: Generated, name: str) -> bytes:
    """All claims in a format."""
    kind = KINDS[name]
    quads = ox.parse(path=made.data, format=ox.RdfFormat.N_QUADS)
    content = ox.serialize(quads if kind.supports_datasets else (quad.triple for quad in quads), format=kind)
    assert content
    return content


def found(outcome: Any) -> Any:
    """What a check found, in comparable form."""
    assert outcome.code == 1, outcome.err
    report = json.loads(outcome.out)
    return report["summary"], report["findings"], report["validation"]


@pytest.fixture(scope="module")
def expected(made: Generated, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What is found in the file as it was made."""
    from kgcheck.cli.run import run

    out = tmp_path_factory.mktemp("expected") / "report.json"
    assert run(["check", str(made.data), str(made.vocabulary), "--format", "json", "-o", str(out)]) == 1
    report = json.loads(out.read_text("utf-8"))
    assert len(report["findings"]) > 10
    return report["summary"], report["findings"], report["validation"]


def test_all_formats_are_there() -> None:
    assert KINDS.keys() == INPUT_FORMATS.keys()


@pytest.mark.parametrize("name", KINDS)
def test_one_result_however_claims_come_in(
    name: str, made: Generated, expected: Any, kgcheck: Kgcheck, pipe: Any, tmp_path: Path
) -> None:
    content, extension = serialised(made, name), INPUT_FORMATS[name]
    (file := tmp_path / f"claims{extension}").write_bytes(content)
    (folder := tmp_path / "folder" / "deep").mkdir(parents=True)
    (folder / f"claims{extension}.gz").write_bytes(gzip.compress(content, 1))
    rest = (made.vocabulary, "--format", "json")
    assert found(kgcheck("check", file, *rest)) == expected
    assert found(kgcheck("check", tmp_path / "folder", *rest)) == expected
    pipe(content)
    assert found(kgcheck("check", "-", "--input-format", name, *rest)) == expected
    pipe(gzip.compress(content, 1))
    assert found(kgcheck("check", "-", "--input-format", name, *rest)) == expected


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("first", "extension"),
    [
        (b"@prefix ex: <https://example.org/> .", ".trig"),
        (b"# claims\n\n  PREFIX ex: <https://example.org/>", ".trig"),
        (b"\xef\xbb\xbf@base <https://example.org/> .", ".trig"),
        (b"<https://example.org/a> <https://example.org/b> _:c .\n", ".nq"),
        (b'_:a <https://example.org/b> "c d"@en <https://example.org/g> . # so\n', ".nq"),
        (b'[{"@id": "https://example.org/a"}]', ".jsonld"),
        (b'{\n  "@context": {}}', ".jsonld"),
        (b'<?xml version="1.0"?>\n<rdf:RDF>', ".rdf"),
        (b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>", ".rdf"),
    ],
)
def test_the_first_words_tell_the_format(first: bytes, extension: str, packed: bool, pipe: Any) -> None:
    pipe(gzip.compress(first) if packed else first)
    with piped((Path("a.ttl"), Path("-")), None) as (other, place):
        assert other == Path("a.ttl")
        assert place.name == f"input{extension}{'.gz' if packed else ''}"
        assert (gzip.decompress(place.read_bytes()) if packed else place.read_bytes()) == first
    assert not place.exists()


def test_more_than_fits_into_one_piece(pipe: Any) -> None:
    content = b"<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n" * 40_000
    pipe(content)
    with piped((Path("-"),), None) as (place,):
        assert place.read_bytes() == content


@pytest.mark.parametrize("name", ["turtle", "nquads"])
def test_add_and_replace(name: str, made: Generated, kgcheck: Kgcheck, pipe: Any, tmp_path: Path) -> None:
    content = serialised(made, name)
    pipe(content)
    outcome = kgcheck("add", "-", "--store", tmp_path / "store", "--input-format", name)
    assert outcome.code == 0, outcome.err
    documents = {f"added  https://example.org/bench/d{number}" for number in range(4)}
    assert documents <= set(outcome.out.splitlines())
    pipe(content)
    assert kgcheck("replace", "-", "--store", tmp_path / "store", "--input-format", name).code == 0


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        (b"", (), "standard input: nothing came in"),
        (b"Of all crimes, 12% were solved.\n", (), "its first words do not tell which format this is"),
        (b"<https://example.org/a>\n a <https://example.org/b> .", (), "--input-format: turtle, ntriples"),
        (b"\x1f\x8b broken", (), "its first words do not tell which format this is"),
        (b"@prefix a: <b> .\n\na:c a:d .", ("--input-format", "turtle"), "standard input:1:"),
        (
            b"\x1f\x8b broken",
            ("--input-format", "turtle"),
            "standard input: the file is not a whole",
        ),
        (b"<a/>", ("--input-format", "json"), "Invalid value for '--input-format'"),
        (b"<a/>", ("-",), "standard input can be read once"),
    ],
)
def test_what_is_not_understood(
    content: bytes, arguments: tuple[str, ...], message: str, kgcheck: Kgcheck, pipe: Any
) -> None:
    pipe(content)
    outcome = kgcheck("check", "-", *arguments)
    assert outcome.code == 2
    assert message in outcome.err
    assert "/" not in outcome.err.splitlines()[0].replace("https://", "")
    assert outcome.out == ""


@pytest.mark.parametrize("command", ["check", "validate"])
def test_a_format_needs_something_to_describe(command: str, kgcheck: Kgcheck, made: Generated) -> None:
    outcome = kgcheck(command, made.data, "--input-format", "nquads")
    assert outcome.code == 2
    assert "--input-format is for standard input" in outcome.err


def test_sarif_does_not_lead_to_what_nobody_can_open(made: Generated, kgcheck: Kgcheck, pipe: Any) -> None:
    pipe(serialised(made, "nquads"))
    outcome = kgcheck("check", "-", made.vocabulary, "--format", "sarif")
    assert outcome.code == 1
    assert "kgcheck-input-" not in outcome.out
