"""Files appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgcheck.errors import InputError
from kgcheck.store.writing import write_atomically


def test_new_file(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.ttl", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.ttl": b"new"}


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    place, link = tmp_path / "a.ttl", tmp_path / "b.ttl"
    place.write_bytes(b"old")
    place.chmod(0o640)
    link.symlink_to(place)
    write_atomically(link, b"new")
    assert place.read_bytes() == b"new"
    assert place.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()


def test_old_file_stays_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "a.ttl"
    place.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(InputError, match="No space left on device"):
        write_atomically(place, b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.ttl": b"old"}


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the file cannot be written"):
        write_atomically(tmp_path / "nowhere" / "a.ttl", b"new")
    assert list(tmp_path.iterdir()) == []
