"""SHACL Core by pySHACL, in this process and on the graph as it is.

Nothing is inferred, imported or fetched, and shapes are not themselves validated on every run
(a test does that once).
"""

from __future__ import annotations

import re
import warnings

from pyshacl import validate
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kgcheck.errors import CheckError
from kgcheck.model.report import Violation
from kgcheck.namespaces import shorten
from kgcheck.validation.focus import label, owner
from kgcheck.validation.loggers import silenced
from kgcheck.validation.nearest import nearest

# A value says nothing where something is missing, or where the node itself is the value.
_WITH_VALUE = frozenset(
    SH[name + "ConstraintComponent"]
    for name in (
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


def validate_graph(data: Graph, shapes: Graph) -> tuple[Violation, ...]:
    """Every result of `shapes` on `data`, which is not changed, in a fixed order.

    A result on a nameless node (evidence, selector, list) is told of the claim that holds it. What one
    shape says of one value is told once, with the first component in order.
    Raises CheckError when pySHACL could not check: that is never the same as "conforms".
    """
    with silenced("pyshacl-validate"), warnings.catch_warnings():
        # rdflib compares terms of different kinds by way of `not NotImplemented`, which Python
        # deprecates; the answer, that they do not compare, is the right one.
        warnings.filterwarnings("ignore", "NotImplemented should not be used", DeprecationWarning)
        try:
            _, results, words = validate(
                data,
                shacl_graph=shapes,
                advanced=False,
                inference="none",
                inplace=True,
                meta_shacl=False,
                do_owl_imports=False,
            )
        except (ReportableRuntimeError, re.error, RecursionError, TypeError, ValueError) as error:
            # Not all that goes wrong inside pySHACL comes out as an error of its own.
            raise _could_not_check(str(error)) from error
    if not isinstance(results, Graph):
        # pySHACL hands over a ValidationFailure in the place of the report.
        raise _could_not_check(words)
    found = (_violation(results, result, data, shapes) for result in results.objects(None, SH.result))
    # "third" in the place of a number breaks the datatype and the range: one remedy, told once.
    told = {
        (violation.focus, violation.shape, violation.value): violation
        for violation in sorted(found, key=order, reverse=True)
    }
    return tuple(sorted(told.values(), key=order))


def order(violation: Violation) -> tuple[str, ...]:
    """What to sort violations by: graver first, then by node, path, shape and value."""
    gravity = {"Violation": "0", "Warning": "1"}.get(violation.severity, "2")
    rest = (violation.focus, violation.path, violation.shape, violation.component, violation.value)
    return (gravity, *(part or "" for part in rest))


def _violation(results: Graph, result: Node, data: Graph, shapes: Graph) -> Violation:
    focus = owner(data, _one(results, result, SH.focusNode))
    shape = _one(results, result, SH.sourceShape)
    component = _one(results, result, SH.sourceConstraintComponent)
    value = results.value(result, SH.value)
    told = value if component in _WITH_VALUE and value != focus else None
    message = f"{label(data, focus)}: {_one(results, result, SH.resultMessage)}"
    if told is not None:
        typed = component in (SH.DatatypeConstraintComponent, SH.OrConstraintComponent)
        message += f" Found: {_words(data, told, typed=typed)}."
        message += _near_miss(data, told, shapes.value(shape, SH["class"]))
    path = shapes.value(shape, SH.path)
    return Violation(
        severity=str(_one(results, result, SH.resultSeverity)).removeprefix(str(SH)),
        focus=str(focus),
        path=None if path is None else path_words(shapes, path),
        message=message,
        shape=shorten(str(shape)),
        value=None if told is None else str(owner(data, told)),
        component=shorten(str(component)),
    )


def path_words(graph: Graph, path: Node) -> str:
    """A SHACL property path as SPARQL writes it, with prefixes."""
    if isinstance(path, URIRef):
        return shorten(str(path))
    if (path, RDF.first, None) in graph:
        return "/".join(path_words(graph, step) for step in Collection(graph, path))
    if (choice := graph.value(path, SH.alternativePath)) is not None:
        return "|".join(path_words(graph, step) for step in Collection(graph, choice))
    for kind, form in (
        (SH.inversePath, "^{}"),
        (SH.zeroOrMorePath, "{}*"),
        (SH.oneOrMorePath, "{}+"),
        (SH.zeroOrOnePath, "{}?"),
    ):
        if (inner := graph.value(path, kind)) is not None:
            return form.format(path_words(graph, inner))
    raise CheckError("a shape has a path that is none", remedy="Correct the sh:path of the shape.")


def _words(data: Graph, value: Node, *, typed: bool) -> str:
    if isinstance(value, Literal):
        text = str(value) if len(value) <= 60 else f"{value[:57]}…"
        kind = value.datatype or XSD.string
        return f"“{text}” ({shorten(str(kind))})" if typed else f"“{text}”"
    return shorten(str(value)) if isinstance(value, URIRef) else label(data, owner(data, value))


def _near_miss(data: Graph, value: Node, kind: Node | None) -> str:
    """A hint for an IRI that nothing describes: the most similar one, of the class asked for if any."""
    if not isinstance(value, URIRef) or (value, None, None) in data:
        return ""
    known = data.subjects() if kind is None else data.subjects(RDF.type, kind)
    similar = nearest(str(value), map(str, known))
    return f" Did you mean {shorten(similar)}?" if similar else ""


def _one(graph: Graph, subject: Node, predicate: URIRef) -> Node:
    value = graph.value(subject, predicate)
    if value is None:
        raise CheckError(f"a SHACL result came without {shorten(str(predicate))}")
    return value


def _could_not_check(words: str) -> CheckError:
    return CheckError(
        f"the shapes could not be checked: {words.strip()}",
        remedy="Look at the shapes (SHACL Core only) and at the node that is named.",
    )
