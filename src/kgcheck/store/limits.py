"""What is refused in a file because some engine downstream cannot bear it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from kgcheck.errors import InputError
from kgcheck.namespaces import expand

LITERAL_BYTES = 1_000_000
"""No word, date or number is longer; whole texts do not belong in the graph."""

NUMBER_CHARACTERS = 64
"""Beyond this, engines compare numbers as nothing or run out of memory writing them out."""

DEPTH = 1_000
"""Blank nodes that hang below each other; a list hangs each member below the one before."""

_NUMERIC = frozenset(
    expand(f"xsd:{name}")
    for name in (
        "decimal",
        "integer",
        "long",
        "int",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    )
)


def check_literal(quad: ox.Quad, path: Path) -> None:
    """Refuse a literal that is too long. Raises InputError that names subject and property."""
    literal = quad.object
    assert isinstance(literal, ox.Literal)
    value = literal.value
    if len(value) <= NUMBER_CHARACTERS and "e" not in value and "E" not in value:
        return
    if literal.datatype.value in _NUMERIC and (
        len(value) > NUMBER_CHARACTERS or value.strip("+-0123456789.").lower() == "e"
    ):
        # 1E+999999999 is no xsd:decimal either, and Python would write out a billion digits for it.
        raise InputError(
            f"a number of {len(value)} characters, {value[:20]}…, at {_place(quad)}",
            path,
            remedy=f"Write numbers with at most {NUMBER_CHARACTERS} digits and without an exponent.",
        )
    if len(value) > LITERAL_BYTES // 4 and (size := len(value.encode())) > LITERAL_BYTES:
        raise InputError(
            f"a literal of {size:,} bytes at {_place(quad)}; the limit is {LITERAL_BYTES:,}",
            path,
            remedy="Keep texts in files of their own, with only the quoted fragment in the graph.",
        )


def refuse_triple_term(quad: ox.Quad, path: Path) -> None:
    """Raises InputError: no shape or check can see into a triple that stands as a term."""
    raise InputError(
        f"a triple as a term (RDF 1.2) in a statement with {quad.predicate}",
        path,
        remedy="Say it with a claim of its own.",
    )


def check_depth(parents: Mapping[str, str], path: Path) -> None:
    """Refuse blank nodes that hang below each other beyond DEPTH. Raises InputError.

    `parents` tells of each blank node what it hangs on: an IRI, or `_:` and a label.
    """
    depths: dict[str, int] = {}
    for node in parents:
        chain: dict[str, None] = {}
        while node in parents and node not in depths and node not in chain:
            chain[node] = None
            node = parents[node].removeprefix("_:")
        depth = depths.get(node, 0)
        for link in reversed(chain):
            depths[link] = depth = depth + 1
        if depth > DEPTH:
            raise InputError(
                f"blank nodes hang below each other more than {DEPTH:,} deep",
                path,
                remedy="Give some of them IRIs, and take long lists apart.",
            )


def _place(quad: ox.Quad) -> str:
    return f"subject {quad.subject}, property {quad.predicate}"
