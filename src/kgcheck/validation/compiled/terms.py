"""Terms as strings: the form in which Oxigraph writes a term into a table of tab-separated values.

An IRI is `<…>`, a blank node `_:…`, a literal `"…"` with `@language` or `^^<datatype>` behind it. Two
strings are equal where the terms are the same, so sets and dictionaries of them do the work of a join.
What a literal means is asked of rdflib, as pySHACL asks it, unless the answer is plain to see.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kgcheck.namespaces import PREFIXES

if TYPE_CHECKING:
    from rdflib import Literal
    from rdflib.term import Node

XSD = PREFIXES["xsd"]
STRING, INTEGER, DATE = (f"<{XSD}{name}>" for name in ("string", "integer", "date"))
_BOOLEAN, _DECIMAL, _DOUBLE = (f"<{XSD}{name}>" for name in ("boolean", "decimal", "double"))
_LANG_STRING = f"<{PREFIXES['rdf']}langString>"
_RDFS_LITERAL = f"<{PREFIXES['rdfs']}Literal>"
_RDFS_DATATYPE = f"<{PREFIXES['rdfs']}Datatype>"

_KNOWN = tuple("<" + PREFIXES[prefix] for prefix in ("xsd", "rdf", "owl"))

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_ESCAPED = re.compile(r"\\(.)")
_LETTERS = {"t": "\t", "n": "\n", "r": "\r"}
_CANONICAL = re.compile(r"0|-?[1-9][0-9]{0,17}")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_FRACTION = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_iri(term: str) -> bool:
    return term[0] == "<"


def is_blank(term: str) -> bool:
    return term[0] == "_"


def is_literal(term: str) -> bool:
    return term[0] == '"'


def iri(term: str) -> str:
    """The term for an IRI that comes without its brackets."""
    return f"<{term}>"


def name(term: str) -> str:
    """The IRI, the label of the blank node, or the words of the literal."""
    if term[0] == "<":
        return term[1:-1]
    return term[2:] if term[0] == "_" else lexical(term)


def lexical(term: str) -> str:
    """The words of a literal."""
    words = term[1 : term.rindex('"')]
    return _ESCAPED.sub(_unescape, words) if "\\" in words else words


def language(term: str) -> str | None:
    """The language of a literal in small letters, or None for other literals and other terms."""
    if term[0] != '"':
        return None
    rest = term[term.rindex('"') + 1 :]
    # A direction of writing (`--ltr`) is no part of the language.
    return rest[1:].partition("--")[0].lower() if rest[:1] == "@" else None


def datatype(term: str) -> str | None:
    """The datatype of a literal, None for plain strings and those in a language, as in rdflib."""
    rest = term[term.rindex('"') + 1 :]
    return rest[2:] if rest[:2] == "^^" else None


def literal(words: str, kind: str | None = None, language: str | None = None) -> str:
    """The term for a literal; `kind` is a datatype in brackets."""
    quoted = f'"{words.translate(_ESCAPES)}"'
    if language:
        return f"{quoted}@{language.lower()}"
    return quoted if kind is None or kind == STRING else f"{quoted}^^{kind}"


def expand(cell: str) -> str:
    """The term for a number or truth value that stands in a table without quotes."""
    if cell in ("true", "false"):
        return f'"{cell}"^^{_BOOLEAN}'
    if "e" in cell or "E" in cell:
        return f'"{cell}"^^{_DOUBLE}'
    return f'"{cell}"^^{_DECIMAL if "." in cell else INTEGER}'


def from_oxigraph(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """The same term as a string. Raises TypeError for a triple that stands as a term."""
    if isinstance(term, ox.NamedNode):
        return f"<{term.value}>"
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    if isinstance(term, ox.Literal):
        return literal(term.value, f"<{term.datatype.value}>", term.language)
    raise TypeError("SHACL has no place for a triple that stands as a term")


def node(term: str) -> ox.NamedNode | ox.BlankNode:
    """The node for Oxigraph to look up."""
    return ox.BlankNode(term[2:]) if term[0] == "_" else ox.NamedNode(term[1:-1])


def from_rdflib(term: Node) -> str:
    """The same term as a string."""
    from rdflib import BNode, Literal

    if isinstance(term, Literal):
        kind = None if term.datatype is None or term.language else f"<{term.datatype}>"
        return literal(str(term), kind, term.language)
    return f"_:{term}" if isinstance(term, BNode) else f"<{term}>"


def to_rdflib(term: str) -> Node:
    """The same term for rdflib, its words untouched."""
    if term[0] == '"':
        return to_literal(term)
    from rdflib import BNode, URIRef

    return BNode(term[2:]) if term[0] == "_" else URIRef(term[1:-1])


@lru_cache(maxsize=65_536)
def to_literal(term: str) -> Literal:
    """The same literal for rdflib, its words untouched."""
    from rdflib import Literal, URIRef

    kind = datatype(term)
    if kind is None:
        return Literal(lexical(term), lang=language(term))
    return Literal(lexical(term), datatype=URIRef(kind[1:-1]), normalize=False)


def truth(term: str) -> bool | None:
    """What an xsd:boolean of a shapes graph says, None for other terms; as in pySHACL only `true` is true."""
    if not term.endswith(f'"^^{_BOOLEAN}'):
        return None
    return lexical(term).lower() == "true"


def whole(term: str) -> int | None:
    """The number that a plainly written xsd:integer stands for, else None."""
    if not term.endswith(INTEGER):
        return None
    words = term[1 : term.rindex('"')]
    return int(words) if _CANONICAL.fullmatch(words) else None


def number(term: str) -> int | Decimal | None:
    """The number that a plainly written xsd:integer or xsd:decimal stands for, else None."""
    if term.endswith(_DECIMAL) and _FRACTION.fullmatch(words := term[1 : term.rindex('"')]):
        return Decimal(words)
    return whole(term)


def day(term: str) -> date | None:
    """The day that a plainly written xsd:date without a zone stands for, else None."""
    if not term.endswith(DATE):
        return None
    return _day(term[1 : term.rindex('"')])


def _day(words: str) -> date | None:
    if not _DAY.fullmatch(words):
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


_PLAIN: dict[str, Callable[[str], bool]] = {
    INTEGER: lambda words: _WHOLE.fullmatch(words) is not None,
    DATE: lambda words: _day(words) is not None,
    _DECIMAL: lambda words: _FRACTION.fullmatch(words) is not None,
    _BOOLEAN: frozenset(("true", "false")).__contains__,
}


def has_datatype(term: str, kind: str) -> bool:
    """Whether a literal has the datatype, and words that the datatype knows, as pySHACL sees it."""
    if term[0] != '"':
        return False
    own = datatype(term)
    if own is None:
        expected = STRING if language(term) is None else _LANG_STRING
        return kind in (expected, _RDFS_LITERAL)
    if own == kind:
        plain = _PLAIN.get(kind)
        if plain is None and not kind.startswith(_KNOWN):
            return True  # a datatype that rdflib does not know has no wrong words
        return (plain is not None and plain(lexical(term))) or _well_typed(to_literal(term), kind)
    return kind in (_RDFS_LITERAL, _RDFS_DATATYPE)


def _well_typed(value: Literal, kind: str) -> bool:
    from datetime import datetime, time

    classes: dict[str, type | tuple[type, ...]] = {
        "string": (str, bytes),
        "integer": int,
        "float": float,
        "decimal": Decimal,
        "boolean": bool,
        "date": date,
        "time": time,
        "dateTime": datetime,
    }
    if value.ill_typed:
        return False
    expected = classes.get(kind.removeprefix("<" + XSD)[:-1])
    return expected is None or isinstance(value.value, expected)


def _unescape(match: re.Match[str]) -> str:
    return _LETTERS.get(match[1], match[1])
