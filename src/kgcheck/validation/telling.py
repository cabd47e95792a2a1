"""SHACL results in words that a reader can act on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from kgcheck.errors import CheckError
from kgcheck.model.report import Violation
from kgcheck.namespaces import PREFIXES, shorten
from kgcheck.validation.compiled import terms
from kgcheck.validation.compiled.graph import FIRST, ShapesGraph, Unsupported, sh
from kgcheck.validation.focus import label, owner
from kgcheck.validation.nearest import nearest
from kgcheck.validation.results import Result
from kgcheck.validation.union import Union

# A value says nothing where something is missing, or where the node itself is the value.
_WITH_VALUE = frozenset(
    sh(component + "ConstraintComponent")
    for component in (
        "Class",
        "Datatype",
        "Disjoint",
        "In",
        "LessThan",
        "LessThanOrEquals",
        "MaxLength",
        "MinInclusive",
        "NodeKind",
        "Or",
        "Pattern",
    )
)
_TYPED = (sh("DatatypeConstraintComponent"), sh("OrConstraintComponent"))


def tell(results: Iterable[Result], data: Union, shapes: ShapesGraph) -> tuple[Violation, ...]:
    """The results as violations in a fixed order.

    A result on a nameless node (evidence, selector, list) is told of the claim that holds it. What one
    shape says of one value is told once, with the first component in order.
    """
    teller = _Teller(data, shapes)
    found = sorted(map(teller.violation, results), key=order, reverse=True)
    # "third" in the place of a number breaks the datatype and the range: one remedy, told once.
    told = {(violation.focus, violation.shape, violation.value): violation for violation in found}
    return tuple(sorted(told.values(), key=order))


def order(violation: Violation) -> tuple[str, ...]:
    """What to sort violations by: graver first, then by node, path, shape and value."""
    gravity = {"Violation": "0", "Warning": "1"}.get(violation.severity, "2")
    rest = (violation.focus, violation.path, violation.shape, violation.component, violation.value)
    return (gravity, *(part or "" for part in rest))


class _Teller:
    """Remembers what many results have in common."""

    def __init__(self, data: Union, shapes: ShapesGraph) -> None:
        self._data = data
        self._shapes = shapes
        self._owner = cache(lambda node: owner(data, node))
        self._label = cache(lambda node: label(data, node))
        self._near_miss = cache(self._look_for_near_miss)
        self._path = cache(self._path_of)
        self._class = cache(lambda shape: next(iter(shapes.objects(shape, sh("class"))), None))
        self._short = cache(lambda term: shorten(terms.name(term)))

    def violation(self, result: Result) -> Violation:
        focus = self._owner(result.focus)
        value = result.value
        told = value if result.component in _WITH_VALUE and value != focus else None
        message = f"{self._label(focus)}: {result.message}"
        if told is not None:
            message += f" Found: {self._words(told, typed=result.component in _TYPED)}."
            message += self._near_miss(told, self._class(result.shape))
        return Violation(
            severity=terms.name(result.severity).removeprefix(PREFIXES["sh"]),
            focus=terms.name(focus),
            path=self._path(result.shape),
            message=message,
            shape=self._short(result.shape),
            value=None if told is None else terms.name(self._owner(told)),
            component=self._short(result.component),
        )

    def _path_of(self, shape: str) -> str | None:
        path = next(iter(self._shapes.objects(shape, sh("path"))), None)
        return None if path is None else path_words(self._shapes, path)

    def _words(self, value: str, *, typed: bool) -> str:
        if terms.is_literal(value):
            text = terms.lexical(value)
            kind = terms.datatype(value) or terms.STRING
            quoted = text if len(text) <= 60 else f"{text[:57]}…"
            return f"“{quoted}” ({self._short(kind)})" if typed else f"“{quoted}”"
        return self._short(value) if terms.is_iri(value) else self._label(self._owner(value))

    def _look_for_near_miss(self, value: str, kind: str | None) -> str:
        """A hint for an IRI that nothing describes: the most similar one, of the class asked for if any."""
        if not terms.is_iri(value) or self._data.describes(value):
            return ""
        known = self._data.subjects if kind is None else self._data.instances(kind)
        similar = nearest(terms.name(value), map(terms.name, known))
        return f" Did you mean {shorten(similar)}?" if similar else ""


def path_words(graph: ShapesGraph, path: str) -> str:
    """A SHACL property path as SPARQL writes it, with prefixes. Raises CheckError for one that is none."""
    if terms.is_iri(path):
        return shorten(terms.name(path))
    try:
        if graph.objects(path, FIRST):
            return "/".join(path_words(graph, step) for step in graph.items(path))
        for choices in graph.objects(path, sh("alternativePath")):
            return "|".join(path_words(graph, step) for step in graph.items(choices))
    except Unsupported as error:
        raise _no_path() from error
    for kind, form in (
        ("inversePath", "^{}"),
        ("zeroOrMorePath", "{}*"),
        ("oneOrMorePath", "{}+"),
        ("zeroOrOnePath", "{}?"),
    ):
        for inner in graph.objects(path, sh(kind)):
            return form.format(path_words(graph, inner))
    raise _no_path()


def _no_path() -> CheckError:
    return CheckError("a shape has a path that is none", remedy="Correct the sh:path of the shape.")
