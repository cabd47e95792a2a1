"""Which form of a page to send: HTML, Turtle, JSON-LD or JSON."""

from __future__ import annotations

from dataclasses import dataclass

from kgcheck.serve import forms


@dataclass(frozen=True, slots=True)
class Form:
    """A form: the ending that asks for it in an address, its media type, and what people call it."""

    suffix: str
    media_type: str
    name: str


HTML = Form("html", "text/html", "HTML")
TURTLE = Form("ttl", "text/turtle", "Turtle")
JSON_LD = Form("jsonld", "application/ld+json", "JSON-LD")
JSON = Form("json", "application/json", "JSON")
FORMS = (HTML, TURTLE, JSON_LD, JSON)
DATA = FORMS[1:]

_BY_SUFFIX = {form.suffix: form for form in FORMS}
_TABLE: forms.Table = {
    "html": ("text/html",),
    "ttl": ("text/turtle", "application/x-turtle"),
    "jsonld": ("application/ld+json",),
    "json": ("application/json",),
}


def choose(accept: str | None) -> Form | None:
    """The form that an Accept header asks for; None where it takes none of them."""
    chosen = forms.choose(accept, _TABLE)
    return _BY_SUFFIX[chosen.form] if chosen else None


def by_suffix(name: str) -> tuple[str, Form] | None:
    """A name without the ending that asks for a form, and the form; None where it has no such ending."""
    stem, dot, suffix = name.rpartition(".")
    return (stem, _BY_SUFFIX[suffix]) if dot and suffix in _BY_SUFFIX else None
