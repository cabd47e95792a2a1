"""SHACL Core compiled from the shapes graph and run over the store, with pySHACL's results.

`compiling` turns a shapes graph into constraints, `running` evaluates them on columns of triples, each
of which is read once: a constraint meets all its focus nodes, or each distinct value, in one go.
"""

from __future__ import annotations

from kgcheck.validation.compiled.columns import Data, StoreSource
from kgcheck.validation.compiled.compiling import Compiled, compile_shapes
from kgcheck.validation.compiled.graph import ShapesGraph
from kgcheck.validation.compiled.running import evaluate

__all__ = ["Compiled", "Data", "ShapesGraph", "StoreSource", "compile_shapes", "evaluate"]
