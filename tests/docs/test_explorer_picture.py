"""The picture of the explorer. Fonts differ between machines, so that only its form can be held."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType


def test_the_picture_is_modest(script: Callable[[str], ModuleType]) -> None:
    content = script("generate_explorer_picture").PICTURE.read_bytes()
    assert content.startswith(b"\x89PNG\r\n")
    assert 20_000 < len(content) < 120_000
