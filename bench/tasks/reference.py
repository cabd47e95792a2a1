"""The same checks and shapes by rdflib and pySHACL, on statements that they read by themselves.

What kgcheck derives is given to rdflib ready made, and the time for that is not counted: rdflib has
nothing of the kind. Queries run as they stand in the files, and once more without their FROM, for which
rdflib copies the graph each time.
"""

from __future__ import annotations

import json
import os
import resource
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import Any


def prepare(data: str, vocabulary: str, said: str, derived: str) -> dict[str, Any]:
    """Write all that is said as N-Triples, and the derived graph."""
    import pyoxigraph as ox

    from kgcheck.engines.local import load
    from kgcheck.namespaces import DERIVED
    from kgcheck.store import Store

    kept: list[Store] = []

    def find(checks: Any, store: Store, *others: Any) -> Iterable[Any]:
        kept.append(store)
        return ()

    _check(data, vocabulary, find)
    kept[0].raw.dump(derived, ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(DERIVED))
    given = load([Path(data)], [Path(vocabulary)]).store.raw
    ox.serialize((quad.triple for quad in given), said, ox.RdfFormat.N_TRIPLES)
    return {}


def rdflib(said: str, derived: str, rows: str, bound: int) -> dict[str, Any]:
    """Read, validate and query; the rows go to a file. A query may take `bound` seconds of a processor.

    `spared` is the total where queries run without FROM. Raises ValueError where such a query gives
    other rows.
    """
    import pyshacl
    from rdflib import Dataset, Graph, URIRef

    from kgcheck.assets import folder
    from kgcheck.checks.registry import load_checks
    from kgcheck.namespaces import DERIVED

    parts: dict[str, float] = {}
    began = process_time()
    data = Graph().parse(said, format="nt")
    parts["rdflib reads"] = process_time() - began
    shapes = Graph()
    for path in sorted(folder("shapes").glob("*.ttl")):
        shapes.parse(path, format="turtle")
    began = process_time()
    pyshacl.validate(data, shacl_graph=shapes)
    parts["pySHACL"] = process_time() - began
    del data
    began = process_time()
    alone = Graph().parse(derived, format="nt")
    parts["rdflib reads what is derived"] = process_time() - began
    before = sum(parts.values())
    checks = load_checks().values()
    without = {
        check.id: _bounded(alone, check.query.replace("FROM kgc:derived", ""), bound) for check in checks
    }
    graphs = Dataset()
    copy = graphs.graph(URIRef(DERIVED))
    copy += alone
    del alone, copy
    asked = {check.id: _bounded(graphs, check.query, bound) for check in checks}
    told = {name: found for name, (_, found) in asked.items() if found is not None}
    for name, found in told.items():
        _, other = without[name]
        if other is not None and _sorted(other) != _sorted(found):
            raise ValueError(f"{name} gives other rows without FROM")
    Path(rows).write_text(json.dumps(told), encoding="utf-8")
    for words, answers in (("", asked), (" without FROM", without)):
        parts[f"rdflib runs the checks{words}"] = sum(seconds for seconds, _ in answers.values())
    return {
        "parts": parts,
        "total": before + parts["rdflib runs the checks"],
        "spared": before + parts["rdflib runs the checks without FROM"],
        "unfinished": [name for name in asked if name not in told],
    }


def _sorted(rows: list[dict[str, str]]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(row.items()) for row in rows)


def _bounded(graph: Any, query: str, bound: int) -> tuple[float, list[dict[str, str]] | None]:
    """The rows of a query, or None where it was stopped; in a copy of this process."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reads)
            used = int(process_time())
            resource.setrlimit(resource.RLIMIT_CPU, (used + bound, used + bound + 1))
            began = process_time()
            rows = [
                {str(name): str(value) for name, value in row.asdict().items()} for row in graph.query(query)
            ]
            with os.fdopen(writes, "w") as pipe:
                json.dump([process_time() - began, rows], pipe)
        finally:
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    try:
        seconds, rows = json.loads(told)
    except ValueError:
        return float(bound), None
    return seconds, rows


def formed(data: str, vocabulary: str, rows: str) -> dict[str, Any]:
    """The findings that rdflib's rows give; checks that it did not finish are left out."""
    from kgcheck.checks.runner import formed as form
    from kgcheck.checks.runner import intervals_of

    told = json.loads(Path(rows).read_text(encoding="utf-8"))

    def find(checks: Any, store: Any, forming: Any, *others: Any) -> Iterator[Any]:
        intervals = intervals_of(forming)
        for check in checks:
            if check.id in told:
                yield from form(check, [_row(row) for row in told[check.id]], forming, intervals)

    return {"findings": _findings(_check(data, vocabulary, find, tuple(told)))}


def found(data: str, vocabulary: str, without: list[str]) -> dict[str, Any]:
    """kgcheck's own findings, some checks left out."""
    return {"findings": _findings(_check(data, vocabulary, None, (), tuple(without)))}


def _check(data: str, vocabulary: str, find: Any, select: Any = (), ignore: Any = ()) -> Any:
    from kgcheck.engines.local import run_check

    return run_check([Path(data)], vocabulary=[Path(vocabulary)], find=find, select=select, ignore=ignore)


def _findings(report: Any) -> list[str]:
    return sorted(repr(finding) for finding in report.findings)


def _row(told: dict[str, str]) -> Any:
    from kgcheck.findings.rows import Row

    return Row(
        block=told.get("block", ""),
        claim=told.get("claim", ""),
        part=told.get("part", ""),
        role=told.get("role"),
        side=told.get("side"),
        expected=_interval(told.get("expectedLower"), told.get("expectedUpper")),
        expected_loose=_interval(told.get("expectedLooseLower"), told.get("expectedLooseUpper")),
        note=told.get("note"),
    )


def _interval(lower: str | None, upper: str | None) -> Any:
    from kgcheck.model.interval import Interval

    if lower is None or upper is None:
        return None
    low, high = sorted((Decimal(lower), Decimal(upper)))
    return Interval(low, high)
