"""From the parameters of a shape to its constraints: one reader for each parameter.

A reader takes the shapes graph by way of a `Reading`, the node of the shape, and gives constraints.
It raises Unsupported for what pySHACL would refuse as well, so that it is pySHACL that refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from kgcheck.namespaces import PREFIXES
from kgcheck.validation.compiled import terms
from kgcheck.validation.compiled.constraints.cardinality import MaxCount, MinCount
from kgcheck.validation.compiled.constraints.logical import And, Not, Or, Xone
from kgcheck.validation.compiled.constraints.other import Closed, HasValue, In
from kgcheck.validation.compiled.constraints.property_pair import (
    Disjoint,
    Equals,
    LessThan,
    LessThanOrEquals,
)
from kgcheck.validation.compiled.constraints.shape_based import Node, Property, Qualified
from kgcheck.validation.compiled.constraints.strings import (
    LanguageIn,
    MaxLength,
    MinLength,
    Pattern,
    UniqueLang,
)
from kgcheck.validation.compiled.constraints.value_range import ALLOWED, Range
from kgcheck.validation.compiled.constraints.value_type import Class, Datatype, NodeKind
from kgcheck.validation.compiled.graph import ShapesGraph, Unsupported, sh
from kgcheck.validation.compiled.shape import Constraint, Shape


class Reading(Protocol):
    """What readers ask of the compiler."""

    @property
    def graph(self) -> ShapesGraph: ...

    def shape(self, node: str) -> Shape:
        """The compiled shape. Raises Unsupported for one that is not there."""
        ...

    def is_property_shape(self, node: str) -> bool: ...


Reader = Callable[[Reading, str], Iterable[Constraint]]


def _class(reading: Reading, node: str) -> Iterable[Constraint]:
    return map(Class, _iris(reading, node, "class"))


def _datatype(reading: Reading, node: str) -> Iterable[Constraint]:
    yield Datatype(_one(reading, node, "datatype"))


def _node_kind(reading: Reading, node: str) -> Iterable[Constraint]:
    yield NodeKind(_one(reading, node, "nodeKind"))


def _count(
    reading: Reading, node: str, *, parameter: str, make: Callable[[int], Constraint]
) -> Iterable[Constraint]:
    _only_with_path(reading, node, parameter)
    yield make(_natural(_one(reading, node, parameter)))


def _range(reading: Reading, node: str, *, parameter: str) -> Iterable[Constraint]:
    component = sh(f"{parameter[0].upper()}{parameter[1:]}ConstraintComponent")
    for bound in reading.graph.objects(node, sh(parameter)):
        if not terms.is_literal(bound):
            raise Unsupported(f"its sh:{parameter} is no literal")
        yield Range(component, bound, ALLOWED[parameter])


def _length(
    reading: Reading, node: str, *, parameter: str, make: Callable[[int], Constraint]
) -> Iterable[Constraint]:
    yield make(_natural(_one(reading, node, parameter)))


def _pattern(reading: Reading, node: str) -> Iterable[Constraint]:
    letters = reading.graph.value(node, sh("flags"))
    flags = re.NOFLAG
    if letters is not None:
        for letter, flag in (("i", re.IGNORECASE), ("m", re.MULTILINE)):
            if letter in terms.name(letters).lower():
                flags |= flag
    for pattern in reading.graph.objects(node, sh("pattern")):
        if not terms.is_literal(pattern):
            raise Unsupported("its sh:pattern is no literal")
        try:
            yield Pattern(re.compile(terms.lexical(pattern), flags))
        except re.error as error:
            raise Unsupported(f"its sh:pattern is no regular expression: {error}") from error


def _language_in(reading: Reading, node: str) -> Iterable[Constraint]:
    tags = reading.graph.items(_one(reading, node, "languageIn"))
    if not all(map(_is_string, tags)):
        raise Unsupported("its sh:languageIn has a member that is no string")
    yield LanguageIn(frozenset(terms.lexical(tag).lower() for tag in tags))


def _unique_lang(reading: Reading, node: str) -> Iterable[Constraint]:
    _only_with_path(reading, node, "uniqueLang")
    if _truth(_one(reading, node, "uniqueLang")):
        yield UniqueLang()


def _pair(
    reading: Reading, node: str, *, parameter: str, make: Callable[[str], Constraint]
) -> Iterable[Constraint]:
    if parameter.startswith("less"):
        _only_with_path(reading, node, parameter)
    return map(make, _iris(reading, node, parameter))


def _not(reading: Reading, node: str) -> Iterable[Constraint]:
    return (Not(reading.shape(inner)) for inner in reading.graph.objects(node, sh("not")))


def _list(
    reading: Reading, node: str, *, parameter: str, make: Callable[[tuple[Shape, ...]], Constraint]
) -> Iterable[Constraint]:
    for head in reading.graph.objects(node, sh(parameter)):
        members = reading.graph.items(head)
        if not members:
            raise Unsupported(f"its sh:{parameter} is empty")
        yield make(tuple(map(reading.shape, members)))


def _node(reading: Reading, node: str) -> Iterable[Constraint]:
    for inner in reading.graph.objects(node, sh("node")):
        if reading.is_property_shape(inner):
            raise Unsupported("its sh:node is a property shape")
        yield Node(reading.shape(inner))


def _property(reading: Reading, node: str) -> Iterable[Constraint]:
    for inner in reading.graph.objects(node, sh("property")):
        if not reading.is_property_shape(inner):
            raise Unsupported("its sh:property is no property shape")
        yield Property(reading.shape(inner))


def _qualified(reading: Reading, node: str) -> Iterable[Constraint]:
    if not reading.is_property_shape(node):
        return  # there are no values to count, and pySHACL passes over it too
    graph = reading.graph
    inner = graph.objects(node, sh("qualifiedValueShape"))
    bounds = [
        (component, _natural(bound), at_least)
        for parameter, component, at_least in (
            ("qualifiedMinCount", "QualifiedMinCountConstraintComponent", True),
            ("qualifiedMaxCount", "QualifiedMaxCountConstraintComponent", False),
        )
        if (bound := graph.value(node, sh(parameter))) is not None
    ]
    if not inner or not bounds:
        raise Unsupported("its sh:qualifiedValueShape lacks a shape or a count")
    disjoint = any(map(_truth, graph.objects(node, sh("qualifiedValueShapesDisjoint"))))
    for shape in inner:
        siblings = _siblings(graph, node) if disjoint else ()
        others = tuple(reading.shape(sibling) for sibling in siblings if sibling != shape)
        for component, count, at_least in bounds:
            yield Qualified(sh(component), reading.shape(shape), others, count, at_least)


def _siblings(graph: ShapesGraph, node: str) -> Iterable[str]:
    """The qualified value shapes of all property shapes that some shape has beside `node`."""
    found = (
        shape
        for parent in graph.subjects(sh("property"), node)
        for beside in graph.objects(parent, sh("property"))
        for shape in graph.objects(beside, sh("qualifiedValueShape"))
    )
    return dict.fromkeys(found)


def _closed(reading: Reading, node: str) -> Iterable[Constraint]:
    graph = reading.graph
    if not _truth(_one(reading, node, "closed")):
        return
    allowed = {item for head in graph.objects(node, sh("ignoredProperties")) for item in graph.items(head)}
    for inner in graph.objects(node, sh("property")):
        if not reading.is_property_shape(inner):
            raise Unsupported("its sh:property is no property shape")
        allowed.update(graph.objects(inner, sh("path")))
    yield Closed(frozenset(allowed))


def _has_value(reading: Reading, node: str) -> Iterable[Constraint]:
    return map(HasValue, reading.graph.objects(node, sh("hasValue")))


def _in(reading: Reading, node: str) -> Iterable[Constraint]:
    yield In(frozenset(reading.graph.items(_one(reading, node, "in"))))


READERS: dict[str, Reader] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minCount": partial(_count, parameter="minCount", make=MinCount),
    "maxCount": partial(_count, parameter="maxCount", make=MaxCount),
    "minExclusive": partial(_range, parameter="minExclusive"),
    "minInclusive": partial(_range, parameter="minInclusive"),
    "maxExclusive": partial(_range, parameter="maxExclusive"),
    "maxInclusive": partial(_range, parameter="maxInclusive"),
    "minLength": partial(_length, parameter="minLength", make=MinLength),
    "maxLength": partial(_length, parameter="maxLength", make=MaxLength),
    "pattern": _pattern,
    "languageIn": _language_in,
    "uniqueLang": _unique_lang,
    "equals": partial(_pair, parameter="equals", make=Equals),
    "disjoint": partial(_pair, parameter="disjoint", make=Disjoint),
    "lessThan": partial(_pair, parameter="lessThan", make=LessThan),
    "lessThanOrEquals": partial(_pair, parameter="lessThanOrEquals", make=LessThanOrEquals),
    "not": _not,
    "and": partial(_list, parameter="and", make=And),
    "or": partial(_list, parameter="or", make=Or),
    "xone": partial(_list, parameter="xone", make=Xone),
    "node": _node,
    "property": _property,
    "qualifiedValueShape": _qualified,
    "closed": _closed,
    "hasValue": _has_value,
    "in": _in,
}
"""The parameters of SHACL Core, by local name."""

COMPANIONS = {
    "qualifiedMinCount": "qualifiedValueShape",
    "qualifiedMaxCount": "qualifiedValueShape",
    "qualifiedValueShapesDisjoint": "qualifiedValueShape",
}
"""Parameters of property shapes that pySHACL refuses without another one."""

FOREIGN = ("sparql",)
"""Parameters beyond SHACL Core that pySHACL takes into account."""


def read_constraints(reading: Reading, node: str) -> Iterable[Constraint]:
    """All constraints of a shape. Raises Unsupported where pySHACL has to look at it."""
    names = {
        predicate[1:-1].removeprefix(PREFIXES["sh"])
        for predicate in reading.graph.predicates(node)
        if predicate[1:-1].startswith(PREFIXES["sh"])
    }
    for foreign in FOREIGN:
        if foreign in names:
            raise Unsupported(f"it has sh:{foreign}, which is not SHACL Core")
    for companion, needed in COMPANIONS.items():
        if companion in names and needed not in names and reading.is_property_shape(node):
            raise Unsupported(f"it has sh:{companion} without sh:{needed}")
    if "ignoredProperties" in names and "closed" not in names:
        raise Unsupported("it has sh:ignoredProperties without sh:closed")
    for parameter, read in READERS.items():
        if parameter in names:
            yield from read(reading, node)


def _one(reading: Reading, node: str, parameter: str) -> str:
    value = reading.graph.value(node, sh(parameter))
    assert value is not None
    return value


def _iris(reading: Reading, node: str, parameter: str) -> Iterable[str]:
    found = reading.graph.objects(node, sh(parameter))
    if not all(map(terms.is_iri, found)):
        raise Unsupported(f"its sh:{parameter} is no IRI")
    return found


def _only_with_path(reading: Reading, node: str, parameter: str) -> None:
    if not reading.is_property_shape(node):
        raise Unsupported(f"it has sh:{parameter} without a path")


def _natural(term: str) -> int:
    number = terms.whole(term)
    if number is None or number < 0:
        raise Unsupported("it has a count or length that is no whole number")
    return number


def _truth(term: str) -> bool:
    truth = terms.truth(term)
    if truth is None:
        raise Unsupported("it has something else in the place of true or false")
    return truth


def _is_string(term: str) -> bool:
    return terms.is_literal(term) and terms.datatype(term) is None
