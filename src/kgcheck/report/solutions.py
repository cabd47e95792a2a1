"""Answers to SPARQL queries, in the forms of the standard and as a table to read.

Rows and yes-or-no answers: table, csv, tsv, json, xml (W3C SPARQL 1.1 Query Results). Graphs: table,
turtle, json (JSON-LD), xml (RDF/XML).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from kgcheck.errors import UsageError
from kgcheck.namespaces import PREFIXES
from kgcheck.report.csv import safe_cell
from kgcheck.report.options import Options
from kgcheck.report.plain import counted, plain
from kgcheck.report.rdftext import turtle

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")

_ROWS = {
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {"json": ox.RdfFormat.JSON_LD, "xml": ox.RdfFormat.RDF_XML}

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def answer_text(
    answer: Answer,
    form: str | None,
    options: Options,
    prefixes: Mapping[str, str] = PREFIXES,
) -> str:
    """An answer in `form`; None is turtle for graphs and a table for all else.

    Raises UsageError for a format that cannot hold this kind of answer.
    """
    match answer:
        case ox.QueryTriples():
            return _graph(answer, form or "turtle", options, prefixes)
        case ox.QueryBoolean():
            return _boolean(answer, form or "table")
    return _rows(answer, form or "table", options, prefixes)


def _refused(kind: str, form: str, known: Iterable[str]) -> UsageError:
    return UsageError(f"{kind} cannot be written as {form}", remedy=f"choose one of {', '.join(known)}")


def _rows(answer: ox.QuerySolutions, form: str, options: Options, prefixes: Mapping[str, str]) -> str:
    if form in _ROWS:
        return _written(answer.serialize(format=_ROWS[form]))
    names = [variable.value for variable in answer.variables]
    if form == "csv":
        page = io.StringIO(newline="")
        writer = csv.writer(page)
        writer.writerow([safe_cell(name) for name in names])
        for solution in answer:
            writer.writerow([safe_cell(_value(solution[name])) for name in names])
        return page.getvalue()
    if form == "table":
        rows = [[_short(solution[name], prefixes) for name in names] for solution in answer]
        return _table(names, rows, "row", options)
    raise _refused("the rows of a SELECT", form, ("table", "csv", *_ROWS))


def _boolean(answer: ox.QueryBoolean, form: str) -> str:
    if form == "table":
        return "yes\n" if answer else "no\n"
    if form == "csv":
        return "true\n" if answer else "false\n"
    if form in _ROWS:
        return _written(answer.serialize(format=_ROWS[form]))
    raise _refused("the yes or no of an ASK", form, ("table", "csv", *_ROWS))


def _graph(answer: ox.QueryTriples, form: str, options: Options, prefixes: Mapping[str, str]) -> str:
    if form == "turtle":
        return turtle(answer, prefixes)
    if form in _GRAPHS:
        return _written(ox.serialize(answer, format=_GRAPHS[form], prefixes=dict(prefixes)))
    if form == "table":
        triples = sorted(
            [_short(term, prefixes) for term in (t.subject, t.predicate, t.object)] for t in answer
        )
        return _table(["subject", "predicate", "object"], triples, "triple", options)
    raise _refused("a graph", form, ("table", "turtle", *_GRAPHS))


def _written(data: bytes | None) -> str:
    text = (data or b"").decode("utf-8")
    return text if text.endswith("\n") else f"{text}\n"


def _value(term: object) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term)


def _short(term: object, prefixes: Mapping[str, str]) -> str:
    if isinstance(term, ox.NamedNode):
        for prefix, namespace in prefixes.items():
            name = term.value.removeprefix(namespace)
            if name != term.value and name and not set("/#?") & set(name):
                return plain(f"{prefix}:{name}")
    return plain(f"_:{term.value}" if isinstance(term, ox.BlankNode) else _value(term))


def _table(names: Sequence[str], rows: Sequence[Sequence[str]], noun: str, options: Options) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from kgcheck.report.text.page import printed

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in names:
        table.add_column(Text(plain(name)), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return printed(options.width, options.colour, table, Text(f"\n{counted(len(rows), noun)}"))
