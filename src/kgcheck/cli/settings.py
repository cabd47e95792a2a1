"""What holds for the whole invocation, whichever command runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgcheck.store.workers.limits import Limits
    from kgcheck.validation import Engine

PROGRAM = "kgcheck"


@dataclass(slots=True)
class Settings:
    """`verbose` is set by -v, before or after the command's name; `seconds` and `memory` (bytes) by
    --timeout and --memory, None standing for the usual; `shacl` by --shacl."""

    verbose: bool = False
    seconds: float | None = None
    memory: int | None = None
    shacl: Engine = "compiled"

    def limits(self) -> Limits:
        """How much worker processes may take."""
        from kgcheck.store.workers.limits import MEMORY, Limits

        return Limits(MEMORY if self.memory is None else self.memory, self.seconds)
