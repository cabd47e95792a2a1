"""docs/performance.md: the words, which people write, and the table, which the bench writes."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.table import Part, markdown

BEGIN = "<!-- written by make bench -->"
END = "<!-- end of what make bench writes -->"

_PACKAGES = ("kgcheck", "pyoxigraph", "rdflib", "pyshacl", "duckdb")


def machine() -> str:
    """The machine and the versions, in a sentence."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    return (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors,"
        f" {memory:.0f} GiB of memory; Python {platform.python_version()}; {packages}."
    )


def write(path: Path, parts: Iterable[Part], day: str) -> None:
    """Put the table of a run between its marks. Raises ValueError where a page has none."""
    text = path.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{path} has no place for the table")
    table = f"{BEGIN}\n\nMeasured on {day}. {machine()}\n\n{markdown(parts)}\n{END}"
    path.write_text(before + table + after, encoding="utf-8")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
