"""Write docs/checks.md, the catalogue of all checks, from the checks themselves.

    python docs/generate_checks.py

A test compares the file with what `render` gives, so that the two cannot drift.
"""

from __future__ import annotations

from pathlib import Path

from kgcheck.checks.registry import load_checks
from kgcheck.model.verdict import Verdict
from kgcheck.report.catalogue import catalogue
from kgcheck.report.options import Options

PAGE = Path(__file__).resolve().parent / "checks.md"

_INTRODUCTION = """\
# Checks

What `kgcheck checks --format markdown` prints. This page is made by `python docs/generate_checks.py`
from the checks, each of which is one file in [`src/kgcheck/checks/`](../src/kgcheck/checks).

The column "at most" is a ceiling: the gate compares the scopes of the claims that a check sets against
each other, and may give a weaker [verdict](verdicts.md), never a stronger one. Of the {total} checks,
{contradictions} may come to a contradiction. `kgcheck explain NAME` prints one of them, and
[you can write your own](write-a-check.md).
"""


def render() -> str:
    """The whole page as Markdown."""
    checks = [check for check in load_checks().values() if check.path.parent.name == "checks"]
    strongest = sum(check.verdict is Verdict.CONTRADICTION for check in checks)
    introduction = _INTRODUCTION.format(total=len(checks), contradictions=strongest)
    return f"{introduction}\n{catalogue(checks, 'markdown', Options())}"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
