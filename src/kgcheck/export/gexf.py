"""GEXF 1.2, for Gephi and sigma."""

from __future__ import annotations

from io import BytesIO

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kgcheck.export.sanitise import tame


def render(graph: nx.MultiDiGraph[str]) -> bytes:
    """The network as GEXF, UTF-8, without the day of writing: equal networks give equal bytes."""
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(tame(graph))
    for meta in writer.xml.iter("meta"):
        meta.attrib.pop("lastmodifieddate", None)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
