"""What is refused in a file because some engine downstream cannot bear it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

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


_XSD = expand("xsd:").encode()
_NUMERIC_NAMES = frozenset(iri.encode().removeprefix(_XSD) for iri in _NUMERIC)
_TYPED = b'"^^<' + _XSD
_LONG = LITERAL_BYTES // 4


def check_lines(text: bytes, path: Path) -> None:
    """Refuse terms that some engine downstream cannot bear, in lines of N-Quads. Raises InputError.

    Nearly all lines are seen to be harmless without being taken apart.
    """
    if b"<<(" in text:
        _check(text, path)
        return
    start = 0
    while len(text) - start > _LONG:
        end = text.rfind(b"\n", start, start + _LONG) + 1
        if not end:  # there is no shorter line
            end = text.find(b"\n", start) + 1
            _check(text[start:end], path)
        start = end
    at = 0
    before, *pieces = text.split(_TYPED)
    for piece in pieces:
        at += len(before)
        opening, quote, value = before[-NUMBER_CHARACTERS - 2 :].rpartition(b'"')
        short = quote and not opening.endswith(b"\\") and len(value) <= NUMBER_CHARACTERS
        if (not short or value.strip(b"+-.0123456789")) and piece.partition(b">")[0] in _NUMERIC_NAMES:
            start = text.rfind(b"\n", 0, at) + 1
            _check(text[start : text.find(b"\n", at) + 1], path)
        at += len(_TYPED)
        before = piece


def _check(lines: bytes, path: Path) -> None:
    for quad in ox.parse(lines, ox.RdfFormat.N_QUADS, lenient=True):
        if isinstance(quad.object, ox.Literal):
            check_literal(quad, path)
        elif isinstance(quad.object, ox.Triple):
            refuse_triple_term(quad, path)


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


def check_depth(parents: Mapping[bytes, bytes], depth: int, path: Path) -> None:
    """Refuse blank nodes that hang below each other beyond `depth`. Raises InputError.

    `parents` tells of each blank node what it hangs on: an IRI, or `_:` and a label.
    """
    depths: dict[bytes, int] = {}
    for node in parents:
        chain: dict[bytes, None] = {}
        while node in parents and node not in depths and node not in chain:
            chain[node] = None
            node = parents[node].removeprefix(b"_:")
        deep = depths.get(node, 0)
        for link in reversed(chain):
            depths[link] = deep = deep + 1
        if deep > depth:
            refuse_depth(path)


def refuse_depth(path: Path) -> NoReturn:
    """Raises InputError: blank nodes hang too deep below each other."""
    raise InputError(
        f"blank nodes hang below each other more than {DEPTH:,} deep",
        path,
        remedy="Give some of them IRIs, and take long lists apart.",
    )


def _place(quad: ox.Quad) -> str:
    return f"subject {quad.subject}, property {quad.predicate}"
