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


def write(report: Report, store: Store, path: Path | None, name: str, *, with_findings: bool) -> bytes | None:
    """See `kgcheck.export.export`."""
    if name in RDF:
        quads = statements(store, report.findings if with_findings else ())
        content = RDF[name](quads, prefixes(store))
    elif name in PICTURES:
        content = PICTURES[name](_network(report, store, with_findings or name in FOUND))
    elif name == "csv":
        _write_tables(_network(report, store, with_findings), path)
        return None
    else:
        raise UsageError(f"no export format is called {name!r}", remedy=f"choose one of {', '.join(FORMATS)}")
    if path is None:
        return content
    write_atomically(path, content)
    return None


def _network(report: Report, store: Store, with_findings: bool) -> nx.MultiDiGraph[str]:
    return network(report, source_links(store), with_findings=with_findings)


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
