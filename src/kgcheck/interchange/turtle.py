"""Turtle as a person would lay it out: prefixes on top, groups under a heading, predicates aligned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kgcheck.namespaces import PREFIXES

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(slots=True)
class Statement:
    """A subject with its predicates, each with one or more objects, all in Turtle's own words."""

    subject: str
    pairs: list[tuple[str, list[str]]] = field(default_factory=list)

    def say(self, predicate: str, *objects: str | None) -> None:
        """Add a predicate with those of the objects that are there; nothing where none is."""
        given = [item for item in objects if item is not None]
        if given:
            self.pairs.append((predicate, given))

    def __str__(self) -> str:
        width = max((len(predicate) for predicate, _ in self.pairs), default=0)
        lines = []
        for predicate, objects in self.pairs:
            joined = " ,\n".join(_indented(item, width + 5) for item in objects).lstrip()
            lines.append(f"    {predicate:<{width}} {joined}")
        return f"{self.subject}\n" + " ;\n".join(lines) + " .\n"


class Prefixes:
    """Shortens IRIs, and remembers which prefixes were used so that only those are declared."""

    def __init__(self, own: Mapping[str, str]) -> None:
        """`own` are prefixes beside those of kgcheck itself, the longest namespaces winning."""
        names = {**PREFIXES, **own}
        self._names = dict(sorted(names.items(), key=lambda item: (-len(item[1]), item[0])))
        self._used: set[str] = set()

    def iri(self, iri: str) -> str:
        """An IRI as `prefix:name` where one fits, else in angle brackets."""
        for prefix, namespace in self._names.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
                self._used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def curie(self, curie: str) -> str:
        """A `prefix:name` written out in code, its prefix noted as used."""
        prefix = curie.partition(":")[0]
        if prefix not in self._names:
            raise KeyError(prefix)
        self._used.add(prefix)
        return curie

    def typed(self, value: str, datatype: str) -> str:
        """A literal with a datatype such as `xsd:date`."""
        return f"{text(value)}^^{self.curie(datatype)}"

    def declarations(self, known: Iterable[str] = ()) -> str:
        """The `@prefix` lines of all used prefixes that are not in `known`."""
        used = sorted(self._used - set(known))
        return "".join(f"@prefix {prefix}: <{self._names[prefix]}> .\n" for prefix in used)


def text(value: str) -> str:
    """A plain literal."""
    return '"' + "".join(_ESCAPES.get(char, char) for char in value) + '"'


def node(pairs: Iterable[tuple[str, str]]) -> str:
    """A blank node on one line."""
    return "[ " + " ; ".join(f"{predicate} {item}" for predicate, item in pairs) + " ]"


def comment(words: str) -> str:
    """A heading inside a file."""
    return f"# {words}\n"


def _indented(item: str, width: int) -> str:
    return " " * width + item.replace("\n", "\n" + " " * width)
