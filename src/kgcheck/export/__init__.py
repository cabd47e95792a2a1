"""Exports: the graph of claims for other tools, with or without the findings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgcheck.export.selection import Selection
    from kgcheck.model.report import Report
    from kgcheck.store import Store

FORMATS = (
    "turtle",
    "trig",
    "nquads",
    "jsonld",
    "graphml",
    "gexf",
    "dot",
    "csv",
    "cytoscape",
    "mermaid",
    "html",
    "svg",
    "png",
)


def export(
    report: Report,
    store: Store,
    path: Path | None,
    format: str,  # noqa: A002 (the word users type)
    *,
    with_findings: bool = False,
    selection: Selection | None = None,
    note: Callable[[str], None] | None = None,
) -> bytes | None:
    """Write the graph in one of FORMATS to `path`, or return its bytes where `path` is None.

    The RDF formats take statements from `store`: documents, the ontology terms that they use, and
    with `with_findings` the findings; never what was derived. The others draw a network of the
    report's claims, with the sources that `store` links them to. CSV is two tables, nodes.csv and
    edges.csv: in a folder, or in an archive where `path` ends in .zip. A `selection` keeps a part of all
    this (see `kgcheck.export.selection`), and `note` is told how much it is.

    Everything is rendered before anything is written, and every file is put in place whole.
    Raises UsageError for an unknown format, for CSV without a path and for a selection of nothing or of
    unknown names, InputError where `path` cannot be written.
    """
    from kgcheck.export.dispatch import write

    return write(report, store, path, format, with_findings=with_findings, selection=selection, note=note)
