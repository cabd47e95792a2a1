"""The forms that answers come in, and which of them a client asks for (RFC 9110, section 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Table = Mapping[str, tuple[str, ...]]
"""Name of a form → its media types, the proper one first, then others that clients ask for it by.
What stands first is preferred."""

ROWS: Table = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
"""For a SELECT and an ASK; the recommendations define no CSV or TSV for an ASK, but many clients
take `true` and `false`."""

GRAPH: Table = {
    "turtle": ("text/turtle", "application/x-turtle"),
    "ntriples": ("application/n-triples", "text/plain"),
    "rdfxml": ("application/rdf+xml", "application/xml", "text/xml"),
    "jsonld": ("application/ld+json", "application/json"),
    "nquads": ("application/n-quads",),
    "trig": ("application/trig", "application/x-trig"),
    "n3": ("text/n3",),
}
"""For a CONSTRUCT, a DESCRIBE, and the service description."""

HTML: Table = {"html": ("text/html", "application/xhtml+xml")}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A form, and the media type by which it was asked for."""

    form: str
    media_type: str


def choose(accept: str | None, table: Table) -> Chosen | None:
    """The form that an Accept header prefers; without one the first; None where it takes none."""
    ranges = _ranges(accept)
    best: tuple[float, Chosen] | None = None
    for form, media_types in table.items():
        for media_type in media_types:
            quality = _quality(media_type, ranges)
            if quality > (best[0] if best else 0):
                best = quality, Chosen(form, media_type)
    return best[1] if best else None


def wants_page(accept: str | None) -> bool:
    """Whether the client would rather have a page for people than a graph."""
    chosen = choose(accept, {**GRAPH, **HTML}) if accept else None
    return chosen is not None and chosen.form == "html"


@dataclass(frozen=True, slots=True)
class _Range:
    kind: str
    subtype: str
    quality: float

    def fit(self, media_type: str) -> int:
        """How closely the range names the type: 0 not at all, 3 exactly."""
        kind, _, subtype = media_type.partition("/")
        if self.kind == "*":
            return 1
        if self.kind != kind:
            return 0
        return 2 if self.subtype == "*" else 3 * (self.subtype == subtype)


_ANYTHING = (_Range("*", "*", 1.0),)


def _ranges(accept: str | None) -> Sequence[_Range]:
    found = []
    for entry in (accept or "").split(","):
        media_type, *parameters = (part.strip().lower() for part in entry.split(";"))
        kind, _, subtype = media_type.partition("/")
        if kind and subtype:
            found.append(_Range(kind, subtype, _weight(parameters)))
    return found or (() if accept and accept.strip() else _ANYTHING)


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _quality(media_type: str, ranges: Sequence[_Range]) -> float:
    """What the range that names the type most closely says of it."""
    fit, quality = max(((r.fit(media_type), r.quality) for r in ranges), default=(0, 0.0))
    return quality if fit else 0.0
