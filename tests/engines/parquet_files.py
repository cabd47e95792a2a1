"""Writes N-Quads as Parquet in both sets of columns, with Spark itself.

python parquet_files.py CLAIMS.nq FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyoxigraph as ox
from pyspark.sql import SparkSession

TERMS = "subject string, predicate string, object string, graph string"


def main() -> None:
    """Write FOLDER/terms.parquet and FOLDER/bare.parquet, each of several files."""
    quads = list(ox.parse(path=sys.argv[1], format=ox.RdfFormat.N_QUADS))
    folder = Path(sys.argv[2])
    builder = SparkSession.builder.master("local[1]")
    for name, value in (
        ("spark.driver.host", "127.0.0.1"),
        ("spark.driver.bindAddress", "127.0.0.1"),
        ("spark.ui.enabled", "false"),
        ("spark.default.parallelism", "3"),
    ):
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    terms = [tuple(None if isinstance(t, ox.DefaultGraph) else str(t) for t in quad) for quad in quads]
    for rows, columns, name in (
        (terms, TERMS, "terms"),
        ([bare(quad) for quad in quads], f"{TERMS}, datatype string, language string", "bare"),
        ([row[:1] for row in terms[:3]], "subject string", "short"),
    ):
        spark.createDataFrame(rows, columns).write.parquet(str(folder / f"{name}.parquet"))


def bare(quad: ox.Quad) -> tuple[str | None, ...]:
    """The six values of a quad."""
    term = quad.object
    if not isinstance(term, ox.Literal):
        return (named(quad.subject), named(quad.predicate), named(term), named(quad.graph_name), None, None)
    kind = None if term.language else term.datatype.value
    return (
        named(quad.subject),
        named(quad.predicate),
        term.value,
        named(quad.graph_name),
        kind,
        term.language,
    )


def named(term: object) -> str | None:
    """An IRI without brackets, a blank node with its sign."""
    if isinstance(term, ox.NamedNode):
        return term.value
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else None


main()
