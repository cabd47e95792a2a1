"""What people install holds everything that runs."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ASSETS = ("ontology", "shapes", "data")
PACKAGE_FILES_AT_LEAST = 100


@pytest.fixture(scope="module")
def built(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that is built from it."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(checkout)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def wheel_names(built: Path) -> frozenset[str]:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            yield path.relative_to(folder)


@pytest.mark.parametrize("name", ASSETS)
def test_wheel_holds_every_asset(name: str, checkout: Path, wheel_names: frozenset[str]) -> None:
    expected = {f"kgcheck/_assets/{name}/{path.as_posix()}" for path in files(checkout / name)}
    assert any(path.endswith(".ttl") for path in expected)
    assert expected <= wheel_names


def test_wheel_holds_every_file_of_the_package(checkout: Path, wheel_names: frozenset[str]) -> None:
    expected = {f"kgcheck/{path.as_posix()}" for path in files(checkout / "src" / "kgcheck")}
    assert len(expected) >= PACKAGE_FILES_AT_LEAST
    assert {Path(name).suffix for name in expected} >= {".py", ".rq", ".toml", ".typed"}
    assert expected <= wheel_names


def test_wheel_holds_nothing_else(wheel_names: frozenset[str]) -> None:
    strangers = [
        name for name in wheel_names if not name.startswith("kgcheck/") and ".dist-info/" not in name
    ]
    assert strangers == []
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel_names)


def test_wheel_describes_itself(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        lines = archive.read(metadata).decode().splitlines()
    assert {
        "License-Expression: Apache-2.0",
        "Requires-Python: >=3.11",
        "Description-Content-Type: text/markdown",
    } <= set(lines)


def test_sdist_holds_what_the_tests_need(built: Path, checkout: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("src", "tests", *ASSETS):
        assert {f"{folder}/{path.as_posix()}" for path in files(checkout / folder)} <= names
    assert names >= {"pyproject.toml", "Makefile", "LICENSE", "README.md", "CHANGELOG.md", "CITATION.cff"}


def test_installed_wheel_finds_its_own_assets(built: Path, tmp_path: Path) -> None:
    """Unpacked away from any checkout, the package reads the assets that came with it."""
    (wheel,) = built.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)  # noqa: S202 - built a moment ago from this very tree
    program = (
        f"import sys; sys.path.insert(0, {str(site)!r})\n"
        "from kgcheck import assets\n"
        "print(*(assets.folder(name) for name in ('ontology', 'shapes', 'data')), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [str(site / "kgcheck" / "_assets" / name) for name in ASSETS]


def test_version_is_the_same_everywhere(checkout: Path, built: Path) -> None:
    import kgcheck

    assert f"version: {kgcheck.__version__}\n" in (checkout / "CITATION.cff").read_text("utf-8")
    assert [path.name for path in built.glob("*.whl")] == [f"kgcheck-{kgcheck.__version__}-py3-none-any.whl"]


def test_editable_installation_runs_from_the_checkout(checkout: Path, tmp_path: Path) -> None:
    """It adds `src` to the path and copies no asset, so that an edit shows at once."""
    program = f"from hatchling.build import build_editable; build_editable({str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", program], cwd=checkout, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
        (pth,) = [name for name in names if name.endswith(".pth")]
        assert archive.read(pth).decode().split() == [str(checkout / "src")]
    assert not any("_assets" in name for name in names), names
