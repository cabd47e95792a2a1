"""From a shapes graph to shapes that can be evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kgcheck.namespaces import PREFIXES
from kgcheck.validation.compiled import terms
from kgcheck.validation.compiled.graph import SUBCLASS, TARGETS, TYPE, ShapesGraph, Unsupported, sh
from kgcheck.validation.compiled.parameters import read_constraints
from kgcheck.validation.compiled.paths import read_path
from kgcheck.validation.compiled.shape import Shape, Targets


@dataclass(frozen=True, slots=True)
class Compiled:
    """The shapes that have targets, and those of them that are left to pySHACL, each with the reason.

    `refused` is the reason why all shapes are left to it, if there is one.
    """

    shapes: tuple[Shape, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)
    refused: str | None = None


def compile_shapes(graph: ShapesGraph) -> Compiled:
    """Compile what can be compiled; what pySHACL would refuse, or what is beyond SHACL Core, is left."""
    return _Compiler(graph).compiled()


class _Compiler:
    """Implements `parameters.Reading`."""

    def __init__(self, graph: ShapesGraph) -> None:
        self.graph = graph
        self._paths: dict[str, str | None] = {}
        self._compiled: dict[str, Shape] = {}
        self._refused: dict[str, Unsupported] = {}
        self._open: list[str] = []

    def compiled(self) -> Compiled:
        try:
            self._find_shapes()
        except Unsupported as reason:
            return Compiled(refused=str(reason))
        shapes: list[Shape] = []
        left: dict[str, str] = {}
        for node in self._aimed():
            try:
                shapes.append(self.shape(node))
            except Unsupported as reason:
                left[node] = str(reason)
        return Compiled(tuple(shapes), left)

    def is_property_shape(self, node: str) -> bool:
        return self._paths.get(node) is not None

    def shape(self, node: str) -> Shape:
        """The compiled shape. Raises Unsupported for one that is not there or refers to itself."""
        if (shape := self._compiled.get(node)) is not None:
            return shape
        if node in self._refused:
            raise self._refused[node]
        if node not in self._paths:
            raise Unsupported(f"it refers to a shape that is not there: {node}")
        if node in self._open:
            raise Unsupported("it refers to itself")
        self._open.append(node)
        try:
            shape = self._read(node)
        except Unsupported as reason:
            self._refused[node] = reason
            raise
        finally:
            self._open.pop()
        self._compiled[node] = shape
        return shape

    def _read(self, node: str) -> Shape:
        path = self._paths[node]
        severities = sorted(self.graph.objects(node, sh("severity")))
        messages = sorted(map(terms.name, self.graph.objects(node, sh("message"))))
        return Shape(
            node=node,
            severity=severities[0] if severities else sh("Violation"),
            message=messages[0] if messages else None,
            path=None if path is None else read_path(self.graph, path),
            path_node=path,
            constraints=tuple(read_constraints(self, node)),
            targets=self._targets(node),
            deactivated=self._deactivated(node),
        )

    def _targets(self, node: str) -> Targets:
        classes, nodes, objects_of, subjects_of = (self.graph.objects(node, target) for target in TARGETS)
        # Subjects and classes may be blank nodes in the data, but those are not the same blank nodes.
        if not all(map(terms.is_iri, (*classes, *objects_of, *subjects_of))):
            raise Unsupported("it has a target that is no IRI")
        own = (node,) if self._is_class(node) else ()
        return Targets(
            tuple(dict.fromkeys((*classes, *own))), tuple(nodes), tuple(subjects_of), tuple(objects_of)
        )

    def _deactivated(self, node: str) -> bool:
        value = self.graph.value(node, sh("deactivated"))
        if value is None:
            return False
        if (truth := terms.truth(value)) is None:
            raise Unsupported("its sh:deactivated is neither true nor false")
        return truth

    def _is_class(self, node: str) -> bool:
        return not set(self.graph.implicit).isdisjoint(self.graph.objects(node, TYPE))

    def _aimed(self) -> list[str]:
        """The shapes that have targets, in a fixed order."""
        aimed = {node for target in TARGETS for node in self.graph.subjects(target)}
        return sorted(aimed | {node for node in self._paths if self._is_class(node)})

    def _find_shapes(self) -> None:
        """Find all shapes and tell property shapes from node shapes, as pySHACL does.

        Raises Unsupported for a graph that pySHACL would not load, and for constraint components of its own.
        """
        graph = self.graph
        self._refuse_components()
        nodes = set(graph.subjects(TYPE, sh("NodeShape")))
        properties = set(graph.subjects(TYPE, sh("PropertyShape")))
        lists = [head for name in ("and", "or", "xone") for head in graph.values(sh(name))]
        members = [graph.items(head) for head in lists]
        if not all(members):
            raise Unsupported("a list of shapes is empty")
        implied = {
            *(subject for target in TARGETS for subject in graph.subjects(target)),
            *(subject for name in ("property", "node") for subject in graph.subjects(sh(name))),
            *(
                value
                for name in ("property", "node", "not", "qualifiedValueShape")
                for value in graph.values(sh(name))
            ),
            *(member for items in members for member in items),
        }
        for node in sorted(nodes | properties | implied):
            path = graph.value(node, sh("path"))
            if node in nodes and (path is not None or node in properties):
                raise Unsupported(f"{node} is a node shape and has a path")
            if node in properties and path is None:
                raise Unsupported(f"{node} is a property shape and has no path")
            if len(graph.objects(node, sh("deactivated"))) > 1:
                raise Unsupported(f"{node} is deactivated more than once")
            self._paths[node] = path

    def _refuse_components(self) -> None:
        kinds = (sh("ConstraintComponent"), *self.graph.subjects(SUBCLASS, sh("ConstraintComponent")))
        for kind in kinds:
            for component in self.graph.subjects(TYPE, kind):
                if not terms.name(component).startswith(PREFIXES["sh"]):
                    raise Unsupported(f"there is a constraint component beyond SHACL Core: {component}")
