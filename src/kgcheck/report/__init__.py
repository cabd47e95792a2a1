"""Reports: a run's result in the form that a reader or a tool wants.

One module per format, imported when it is asked for. Every one offers
`render(report, options) -> str`, and those whose reports grow large `pieces(report, options)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kgcheck.errors import UsageError

if TYPE_CHECKING:
    from kgcheck.model.report import Report

FORMATS: dict[str, str] = {
    "text": "kgcheck.report.text",
    "json": "kgcheck.report.json",
    "jsonl": "kgcheck.report.jsonl",
    "markdown": "kgcheck.report.markdown",
    "csv": "kgcheck.report.csv",
    "sarif": "kgcheck.report.sarif",
    "turtle": "kgcheck.report.turtle",
    "junit": "kgcheck.report.junit",
    "html": "kgcheck.report.html",
}
"""Format name → the module that renders it."""


def render(report: Report, format: str = "text", **options: Any) -> str:  # noqa: A002 (the word users type)
    """The report in one of FORMATS; `options` are the fields of `report.options.Options`.

    Raises UsageError for a format that is not there.
    """
    return "".join(pieces(report, format, **options))


def pieces(report: Report, format: str = "text", **options: Any) -> Iterator[str]:  # noqa: A002
    """The same in pieces, where a format comes in pieces, so that nobody has to hold all of it."""
    from kgcheck.report.options import Options

    if format not in FORMATS:
        raise UsageError(
            f"no report format is called {format!r}", remedy=f"choose one of {', '.join(FORMATS)}"
        )
    module, chosen = import_module(FORMATS[format]), Options(**options)
    if hasattr(module, "pieces"):
        found: Iterator[str] = module.pieces(report, chosen)
        return found
    return iter((module.render(report, chosen),))
