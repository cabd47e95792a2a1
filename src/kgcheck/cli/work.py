"""What several commands do: load the checks, run them, refuse to call an empty graph clean."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kgcheck.cli.inputs import Inputs
from kgcheck.cli.progress import progress
from kgcheck.errors import UsageError

if TYPE_CHECKING:
    from kgcheck.checks.registry import Check
    from kgcheck.model.finding import Finding
    from kgcheck.model.report import Report


_SHORTEST = 4
"""Fewer characters do not name a finding."""


def nearest(name: str, known: Collection[str]) -> str:
    """What to try instead of an unknown name."""
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else "kgcheck checks lists them"


def loaded_checks(folders: Sequence[Path], *selections: Sequence[str]) -> dict[str, Check]:
    """All checks by name. Raises UsageError where a selection names one that is not there."""
    from kgcheck.checks.registry import load_checks

    checks = load_checks(folders)
    for name in (name for selection in selections for name in selection):
        if name not in checks:
            raise UsageError(f"no check is called {name!r}", remedy=nearest(name, checks))
    return checks


def one_finding(name: str, report: Report, known: Collection[str]) -> Finding:
    """The finding whose id is `name` or begins so.

    Raises UsageError where none or several do; `known` are the other names that may have been meant.
    """
    found = [finding for finding in report.findings if finding.id == name]
    if not found and len(name) >= _SHORTEST:
        found = [finding for finding in report.findings if finding.id.startswith(name)]
    if len(found) > 1:
        raise UsageError(
            f"{len(found)} findings have an id that begins with {name!r}", remedy="give more of it"
        )
    if not found:
        raise UsageError(f"no check, verdict or finding is called {name!r}", remedy=nearest(name, known))
    return found[0]


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
