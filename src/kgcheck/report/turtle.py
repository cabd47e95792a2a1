"""The findings as RDF, in Turtle, to load beside the claims they are about."""

from __future__ import annotations

import pyoxigraph as ox

from kgcheck.findings.rdf import finding_quads
from kgcheck.model.report import Report
from kgcheck.namespaces import PREFIXES
from kgcheck.report.options import Options
from kgcheck.report.order import ordered


def render(report: Report, options: Options) -> str:
    """One subject per finding, per party and per reason; no blank nodes."""
    triples = [quad.triple for quad in finding_quads(ordered(report.findings))]
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert data is not None
    return data.decode("utf-8")
