"""Two tables, nodes.csv and edges.csv, for people with spreadsheets and for Gephi."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import networkx as nx

from kgcheck.export.sanitise import cell, tame

DAY_ONE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold: equal tables give equal archives."""


def render(graph: nx.MultiDiGraph[str]) -> dict[str, bytes]:
    """File name → table, UTF-8, a header row first, columns the same for every network's kind.

    Text that would start a formula has an apostrophe in front; see `sanitise.cell`.
    """
    calm = tame(graph)
    nodes = [{"id": name, **data} for name, data in calm.nodes(data=True)]
    edges = [{"source": a, "target": b, **data} for a, b, data in calm.edges(data=True)]
    return {
        "nodes.csv": _table(("id", "kind", "label"), nodes),
        "edges.csv": _table(("source", "target", "relation"), edges),
    }


def archive(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as packed:
        for name, content in files.items():
            entry = ZipInfo(name, DAY_ONE)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    return buffer.getvalue()


def _table(first: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    rows = list(rows)
    others = sorted({name for row in rows for name in row} - set(first))
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*first, *map(cell, others)])
    for row in rows:
        writer.writerow([cell(row.get(name)) for name in (*first, *others)])
    return text.getvalue().encode()
