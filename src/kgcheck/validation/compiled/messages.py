"""The words for results of shapes that have no sh:message: pySHACL's own."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from kgcheck.namespaces import PREFIXES
from kgcheck.validation.compiled import terms
from kgcheck.validation.compiled.graph import SH, ShapesGraph

if TYPE_CHECKING:
    from pyshacl.constraints.constraint_component import ConstraintComponent


class Messages:
    """Asks pySHACL, which is imported only when there is something to ask."""

    def __init__(self, graph: ShapesGraph) -> None:
        self._graph = graph
        self._components: dict[tuple[str, str], ConstraintComponent] = {}

    def message(self, shape: str, component: str, focus: str, value: str | None) -> str:
        """What pySHACL says of this focus node and value; the first in order of several messages."""
        key = (shape, component)
        if key not in self._components:
            self._components[key] = self._kind(component)(
                self._shapes.lookup_shape_from_node(terms.to_rdflib(shape))
            )
        words = self._components[key].make_generic_messages(
            self._data, terms.to_rdflib(focus), None if value is None else terms.to_rdflib(value)
        )
        return min(map(str, words))

    def _kind(self, component: str) -> type[ConstraintComponent]:
        from pyshacl.constraints import ALL_CONSTRAINT_COMPONENTS
        from pyshacl.constraints.core.shape_based_constraints import QualifiedValueShapeConstraintComponent

        if component.removeprefix(f"<{SH}").startswith("Qualified"):
            return QualifiedValueShapeConstraintComponent
        return next(
            kind for kind in ALL_CONSTRAINT_COMPONENTS if f"<{kind.shacl_constraint_component}>" == component
        )

    @cached_property
    def _shapes(self) -> Any:
        from pyshacl.shapes_graph import ShapesGraph as Shapes

        shapes = Shapes(self._graph.rdflib())
        assert shapes.shapes  # finds them
        return shapes

    @cached_property
    def _data(self) -> Any:
        """An empty graph with the prefixes that a union of documents has."""
        from pyshacl.graph_abstraction import DataGraph
        from rdflib import Graph

        graph = Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        return DataGraph.from_rdflib(graph)
