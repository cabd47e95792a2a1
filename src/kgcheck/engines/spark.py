"""The checks on Spark: one task per partition of blocks, the same queries and the same gate in each.

The driver loads, validates and derives, and traces lineage, which takes the whole citation graph; the
executors run every packaged check on their blocks, form the findings and hand them back. What they
all need (vocabulary, documents, checks) is broadcast. Checks from outside run in a worker process of
the driver, as they always do.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kgcheck.checks.partitions import Member, answer, common, completed, members, route
from kgcheck.checks.registry import Check
from kgcheck.checks.runner import Find
from kgcheck.errors import CheckError, InputError, UsageError
from kgcheck.findings.forming import Forming
from kgcheck.model.finding import Finding
from kgcheck.store import Store

if TYPE_CHECKING:
    from pyspark import SparkContext

CLAIMS_PER_PARTITION = 2_000
"""Smaller partitions send each claim to more of them, up to one for each block that it stands in."""

_BATCH = 500
_QUIET = {
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


@contextmanager
def spark_context() -> Iterator[SparkContext]:
    """The Spark that kgcheck was submitted to, else one on this machine that ends with the run.

    Raises UsageError where pyspark or Java is missing.
    """
    try:
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
    except ImportError:
        raise UsageError(
            "--engine spark needs pyspark", remedy="install it with: pip install 'kgcheck[spark]'"
        ) from None
    conf = SparkConf()
    here = not conf.contains("spark.master")
    if here:
        if shutil.which("java") is None:
            raise UsageError("--engine spark needs Java", remedy="install Java 17 or newer, or set JAVA_HOME")
        conf.setMaster("local[*]")
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else tasks take the python3 of the PATH
    for name, value in {**_QUIET, **(_LOOPBACK if here else {})}.items():
        conf.setIfMissing(name, value)
    conf.setIfMissing("spark.app.name", "kgcheck")
    try:
        context = SparkContext(conf=conf)
    except (PySparkException, OSError, ValueError) as error:
        raise UsageError(f"Spark does not start: {error}", remedy="kgcheck needs Java 17 or newer") from None
    try:
        yield context
    finally:
        context.stop()


def find_on(context: SparkContext, partitions: int | None = None) -> Find:
    """A way to run checks on Spark, in so many partitions or as many as there is work for.

    It raises CheckError when a partition fails: what it held is then unknown.
    """

    def find(
        checks: Sequence[Check],
        store: Store,
        forming: Forming,
        progress: Callable[[str], None] | None = None,
    ) -> Iterable[Finding]:
        count = partitions or max(context.defaultParallelism, -(-len(forming.claims) // CLAIMS_PER_PARTITION))
        if progress is not None:
            progress(f"checking in {count} partitions on Spark")
        batches = context.parallelize(_batched(members(store, forming.claims)), context.defaultParallelism)
        shared = context.broadcast(common(checks, forming))

        def routed(batch: Sequence[Member]) -> Iterator[tuple[int, Any]]:
            for member in batch:
                yield from route(member, count)

        def answered(partition: int, shares: Iterable[tuple[int, Any]]) -> Iterable[Any]:
            return answer(partition, count, (share for _, share in shares), shared.value)

        told = (
            batches.flatMap(routed)
            .partitionBy(count, lambda partition: partition)
            .mapPartitionsWithIndex(answered)
        )
        return completed(_collected(told), checks, forming)

    return find


TERMS = ("subject", "predicate", "object", "graph")
"""Columns of a Parquet file of quads; the graph may be missing, and empty in single rows."""

LITERALS = ("datatype", "language")
"""With one of these columns, terms are bare and an object with either of the two is a literal."""


def parquet_in(path: Path) -> bool:
    """Whether a path is a Parquet file, or a folder that Parquet files stand in."""
    if path.is_dir():
        return any(path.glob("*.parquet"))
    return path.suffix.lower() == ".parquet"


def read_parquet(context: SparkContext, path: Path, place: Path) -> None:
    """Write the quads of a Parquet file or folder to `place`, as N-Quads, to be loaded like any file.

    Columns are `subject`, `predicate`, `object` and, if there are any, `graph`, with terms as N-Quads
    write them: `<https://example.org/a>`, `_:b`, `"12%"`, `"3"^^<…#integer>`. Where there is a column
    `datatype` or `language`, terms are bare: IRIs without brackets, and objects with a datatype or a
    language are literals of it. Raises InputError for other columns and for values that are no terms.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    try:
        frame = SparkSession(context).read.parquet(path.resolve().as_uri())
        names = {name.lower(): name for name in frame.columns}
        if missing := [name for name in TERMS[:3] if name not in names]:
            raise InputError(
                f"the Parquet file has no column {missing[0]!r}",
                path,
                remedy=f"name the columns {', '.join(TERMS)} and, for bare values, {', '.join(LITERALS)}",
            )
        chosen = [names[name] for name in (*TERMS, *LITERALS) if name in names]
        order = [name.lower() for name in chosen]
        lines = frame.select(chosen).rdd.map(lambda row: quad_line(dict(zip(order, row, strict=True))))
        with place.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines.toLocalIterator())
    except (PySparkException, Py4JError) as error:
        told = next((line for line in str(error).splitlines() if "ValueError: " in line), str(error))
        raise InputError(
            f"the Parquet file cannot be read: {told.strip().splitlines()[0]}",
            path,
            remedy="see docs/scale.md for the columns it should have",
        ) from error


def quad_line(row: dict[str, Any]) -> str:
    """A row as a line of N-Quads. Raises ValueError where it has no statement."""
    bare = any(name in row for name in LITERALS)
    for name in TERMS[:3]:
        if not isinstance(row[name], str):
            raise ValueError(f"a row has {row[name]!r} as its {name}")
    if bare:
        terms = [_resource(row["subject"]), _resource(row["predicate"]), _object(row)]
    else:
        terms = [row[name] for name in TERMS[:3]]
    if row.get("graph"):
        terms.append(_resource(row["graph"]) if bare else row["graph"])
    if any("\n" in term or "\r" in term for term in terms):
        raise ValueError("a term goes over the end of a line")
    return f"{' '.join(terms)} .\n"


def _resource(name: str) -> str:
    return str(ox.BlankNode(name[2:]) if name.startswith("_:") else ox.NamedNode(name))


def _object(row: dict[str, Any]) -> str:
    value, datatype, language = row["object"], row.get("datatype"), row.get("language")
    if language:
        return str(ox.Literal(value, language=language))
    if datatype:
        return str(ox.Literal(value, datatype=ox.NamedNode(datatype)))
    return _resource(value)


def _batched(every: Iterable[Member]) -> list[list[Member]]:
    source = iter(every)
    return list(iter(lambda: list(islice(source, _BATCH)), []))


def _collected(told: Any) -> list[Any]:
    from py4j.protocol import Py4JError

    try:
        return list(told.collect())
    except Py4JError as error:
        lines = [line for line in str(error).splitlines() if "Error: " in line]
        raise CheckError(
            f"could not check: a partition failed on Spark: {lines[-1].strip() if lines else error}",
            remedy="its result is unknown; see the executors' logs",
        ) from error
