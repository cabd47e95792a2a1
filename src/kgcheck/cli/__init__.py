"""The command line: one module per command, thin, imported when it is asked for."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import NoReturn

_ALLOCATIONS = 100_000
"""Objects made before Python looks for circles among them: nearly all that a run makes it keeps, and to look
through these again and again takes a good part of the time."""


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run `kgcheck` with `args` (by default those of the process) and leave with its exit code."""
    from kgcheck.cli.run import run

    gc.set_threshold(_ALLOCATIONS)
    sys.exit(run(args))
