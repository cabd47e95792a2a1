"""Files: whole or not at all, tables in folders and archives, clear refusals."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from kgcheck.errors import InputError, UsageError
from kgcheck.export import FORMATS, dispatch, export


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "csv"])
def test_a_file_holds_what_would_be_returned(corpus: Any, name: str, tmp_path: Path) -> None:
    path = tmp_path / "out"
    assert export(corpus.report, corpus.store, path, name, with_findings=True) is None
    assert path.read_bytes() == export(corpus.report, corpus.store, None, name, with_findings=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_tables_in_a_folder(corpus: Any, tmp_path: Path) -> None:
    export(corpus.report, corpus.store, tmp_path / "tables", "csv")
    assert sorted(entry.name for entry in (tmp_path / "tables").iterdir()) == ["edges.csv", "nodes.csv"]


def test_tables_in_an_archive(corpus: Any, tmp_path: Path) -> None:
    export(corpus.report, corpus.store, tmp_path / "tables", "csv", with_findings=True)
    export(corpus.report, corpus.store, tmp_path / "tables.zip", "csv", with_findings=True)
    content = (tmp_path / "tables.zip").read_bytes()
    with ZipFile(BytesIO(content)) as packed:
        assert packed.testzip() is None
        files = {name: packed.read(name) for name in packed.namelist()}
    assert files == {entry.name: entry.read_bytes() for entry in (tmp_path / "tables").iterdir()}
    export(corpus.report, corpus.store, tmp_path / "tables.zip", "csv", with_findings=True)
    assert (tmp_path / "tables.zip").read_bytes() == content


def test_tables_need_a_place(corpus: Any, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two tables"):
        export(corpus.report, corpus.store, None, "csv")
    (tmp_path / "file").write_text("mine")
    for name in ("file", "new.csv"):
        with pytest.raises(UsageError, match="two tables"):
            export(corpus.report, corpus.store, tmp_path / name, "csv")
    assert (tmp_path / "file").read_text() == "mine"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("name", ["csv", "dot"])
def test_a_place_that_is_not_there(corpus: Any, name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        export(corpus.report, corpus.store, tmp_path / "nowhere" / "out", name)
    assert not list(tmp_path.iterdir())


def test_an_unknown_format_names_the_known_ones(corpus: Any, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="graphml") as caught:
        export(corpus.report, corpus.store, tmp_path / "out", "visio")
    assert "visio" in caught.value.message
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_the_old_file(corpus: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> bytes:
        raise RuntimeError("no picture")

    path = tmp_path / "old.graphml"
    path.write_text("old")
    monkeypatch.setitem(dispatch.PICTURES, "graphml", fail)
    with pytest.raises(RuntimeError):
        export(corpus.report, corpus.store, path, "graphml")
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_every_format_has_a_writer() -> None:
    assert set(FORMATS) == {*dispatch.PICTURES, *dispatch.RDF, "csv"}
