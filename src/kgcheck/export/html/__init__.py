"""The network as one HTML file that draws itself, offline."""

from kgcheck.export.html.page import render

__all__ = ["render"]
