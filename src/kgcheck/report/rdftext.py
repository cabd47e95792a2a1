"""Triples as Turtle that is the same from run to run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kgcheck.namespaces import PREFIXES


def turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """The triples in order, under those of `prefixes` that they use."""
    ordered = sorted(set(triples), key=str)
    iris = {term.value for triple in ordered for term in _named(triple)}
    used = {p: n for p, n in prefixes.items() if any(iri.startswith(n) for iri in iris)}
    data = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=used)
    assert data is not None
    lines = data.decode("utf-8").split("\n")
    count = len(used)  # Oxigraph writes one line per prefix first, in no order of its own
    return "\n".join([*sorted(lines[:count]), *lines[count:]])


def _named(triple: ox.Triple) -> Iterable[ox.NamedNode]:
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, ox.NamedNode):
            yield term
        elif isinstance(term, ox.Literal):
            yield term.datatype
