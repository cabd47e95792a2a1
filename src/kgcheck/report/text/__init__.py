"""The report for people at a terminal: strongest first, readable without colour."""

from __future__ import annotations

from kgcheck.report.text.page import render

__all__ = ["render"]
