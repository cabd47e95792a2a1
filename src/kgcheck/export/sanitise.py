"""What of other people's text may enter a file.

A quote or title may hold anything: control characters that no XML may contain or that drive a
terminal (ESC), bidirectional controls that reorder what a reader sees, halves of surrogate pairs
that have no UTF-8. They are taken out. Letters, joiners and line breaks stay.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

import networkx as nx

Plain = str | int | float | bool

UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls but tab, line feed, carriage return
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u2028\u2029\ufeff"  # line ends that some readers miss, and the byte order mark
    "\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufff9-\ufffb"  # characters that nobody sees
    "\U000e0000-\U000e0fff"  # tags, which hide whole texts
    "\ud800-\udfff\ufffe\uffff]"  # no characters at all
)
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")  # with their full-width twins
LONGEST = 32_767  # characters in a cell that spreadsheets keep
LARGEST = 2**63 - 1  # what an XML long or a spreadsheet's integer column can hold


def clean(text: str) -> str:
    """`text` without what is unsafe; every line end becomes a line feed."""
    return UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """`clean` text with every run of white space as one space."""
    return " ".join(clean(text).split())


def clean_name(name: object) -> str:
    """A node's name. Here unsafe characters are percent-encoded, lest two names become one."""
    return UNSAFE.sub(lambda found: quote(found[0], safe="", errors="surrogatepass"), str(name))


def plain(value: object) -> Plain | None:
    """`value` as something that every format can hold.

    Text and its subclasses (an rdflib term is one) become clean `str`; a collection one text with
    its members joined by "; "; numbers beyond 64 bits, infinities and all else their text.
    None stays None, and an empty collection becomes None: the caller leaves the attribute out.
    """
    match value:
        case None:
            return None
        case bool():
            return value
        case str():
            return clean(str(value))
        case int() if abs(value) <= LARGEST:
            return int(value)
        case float() if math.isfinite(value):
            return float(value)
        case Mapping():
            return plain([f"{key}: {member}" for key, member in value.items()])
        case Iterable() if not isinstance(value, bytes):
            parts = [str(part) for member in value if (part := plain(member)) is not None]
            if isinstance(value, set | frozenset):
                parts.sort()
            return "; ".join(parts) or None
    return clean(str(value))


def cell(value: object) -> Plain:
    """`value` for a table that people open in a spreadsheet.

    Text that a spreadsheet would run as a formula gets an apostrophe in front, as they do
    themselves to keep text as text (OWASP, "CSV Injection"). What is longer than they can hold is cut.
    None is the empty cell.
    """
    known = plain(value)
    if isinstance(known, str):
        known = f"'{known}" if FORMULA.match(known) else known
        return known if len(known) <= LONGEST else known[: LONGEST - 1] + "…"
    return "" if known is None else known


def tame(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """A copy in which every name, attribute name and value is safe, and all is in stable order.

    Attributes that are None go. Edges are keyed e1, e2 … : names that are unique in the whole file,
    as XML wants them.
    """
    calm: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    nodes = ((clean_name(node), _attributes(data)) for node, data in graph.nodes(data=True))
    for name, data in sorted(nodes, key=_name):
        calm.add_node(name)
        calm.nodes[name].update(data)
    edges = (
        (clean_name(start), clean_name(end), _attributes(data)) for start, end, data in graph.edges(data=True)
    )
    for number, (start, end, data) in enumerate(sorted(edges, key=lambda edge: (*edge[:2], str(edge[2]))), 1):
        calm.add_edge(start, end, key=f"e{number}")
        calm.edges[start, end, f"e{number}"].update(data)
    return calm


def _name(pair: tuple[str, object]) -> str:
    return pair[0]


def _attributes(data: Mapping[str, object]) -> dict[str, Plain]:
    known = ((clean_name(name), plain(value)) for name, value in data.items())
    return {name: value for name, value in sorted(known, key=_name) if value is not None}
