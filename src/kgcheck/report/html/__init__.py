"""The report as one HTML file: self-contained, offline, for people."""

from kgcheck.report.html.page import render

__all__ = ["render"]
