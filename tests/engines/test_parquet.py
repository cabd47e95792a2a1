"""Rows of Parquet as quads, and which paths are Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kgcheck.cli.run import run
from kgcheck.engines.spark import parquet_in, quad_line

A, B, G = "https://example.org/a", "https://example.org/b", "https://example.org/g"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ((f"<{A}>", f"<{B}>", '"12%"'), f'<{A}> <{B}> "12%" .\n'),
        ((f"<{A}>", f"<{B}>", "_:c", f"<{G}>"), f"<{A}> <{B}> _:c <{G}> .\n"),
        ((f"<{A}>", f"<{B}>", "_:c", None), f"<{A}> <{B}> _:c .\n"),
    ],
)
def test_terms_as_nquads_write_them(row: tuple[str | None, ...], line: str) -> None:
    assert quad_line(dict(zip(("subject", "predicate", "object", "graph"), row, strict=False))) == line


@pytest.mark.parametrize(
    ("value", "datatype", "language", "expected"),
    [
        (A, None, None, ox.NamedNode(A)),
        ("12%", f"{XSD}string", None, ox.Literal("12%")),
        ("Rate", None, "en", ox.Literal("Rate", language="en")),
        ("3", f"{XSD}integer", None, ox.Literal("3", datatype=ox.NamedNode(f"{XSD}integer"))),
        ('say "so"\nor not', f"{XSD}string", None, ox.Literal('say "so"\nor not')),
        ("", f"{XSD}string", "", ox.Literal("")),
        ("_:b", f"{XSD}string", None, ox.Literal("_:b")),
    ],
)
def test_bare_values(value: str, datatype: str | None, language: str | None, expected: Any) -> None:
    line = quad_line(
        {
            "subject": A,
            "predicate": B,
            "object": value,
            "graph": G,
            "datatype": datatype,
            "language": language,
        }
    )
    quads = list(ox.parse(line.encode(), ox.RdfFormat.N_QUADS))
    assert quads == [ox.Quad(ox.NamedNode(A), ox.NamedNode(B), expected, ox.NamedNode(G))]


def test_bare_blank_nodes() -> None:
    row = {"subject": "_:b1", "predicate": B, "object": "_:b2", "graph": None, "language": None}
    assert quad_line(row) == f"_:b1 <{B}> _:b2 .\n"


@pytest.mark.parametrize(
    "row",
    [
        {"subject": None, "predicate": f"<{B}>", "object": '"c"'},
        {"subject": 3, "predicate": f"<{B}>", "object": '"c"'},
        {"subject": f"<{A}>", "predicate": f"<{B}>", "object": '"c" .\n<urn:other> <urn:p> "d"'},
        {"subject": "no iri at all", "predicate": B, "object": "c", "datatype": f"{XSD}string"},
        {"subject": A, "predicate": B, "object": "c d", "datatype": None},
        {"subject": A, "predicate": B, "object": "c", "language": "no language"},
    ],
)
def test_what_is_no_statement(row: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        quad_line(row)


def test_which_paths_are_parquet(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert not parquet_in(tmp_path / "data")
    (tmp_path / "data" / "part-0.parquet").write_bytes(b"")
    assert parquet_in(tmp_path / "data")
    assert parquet_in(tmp_path / "claims.PARQUET")
    assert not parquet_in(tmp_path / "claims.nq")


def test_one_process_says_who_reads_parquet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file := tmp_path / "claims.parquet").write_bytes(b"PAR1")
    assert run(["check", str(file)]) == 2
    told = capsys.readouterr()
    assert "claims.parquet is Parquet, which Spark reads" in told.err
    assert "--engine spark" in told.err
    assert told.out == ""
