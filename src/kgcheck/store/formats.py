"""Which RDF format a file is in, told by its name."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kgcheck.errors import InputError

FORMATS: dict[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}

_AMBIGUOUS = frozenset({".json", ".xml"})
"""In a folder such a file may be anything, so it is read only when it is named."""


def is_compressed(path: Path) -> bool:
    """Whether the name says that the file is compressed with gzip."""
    return path.suffix.lower() == ".gz"


def extension_of(path: Path) -> str:
    """The extension in lower case, `.gz` set aside: `.ttl` for `a.TTL.gz`."""
    return (path.with_suffix("") if is_compressed(path) else path).suffix.lower()


def format_of(path: Path) -> ox.RdfFormat:
    """The RDF format of a file. Raises InputError where the extension is not a known one."""
    try:
        return FORMATS[extension_of(path)]
    except KeyError:
        known = " ".join(FORMATS)
        raise InputError(
            "this is not a kind of file that holds RDF",
            path,
            remedy=f"Known extensions, each also with .gz: {known}",
        ) from None


def found_in_folders(path: Path) -> bool:
    """Whether a walk through a folder picks the file up."""
    extension = extension_of(path)
    return extension in FORMATS and extension not in _AMBIGUOUS
