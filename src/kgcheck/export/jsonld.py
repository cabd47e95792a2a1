"""Compact JSON-LD 1.1.

Oxigraph writes the expanded form, which few people can read; this is the compact one, over a context
of prefixes and of properties whose values all are IRIs or all have one datatype.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import pyoxigraph as ox

from kgcheck.export.json_text import json_text
from kgcheck.namespaces import expand

TYPE = expand("rdf:type")
STRING = expand("xsd:string")
LOCAL = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)

Json = dict[str, object]


def render(quads: Sequence[ox.Quad], names: Mapping[str, str]) -> bytes:
    """The quads, which come sorted by graph and subject, as one JSON-LD document in UTF-8."""
    writer = _Compact(quads, names)
    content: list[object] = []
    for graph, inside in groupby(quads, key=lambda quad: quad.graph_name):
        nodes = writer.nodes(inside)
        if isinstance(graph, ox.DefaultGraph):
            content += nodes
        else:
            content.append({"@id": writer.name(graph), "@graph": nodes})
    return json_text({"@context": writer.context(), "@graph": content})


class _Compact:
    """Terms in their short forms, and the context that they need."""

    def __init__(self, quads: Iterable[ox.Quad], names: Mapping[str, str]) -> None:
        self.used: set[str] = set()
        forms: dict[str, set[str | None]] = defaultdict(set)
        schemes: set[str] = set()
        for quad in quads:
            forms[quad.predicate.value].add(_form(quad.object))
            schemes |= {str(t.value).partition(":")[0] for t in quad if isinstance(t, ox.NamedNode)}
        # A prefix that is also the scheme of some IRI would have a reader expand that IRI.
        usable = [(prefix, iri) for prefix, iri in names.items() if prefix not in schemes]
        self.names = sorted(usable, key=lambda item: (-len(item[1]), item[0]))
        self.forms = {iri: next(iter(kinds)) for iri, kinds in sorted(forms.items()) if len(kinds) == 1}
        self.forms.pop(TYPE, None)

    def name(self, term: object) -> str:
        """The prefixed name of an IRI, else the IRI; the label of a blank node."""
        if isinstance(term, ox.BlankNode):
            return str(term)
        assert isinstance(term, ox.NamedNode)
        return self.short(term.value)

    def short(self, iri: str) -> str:
        """The prefixed name of an IRI, else the IRI."""
        for prefix, namespace in self.names:
            if iri.startswith(namespace) and LOCAL.fullmatch(iri, len(namespace)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def nodes(self, quads: Iterable[ox.Quad]) -> list[object]:
        """One object per subject."""
        found: list[object] = []
        for subject, told in groupby(quads, key=lambda quad: quad.subject):
            node: dict[str, list[object]] = {}
            for quad in told:
                if quad.predicate.value == TYPE and isinstance(quad.object, ox.NamedNode | ox.BlankNode):
                    node.setdefault("@type", []).append(self.name(quad.object))
                else:
                    values = node.setdefault(self.short(quad.predicate.value), [])
                    values.append(self.value(quad.predicate.value, quad.object))
            single = {key: values[0] if len(values) == 1 else values for key, values in node.items()}
            found.append({"@id": self.name(subject), **single})
        return found

    def value(self, predicate: str, term: object) -> object:
        """What stands for a value; a bare string where the context says how to read it."""
        form = self.forms.get(predicate)
        if not isinstance(term, ox.Literal):
            return self.name(term) if form == "@id" else {"@id": self.name(term)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        datatype = term.datatype.value
        if datatype == STRING or form == datatype:
            return term.value
        return {"@value": term.value, "@type": self.short(datatype)}

    def context(self) -> Json:
        """Prefixes and coercions, of what was used."""
        typed: Json = {
            self.short(iri): {"@id": iri, "@type": form if form == "@id" else self.short(form)}
            for iri, form in self.forms.items()
            if form is not None and form != STRING
        }
        spelled: Json = {prefix: iri for prefix, iri in sorted(self.names) if prefix in self.used}
        return {**spelled, **typed}


def _form(term: object) -> str | None:
    """How a property of such values is read: as IRIs, as one datatype, or (None) value by value."""
    if not isinstance(term, ox.Literal):
        return "@id"
    return None if term.language else term.datatype.value
