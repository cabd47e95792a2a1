"""The known IRI that a misspelt one most resembles."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

CUTOFF = 0.72
"""How similar two local names must be (difflib's ratio); below it a hint would only mislead."""


def nearest(iri: str, known: Iterable[str]) -> str | None:
    """The IRI of `known` in the namespace of `iri` whose local name is most similar, or None.

    Capitals do not count, so that `kgc:statedvalue` finds `kgc:statedValue`.
    """
    namespace, local = split(iri)
    names: dict[str, str] = {}
    for other in sorted(known):
        space, name = split(other)
        if space == namespace:
            names.setdefault(name.lower(), other)
    matches = get_close_matches(local.lower(), names, n=1, cutoff=CUTOFF)
    return names[matches[0]] if matches else None


def split(iri: str) -> tuple[str, str]:
    """Namespace (up to the last `#` or `/`) and local name of an IRI."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]
