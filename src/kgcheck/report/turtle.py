"""The findings as RDF, in Turtle, to load beside the claims they are about."""

from __future__ import annotations

from kgcheck.findings.rdf import finding_quads
from kgcheck.model.report import Report
from kgcheck.report.options import Options
from kgcheck.report.rdftext import turtle


def render(report: Report, options: Options) -> str:
    """One subject per finding, per party and per reason; no blank nodes."""
    return turtle(quad.triple for quad in finding_quads(report.findings))
