"""From a format's name to its writer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import networkx as nx

from kgcheck.errors import InputError, UsageError
from kgcheck.export import FORMATS, cytoscape, dot, gexf, graphml, html, jsonld, mermaid, png, svg, tables
from kgcheck.export.links import source_links
from kgcheck.export.network import network
from kgcheck.export.rdf import nquads, prefixes, statements, trig, turtle
from kgcheck.export.selection import Selection, choose
from kgcheck.model.report import Report
from kgcheck.store import Store
from kgcheck.store.writing import write_atomically

PICTURES: dict[str, Callable[[nx.MultiDiGraph[str]], bytes]] = {
    "graphml": graphml.render,
    "gexf": gexf.render,
    "dot": dot.render,
    "cytoscape": cytoscape.render,
    "mermaid": mermaid.render,
    "html": html.render,
    "svg": svg.render,
    "png": png.render,
}
FOUND = frozenset({"html", "svg", "png"})
"""Pictures that are about the findings: they always show them."""

RDF = {"turtle": turtle, "trig": trig, "nquads": nquads, "jsonld": jsonld.render}


def write(
    report: Report,
    store: Store,
    path: Path | None,
    name: str,
    *,
    with_findings: bool,
    selection: Selection | None = None,
    note: Callable[[str], None] | None = None,
) -> bytes | None:
    """See `kgcheck.export.export`."""
    if name not in FORMATS:
        raise UsageError(f"no export format is called {name!r}", remedy=f"choose one of {', '.join(FORMATS)}")
    shown = with_findings or name in FOUND
    links = source_links(store)
    part = choose(report, links, selection, with_findings=shown) if selection else None
    if part and note:
        note(part.says)
    if name in RDF:
        findings = part.findings if part else report.findings
        quads = statements(store, findings if with_findings else (), part)
        content = RDF[name](quads, prefixes(store))
    else:
        graph = network(report, links, with_findings=shown)
        if part:
            graph = graph.subgraph(part.nodes).copy()
        if name == "csv":
            _write_tables(graph, path)
            return None
        content = PICTURES[name](graph)
    if path is None:
        return content
    write_atomically(path, content)
    return None


def _write_tables(graph: nx.MultiDiGraph[str], path: Path | None) -> None:
    if path is None:
        raise UsageError(
            "csv is two tables, which do not fit one stream", remedy="name a folder or a .zip with -o"
        )
    files = tables.render(graph)
    if path.suffix.lower() == ".zip":
        write_atomically(path, tables.archive(files))
        return
    if path.suffix.lower() == ".csv" or (path.exists() and not path.is_dir()):
        raise UsageError(
            f"{path} is one file, and csv is two tables", remedy="name a folder or a .zip with -o"
        )
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(
            f"the folder cannot be made: {error.strerror}",
            path,
            remedy="Check that the folder above it is there",
        ) from error
    for name, content in files.items():
        write_atomically(path / name, content)
