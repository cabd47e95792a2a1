"""What holds for the whole invocation, whichever command runs."""

from __future__ import annotations

from dataclasses import dataclass

PROGRAM = "kgcheck"


@dataclass(slots=True)
class Settings:
    """`verbose` is set by -v, before or after the command's name."""

    verbose: bool = False
