"""SHACL by pySHACL, in this process and on the graph as it is.

Nothing is inferred, imported or fetched, and shapes are not themselves validated on every run
(a test does that once).
"""

from __future__ import annotations

import re

from pyshacl import validate
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from kgcheck.errors import CheckError
from kgcheck.namespaces import shorten
from kgcheck.validation.compiled.terms import from_rdflib
from kgcheck.validation.loggers import quiet_rdflib, silenced
from kgcheck.validation.results import Result


def run_pyshacl(data: Graph, shapes: Graph) -> list[Result]:
    """Every result of `shapes` on `data`, which is not changed, in no particular order.

    Raises CheckError when pySHACL could not check: that is never the same as "conforms".
    """
    with silenced("pyshacl-validate"), quiet_rdflib():
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
    return [_result(results, result) for result in results.objects(None, SH.result)]


def _result(results: Graph, result: Node) -> Result:
    path, value = results.value(result, SH.resultPath), results.value(result, SH.value)
    return Result(
        focus=from_rdflib(_one(results, result, SH.focusNode)),
        path=None if path is None else from_rdflib(path),
        value=None if value is None else from_rdflib(value),
        component=from_rdflib(_one(results, result, SH.sourceConstraintComponent)),
        severity=from_rdflib(_one(results, result, SH.resultSeverity)),
        message=min(map(str, results.objects(result, SH.resultMessage))),
        shape=from_rdflib(_one(results, result, SH.sourceShape)),
    )


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
