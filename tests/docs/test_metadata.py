"""What the package, the citation and the changelog say of the project agrees."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import kgcheck

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def _cited(field: str) -> str:
    found = re.search(rf"^{field}: *(.+)$", CITATION, re.MULTILINE)
    assert found is not None, field
    return found[1].strip("\"'")


def test_citation_agrees_with_the_package() -> None:
    assert _cited("title") == PROJECT["name"]
    assert _cited("version") == kgcheck.__version__
    assert _cited("license") == PROJECT["license"]
    authors = re.findall(r"^  - name: (.+)$", CITATION, re.MULTILINE)
    assert authors == [author["name"] for author in PROJECT["authors"]]


def test_readme_is_the_package_description() -> None:
    assert PROJECT["readme"] == "README.md"


def test_changelog_has_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[{re.escape(kgcheck.__version__)}\]", text, re.MULTILINE)
