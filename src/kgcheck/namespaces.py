"""The vocabularies kgcheck speaks, and the prefixes it writes them with.

Plain strings, so that importing this costs nothing; `store` and the API edge make terms of them.
"""

from __future__ import annotations

KGC = "https://w3id.org/kgcheck/ontology#"
DERIVED = KGC + "derived"
"""The graph that `derive` writes and that checks read."""

SKOLEM = "urn:kgcheck:skolem:"
BLOCK = "urn:kgcheck:block:"

PREFIXES: dict[str, str] = {
    "kgc": KGC,
    "kgs": "https://w3id.org/kgcheck/shapes#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "unit": "http://qudt.org/vocab/unit/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def kgc(name: str) -> str:
    """The IRI of a kgcheck term."""
    return KGC + name


def expand(curie: str) -> str:
    """The IRI of `prefix:name`. Raises KeyError for a prefix that is not in PREFIXES."""
    prefix, _, name = curie.partition(":")
    return PREFIXES[prefix] + name


def shorten(iri: str) -> str:
    """`prefix:name` where a prefix fits, else the IRI in angle brackets."""
    for prefix, namespace in PREFIXES.items():
        name = iri.removeprefix(namespace)
        if name and name != iri and "/" not in name and "#" not in name:
            return f"{prefix}:{name}"
    return f"<{iri}>"
