"""The command line: one module per command, thin, imported when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run `kgcheck` with `args` (by default those of the process) and leave with its exit code."""
    from kgcheck.cli.run import run

    sys.exit(run(args))
