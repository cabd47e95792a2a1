"""Each kind of unusable file has one clear message, and nothing of it or beside it is kept."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kgcheck import errors
from kgcheck.store import Store

FOLDER = Path(__file__).parent / "broken"
CASES: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "cases.toml").read_text("utf-8"))


def test_every_file_is_a_case() -> None:
    assert {path.name for path in FOLDER.iterdir()} - {"cases.toml"} == CASES.keys()
    assert len(CASES) >= 20


@pytest.mark.parametrize("name", CASES)
def test_message(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    sound = tmp_path / "sound.ttl"
    sound.write_text("<https://example.org/a> <https://example.org/p> 1 .", "utf-8")
    path = tmp_path / name
    shutil.copy(FOLDER / name, path)
    store = Store()
    with pytest.raises(getattr(errors, case["error"])) as caught:
        store.load([sound, path])
    error = caught.value
    assert type(error).__name__ == case["error"]
    assert (error.message, error.remedy) == (case["message"], case["remedy"])
    assert [error.line, error.column] == case.get("place", [None, None])
    assert error.path == path
    assert len(store.raw) == 0


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(errors.InputError, match="there is no such file or folder"):
        Store().load([tmp_path / "nowhere.ttl"])


def test_folder_without_rdf(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    (tmp_path / "report.json").touch()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "a.ttl").touch()
    with pytest.raises(errors.InputError, match="the folder holds no RDF"):
        Store().load([tmp_path])


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.ttl"
    path.touch()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(errors.InputError, match="the file may not be read"):
        Store().load([path])


def test_literal_beyond_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f'<https://example.org/a> <https://example.org/p> "{"é" * 500_001}" .', "utf-8")
    with pytest.raises(errors.InputError) as caught:
        Store().load([path])
    assert caught.value.message == (
        "a literal of 1,000,002 bytes at subject <https://example.org/a>, "
        "property <https://example.org/p>; the limit is 1,000,000"
    )


def test_longest_literal(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f'<https://example.org/a> <https://example.org/p> "{"é" * 500_000}" .', "utf-8")
    assert Store().load([path]).triples == 1


def test_circles_of_blank_nodes_are_limited(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    ring = "\n".join(f"_:n{i} <https://example.org/p> _:n{(i + 1) % 101} ." for i in range(101))
    path.write_text(ring, "utf-8")
    with pytest.raises(errors.InputError, match="101 blank nodes refer to each other in circles"):
        Store().load([path])
