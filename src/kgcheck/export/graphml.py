"""GraphML, for yEd, Gephi, igraph and networkx."""

from __future__ import annotations

from io import BytesIO

import networkx as nx

from kgcheck.export.sanitise import tame


def render(graph: nx.MultiDiGraph[str]) -> bytes:
    """The network as GraphML, UTF-8; keys are named as the attributes are."""
    buffer = BytesIO()
    # The variant on xml.etree: the other is used only where lxml happens to be installed.
    nx.write_graphml_xml(tame(graph), buffer, named_key_ids=True)
    return buffer.getvalue()
