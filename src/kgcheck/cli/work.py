"""What several commands do: load the checks, run them, refuse to call an empty graph clean."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kgcheck.cli.inputs import Inputs
from kgcheck.cli.progress import progress
from kgcheck.errors import UsageError

if TYPE_CHECKING:
    from kgcheck.checks.registry import Check
    from kgcheck.model.report import Report


def nearest(name: str, known: Collection[str]) -> str:
    """What to try instead of an unknown name."""
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else "kgcheck checks lists them"


def loaded_checks(inputs: Inputs, *selections: Sequence[str]) -> dict[str, Check]:
    """All checks by name. Raises UsageError where a selection names one that is not there."""
    from kgcheck.checks.registry import load_checks

    checks = load_checks(inputs.checks)
    for name in (name for selection in selections for name in selection):
        if name not in checks:
            raise UsageError(f"no check is called {name!r}", remedy=nearest(name, checks))
    return checks


def judge(inputs: Inputs, *, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Report:
    """Run the checks. Raises UsageError where there is nothing to check."""
    from kgcheck.engines.local import run_check

    with progress() as tell:
        report = run_check(
            inputs.paths,
            policy=inputs.policy,
            select=select,
            ignore=ignore,
            checks_dirs=inputs.checks,
            texts=inputs.texts,
            vocabulary=inputs.vocabulary,
            progress=tell,
        )
    if not (report.claims or report.violations or report.incomplete):
        raise UsageError(
            "nothing to check: the input holds no claims", remedy="name files or folders with claims"
        )
    return report
