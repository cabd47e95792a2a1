"""What a caller may ask of a renderer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kgcheck.model.place import Place


@dataclass(frozen=True, slots=True)
class Options:
    """The choices that renderers know; each takes those that concern it.

    `width` is in columns. `show` holds verdicts to unfold, `verbose` unfolds all of them and drops
    no detail. `checks` are the checks that ran, by name, for formats that document their rules.
    `places` say where claims are written, for formats that lead people there.
    """

    width: int = 80
    colour: bool = False
    show: frozenset[str] = frozenset()
    verbose: bool = False
    checks: Mapping[str, Any] | None = None
    places: Mapping[str, Place] | None = None
