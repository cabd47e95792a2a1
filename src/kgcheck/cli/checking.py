"""What commands ask of the engine: checks, reports, comparisons, single findings."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kgcheck.cli.inputs import Inputs, shacl_engine, worker_limits
from kgcheck.cli.piping import standing_for
from kgcheck.cli.progress import progress
from kgcheck.errors import UsageError

if TYPE_CHECKING:
    from kgcheck.checks.registry import Check
    from kgcheck.checks.runner import Find
    from kgcheck.cli.timing import Stopwatch
    from kgcheck.engines.local import Comparison
    from kgcheck.model.finding import Finding
    from kgcheck.model.report import Report

_SHORTEST = 4
"""Fewer characters do not name a finding."""


def loaded_checks(folders: Sequence[Path]) -> dict[str, Check]:
    """All checks by name. Raises CheckError for one that is malformed."""
    from kgcheck.checks.registry import load_checks

    return load_checks(folders, worker_limits())


def judge(
    inputs: Inputs,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    engine: str = "local",
    watch: Stopwatch | None = None,
    since_last: bool = False,
) -> Report:
    """Run the checks. Raises UsageError for an unknown check, and where there is nothing to check.

    A store on disk that is all there is to check is checked by what changed in it since the last time; with
    `since_last` nothing else is told. `watch` takes the time of each step.
    """
    from kgcheck.engines.local import run_check

    store = _only_store(inputs) if engine == "local" else None
    if store is not None:
        from kgcheck.engines.stored import check_store

        with progress() as tell:
            return check_store(
                store,
                policy=inputs.policy,
                select=select,
                ignore=ignore,
                vocabulary=inputs.vocabulary,
                progress=watch.listening(tell) if watch else tell,
                limits=inputs.limits,
                shacl=shacl_engine(),
                count=watch.count if watch else None,
                since_last=since_last,
            )
    if since_last:
        raise UsageError(
            "--since-last tells what is new in one store on disk, and there is something else to check",
            remedy="name the store alone: kgcheck check --store DIR --since-last",
        )
    with _engine(engine, inputs.paths) as (find, paths), progress() as tell:
        return run_check(
            paths,
            policy=inputs.policy,
            select=select,
            ignore=ignore,
            checks_dirs=inputs.checks,
            texts=inputs.texts,
            vocabulary=inputs.vocabulary,
            progress=watch.listening(tell) if watch else tell,
            limits=inputs.limits,
            shacl=shacl_engine(),
            find=find,
            count=watch.count if watch else None,
        )


def _only_store(inputs: Inputs) -> Path | None:
    """The one store on disk that is to be checked; None where other things take part.

    Checks from outside read the whole derived graph, and quotes are looked up in every text.
    """
    from kgcheck.store.stored import stored_in

    if inputs.paths is None or len(inputs.paths) != 1 or inputs.texts is not None:
        return None
    (place,) = inputs.paths
    if not stored_in(place) or any(check.foreign for check in loaded_checks(inputs.checks).values()):
        return None
    return place


@contextmanager
def _engine(name: str, paths: Sequence[Path] | None) -> Iterator[tuple[Find | None, Sequence[Path] | None]]:
    """Where the packaged checks run (None: here), and the paths with all Parquet read from them.

    Raises UsageError where Spark is missing, InputError for Parquet that cannot be read.
    """
    if name == "local":
        if stray := [path for path in paths or () if path.suffix.lower() == ".parquet"]:
            raise UsageError(f"{stray[0]} is Parquet, which Spark reads", remedy="add --engine spark")
        yield None, paths
        return
    from kgcheck.engines.spark import find_on, parquet_in, read_parquet, spark_context

    with spark_context() as context, TemporaryDirectory(prefix="kgcheck-parquet-") as folder:
        read: dict[Path, Path] = {}
        for path in paths or ():
            if parquet_in(path):
                read[path] = Path(folder) / f"{len(read)}.nq"
                read_parquet(context, path, read[path])
        with standing_for({place: path for path, place in read.items()}):
            yield find_on(context), paths and [read.get(path, path) for path in paths]


def compared(a: str, b: str, inputs: Inputs) -> Comparison:
    """Two claims held against each other. Raises UsageError where a name fits no claim or several."""
    from kgcheck.engines.local import compare_claims

    return compare_claims(
        a,
        b,
        inputs.paths,
        policy=inputs.policy,
        checks_dirs=inputs.checks,
        vocabulary=inputs.vocabulary,
        limits=inputs.limits,
    )


def one_finding(name: str, report: Report, known: Collection[str]) -> Finding:
    """The finding whose id is `name` or begins so.

    Raises UsageError where none or several do; `known` are the other names that may have been meant.
    """
    found = [finding for finding in report.findings if finding.id == name]
    if not found and len(name) >= _SHORTEST:
        found = [finding for finding in report.findings if finding.id.startswith(name)]
    if len(found) > 1:
        raise UsageError(
            f"{len(found)} findings have an id that begins with {name!r}", remedy="give more of it"
        )
    if not found:
        raise UsageError(f"no check, verdict or finding is called {name!r}", remedy=_nearest(name, known))
    return found[0]


def _nearest(name: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else "see the list that 'kgcheck checks' prints"
