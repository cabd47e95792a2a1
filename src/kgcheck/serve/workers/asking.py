"""What a worker does: queries over the graph that it was forked with."""

from __future__ import annotations

import io
import json
import os
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from kgcheck.errors import UsageError
from kgcheck.namespaces import PREFIXES
from kgcheck.store.querying import Query
from kgcheck.store.workers.frames import CHUNK, ERROR, RESULT, Outlet, write_frame
from kgcheck.store.workers.limits import Limits
from kgcheck.store.workers.protection import confine

MEMORY, DEPTH = "memory", "depth"
"""Limits that a worker can tell of by itself."""

USES, WORN_SECONDS, WORN_BYTES = 1_000, 0.5, 64 << 20
"""Questions, processor time and growth after which a worker is worn."""

ROWS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
"""Name of a form for SELECT and ASK → what the engine calls it."""

GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "n3": ox.RdfFormat.N3,
}
"""The same for graphs."""

_PREFIXED = {"turtle", "trig", "n3"}
_XML = {"xml", "rdfxml"}
_NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""What no XML 1.0 document can hold, not even as an escape: control characters, U+FFFE, U+FFFF."""


def work(place: int, graph: ox.Store, limits: Limits, spawner: int) -> None:
    """Answer the questions that come over the socket with the file number `place`, one after another.

    With each answer the worker says whether it takes another question. It does not when it is worn: a
    new worker has all of its time and memory.
    """
    confine(limits, network=False, parent=spawner)
    size = own_size()
    source, out = os.fdopen(place, "rb", closefd=False), os.fdopen(place, "wb")

    def send(kind: bytes, content: bytes) -> None:
        write_frame(out, kind, content)

    for use in range(1, USES + 1):
        line = source.readline()
        if not line:
            return
        kind, told = _outcome(json.loads(line), graph, send)
        worn = use == USES or time.process_time() > WORN_SECONDS or own_size() - size > WORN_BYTES
        again = not worn and "limit" not in told
        send(kind, json.dumps({**told, "again": again}).encode())
        if not again:
            return


def own_size() -> int:
    """Bytes of address space that this process has in use; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGESIZE")


def _outcome(
    question: Mapping[str, Any], graph: ox.Store, send: Callable[[bytes, bytes], None]
) -> tuple[bytes, dict[str, Any]]:
    """The last frame of an answer."""
    try:
        return RESULT, _answered(question, graph, send)
    except UsageError as error:
        return ERROR, {"status": 400, "reason": _reason(error)}
    except _NotAcceptable as error:
        return ERROR, {"status": 406, "reason": str(error)}
    except MemoryError:
        return ERROR, {"limit": MEMORY}
    except RecursionError:
        return ERROR, {"limit": DEPTH}


class _NotAcceptable(Exception):
    """The answer cannot come in any form that the client takes."""


def _answered(
    question: Mapping[str, Any], graph: ox.Store, send: Callable[[bytes, bytes], None]
) -> dict[str, Any]:
    found = _asked(question, graph)
    if isinstance(found, ox.QueryTriples):
        kind, form = "graph", question["graph"]
    else:
        kind = "truth" if isinstance(found, ox.QueryBoolean) else "rows"
        form = question[kind]
    if form is None:
        raise _NotAcceptable(_FORMS_OF[kind])
    with io.BufferedWriter(Outlet(send), CHUNK) as out:
        if form in _XML:
            whole = io.BytesIO()
            _write(found, form, whole)
            if found := _NOT_IN_XML.search(whole.getbuffer()):
                raise _NotAcceptable(
                    "the answer holds characters that XML cannot hold; ask for JSON or Turtle"
                )
            out.write(whole.getbuffer())
        else:
            _write(found, form, out)
    return {"kind": kind, "form": form}


_FORMS_OF = {
    "rows": "a SELECT is answered in JSON, XML, CSV or TSV",
    "truth": "an ASK is answered in JSON, XML, CSV or TSV",
    "graph": "a CONSTRUCT or DESCRIBE is answered in Turtle, N-Triples, RDF/XML, JSON-LD, N-Quads, TriG, N3",
}


def _asked(question: Mapping[str, Any], graph: ox.Store) -> Any:
    query = Query(question["text"])
    dataset: dict[str, Any] = {}
    if question["default_graphs"] or question["named_graphs"]:
        dataset = {
            "default_graph": [ox.NamedNode(name) for name in question["default_graphs"]],
            "named_graphs": [ox.NamedNode(name) for name in question["named_graphs"]],
        }
    try:
        return graph.query(query.text, base_iri=question["base"], prefixes=PREFIXES, **dataset)
    except SyntaxError as error:
        raise query.refusal(error) from None
    except (RuntimeError, ValueError) as error:
        raise UsageError(f"the query cannot be run: {error}", "query") from None


def _write(found: Any, form: str, out: BinaryIO | io.BufferedWriter) -> None:
    try:
        if isinstance(found, ox.QueryTriples):
            prefixes = PREFIXES if form in _PREFIXED else None
            ox.serialize(found, out, GRAPHS[form], prefixes=prefixes)
        else:
            found.serialize(out, ROWS[form])
    except RuntimeError as error:
        raise UsageError(f"the query cannot be run: {error}", "query") from None


def _reason(error: UsageError) -> str:
    """The complaint with its place; what to do about it, unless that is for the command line."""
    text = f"{error.place}: {error.message}" if error.place else error.message
    return text if error.remedy is None or "--" in error.remedy else f"{text}. {error.remedy}"
