"""Where the packaged folders are looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgcheck import assets


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """An installed package and a checkout, both empty."""
    package, checkout = tmp_path / "site" / "kgcheck", tmp_path / "checkout"
    package.mkdir(parents=True)
    checkout.mkdir()
    monkeypatch.setattr(assets, "PACKAGE", package)
    monkeypatch.setattr(assets, "CHECKOUT", checkout)
    return package, checkout


def test_installed_package_comes_first(places: tuple[Path, Path]) -> None:
    package, checkout = places
    (checkout / "pyproject.toml").touch()
    (checkout / "data").mkdir()
    (package / "_assets" / "data").mkdir(parents=True)
    assert assets.folder("data") == package / "_assets" / "data"


def test_checkout_serves_where_nothing_is_installed(places: tuple[Path, Path]) -> None:
    _, checkout = places
    (checkout / "pyproject.toml").touch()
    (checkout / "data").mkdir()
    assert assets.folder("data") == checkout / "data"


def test_folder_beside_an_installed_package_is_no_checkout(places: tuple[Path, Path]) -> None:
    _, checkout = places
    (checkout / "data").mkdir()
    with pytest.raises(FileNotFoundError, match="without its data folder"):
        assets.folder("data")
