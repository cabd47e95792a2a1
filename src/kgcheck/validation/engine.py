"""Who checks the shapes: kgcheck itself, over the store, or pySHACL, over a copy of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import Literal

from kgcheck.model.report import Violation
from kgcheck.store import Store
from kgcheck.validation.compiled import ShapesGraph, StoreSource, compile_shapes, evaluate
from kgcheck.validation.loggers import quiet_rdflib
from kgcheck.validation.results import Result
from kgcheck.validation.shapes import lift
from kgcheck.validation.telling import tell
from kgcheck.validation.union import Union

Engine = Literal["compiled", "pyshacl"]
"""Both find the same; what the compiled one does not support it leaves to pySHACL."""

Note = Callable[[str], object]
"""Takes a sentence about what is left to pySHACL, and why."""

log: Note = logging.getLogger(__name__).info


def find_violations(
    store: Store, shapes: ShapesGraph, engine: Engine, note: Note = log
) -> tuple[Violation, ...]:
    """What `shapes` say of the union of `store`, in a fixed order.

    Raises CheckError when the shapes could not be checked.
    """
    return tell(find_results(store, shapes, engine, note), Union(store.raw), shapes)


def find_results(store: Store, shapes: ShapesGraph, engine: Engine, note: Note = log) -> list[Result]:
    """Every result of `shapes` on the union of `store`, in no particular order.

    Raises CheckError when the shapes could not be checked.
    """
    with quiet_rdflib():
        if engine == "pyshacl":
            return _ask_pyshacl(store, shapes)
        return _evaluate(store, shapes, note)


def _evaluate(store: Store, shapes: ShapesGraph, note: Note) -> list[Result]:
    compiled = compile_shapes(shapes)
    if compiled.refused is not None:
        note(f"pySHACL checks all shapes: {compiled.refused}")
        return _ask_pyshacl(store, shapes)
    results = evaluate(compiled.shapes, shapes, StoreSource(store.raw))
    for shape, reason in compiled.left.items():
        note(f"pySHACL checks the shape {shape}: {reason}")
    if compiled.left:
        results += _ask_pyshacl(store, shapes, without={shape.node for shape in compiled.shapes})
    return results


def _ask_pyshacl(store: Store, shapes: ShapesGraph, without: Collection[str] = ()) -> list[Result]:
    from kgcheck.validation.shacl import run_pyshacl

    graph = shapes.rdflib(without_targets=without)
    lift(graph)
    return run_pyshacl(store.union_graph(), graph)
