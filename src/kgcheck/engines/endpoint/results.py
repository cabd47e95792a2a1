"""Results in JSON (SPARQL 1.1 Query Results JSON Format, W3C 2013) as terms.

Blank nodes get labels of their own for each answer: two answers may use one label for two nodes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from kgcheck.errors import EndpointError
from kgcheck.namespaces import expand

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = dict[str, Term]

_BOOLEAN = ox.NamedNode(expand("xsd:boolean"))
_BOOLEANS = {"1": "true", "0": "false"}
"""Some services store truth as a number and write it so."""

_STRING = expand("xsd:string")


class Results:
    """Reads the answers of one service. `name` is how messages call it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._answers = 0

    def rows(self, body: bytes) -> list[Row]:
        """The rows of a SELECT. Raises EndpointError for what is no whole set of results."""
        told = self._parsed(body)
        try:
            bindings = told["results"]["bindings"]
            self._answers += 1
            return [{name: self._term(value) for name, value in row.items()} for row in bindings]
        except (KeyError, TypeError, AttributeError) as error:
            raise self._strange(f"it lacks {error}" if isinstance(error, KeyError) else str(error)) from None

    def truth(self, body: bytes) -> bool:
        """The answer to an ASK. Raises as `rows` does."""
        told = self._parsed(body)
        if not isinstance(told, dict) or not isinstance(told.get("boolean"), bool):
            raise self._strange("it lacks a truth value")
        return bool(told["boolean"])

    def _parsed(self, body: bytes) -> Any:
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            if b'"head"' in body[:1000] or not body:
                raise EndpointError(
                    "could not check: the answer breaks off; the service may have run out of time",
                    self._name,
                    remedy="Ask for less at a time with --endpoint-page, or try again.",
                ) from None
            raise self._strange(str(error)) from None

    def _strange(self, why: str) -> EndpointError:
        return EndpointError(
            f"could not check: the answer is no set of SPARQL results: {why}",
            self._name,
            remedy="Give the address of the SPARQL service itself, often one that ends in /sparql or /query.",
        )

    def _term(self, told: Mapping[str, str]) -> Term:
        kind, value = told["type"], told["value"]
        if kind == "bnode":
            return ox.BlankNode(f"r{self._answers}x{_digest(value)}")
        if kind == "uri":
            try:
                return ox.NamedNode(value)
            except ValueError:
                raise EndpointError(
                    f"could not check: the service holds an IRI that is none, {value[:80]!r}",
                    self._name,
                    remedy="Mend it there, or choose other graphs with --endpoint-graph.",
                ) from None
        if kind not in ("literal", "typed-literal"):
            raise self._strange(f"a term of the kind {kind!r}")
        if language := told.get("xml:lang"):
            return ox.Literal(value, language=language)
        datatype = told.get("datatype", _STRING)
        if datatype == _BOOLEAN.value:
            return ox.Literal(_BOOLEANS.get(value, value), datatype=_BOOLEAN)
        return (
            ox.Literal(value) if datatype == _STRING else ox.Literal(value, datatype=ox.NamedNode(datatype))
        )


def _digest(label: str) -> str:
    return hashlib.sha256(label.encode()).hexdigest()[:32]
