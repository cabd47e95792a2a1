"""The pictures of the pages are what the packaged data give."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"


def test_pictures_are_in_step(script: Callable[[str], ModuleType]) -> None:
    drawn = script("generate_pictures").draw()
    assert sorted(drawn) == sorted(path.name for path in PICTURES.glob("*.svg"))
    for name, picture in drawn.items():
        assert (PICTURES / name).read_text(encoding="utf-8") == picture, "run: make docs"


def test_pictures_ask_the_web_for_nothing() -> None:
    for path in PICTURES.glob("*.svg"):
        root = ElementTree.parse(path).getroot()  # noqa: S314 (a file of our own)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        text = path.read_text(encoding="utf-8")
        assert "url(http" not in text
        assert "@import" not in text
        assert not [e for e in root.iter() if e.tag.endswith(("image", "script", "foreignObject"))]


@pytest.mark.parametrize(("name", "most"), [("report.png", 200_000), ("explorer.png", 120_000)])
def test_screenshots_are_modest(name: str, most: int) -> None:
    """Fonts differ between machines, so that only their form can be held."""
    content = (PICTURES / name).read_bytes()
    assert content.startswith(b"\x89PNG\r\n")
    assert 20_000 < len(content) < most


def test_there_are_no_other_pictures() -> None:
    assert {path.suffix for path in PICTURES.iterdir()} == {".svg", ".png"}
    assert len(list(PICTURES.glob("*.png"))) == 2
