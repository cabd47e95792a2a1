"""Turtle as a person would lay it out: prefixes on top, groups under a heading, predicates aligned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kgcheck.namespaces import PREFIXES

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Iri:
    """A node with a name."""

    iri: str


@dataclass(frozen=True, slots=True)
class Text:
    """A plain literal."""

    words: str


@dataclass(frozen=True, slots=True)
class Date:
    """A day, without a zone."""

    day: date


Term = Iri | Text | Date | int | bool
Pair = tuple[str, tuple[Term, ...]]


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

    def term(self, term: Term) -> str:
        """A term in Turtle's words."""
        if isinstance(term, Iri):
            return self.iri(term.iri)
        if isinstance(term, Text):
            return quoted(term.words)
        if isinstance(term, Date):
            return f"{quoted(term.day.isoformat())}^^{self.curie('xsd:date')}"
        if isinstance(term, bool):
            return "true" if term else "false"
        return str(term)

    def statement(self, subject: str, classes: Iterable[str], lines: Iterable[tuple[str, str]]) -> str:
        """A subject with its classes and one line for each predicate, predicates aligned.

        Classes and predicates are `prefix:name`; the objects of `lines` are in Turtle's words.
        """
        lines = list(lines)
        width = max((len(predicate) for predicate, _ in lines), default=0)
        told = [f"{self.iri(subject)} a {' , '.join(map(self.curie, classes))}"]
        told += [f"    {self.curie(predicate):<{width}} {objects}" for predicate, objects in lines]
        return " ;\n".join(told) + " .\n"

    def lines(self, pairs: Iterable[Pair]) -> list[tuple[str, str]]:
        """Predicates with their objects in Turtle's words."""
        return [(predicate, " , ".join(map(self.term, terms))) for predicate, terms in pairs]

    def declarations(self, known: Iterable[str] = ()) -> str:
        """The `@prefix` lines of all used prefixes that are not in `known`."""
        used = sorted(self._used - set(known))
        return "".join(f"@prefix {prefix}: <{self._names[prefix]}> .\n" for prefix in used)


def quoted(words: str) -> str:
    """A plain literal in Turtle's words."""
    return '"' + "".join(_ESCAPES.get(char, char) for char in words) + '"'
