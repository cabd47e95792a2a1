"""Running checks over the derived graph."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from time import perf_counter

import pyoxigraph as ox

from kgcheck.checks.foreign import foreign_solutions
from kgcheck.checks.registry import Check
from kgcheck.errors import CheckError
from kgcheck.findings.forming import Forming, merge
from kgcheck.findings.rows import Row
from kgcheck.findings.sides import candidates
from kgcheck.garbage import garbage_kept
from kgcheck.model.finding import Finding
from kgcheck.model.interval import Interval
from kgcheck.store import Store
from kgcheck.store.limits import NUMBER_CHARACTERS
from kgcheck.store.workers.limits import Limits

_NUMBER = re.compile(rf"[+-]?(?=.{{1,{NUMBER_CHARACTERS}}}$)(\d+(\.\d*)?|\.\d+)", re.ASCII)


Progress = Callable[[str], None]
Find = Callable[[Sequence[Check], Store, Forming, Progress | None], Iterable[Finding]]
"""How the packaged checks find what they find: here, or somewhere else with the same result."""

Count = Callable[[str, float, int, int, int], None]
"""Takes what a check gave: its name, seconds of work, rows, blocks in them, findings."""

_AT_ONCE = 2
"""Queries that run at a time: Oxigraph does not hold Python up meanwhile."""

_AHEAD = 4
"""Checks whose rows are asked for before they are needed."""


def run_checks(
    checks: Iterable[Check],
    store: Store,
    forming: Forming,
    progress: Progress | None = None,
    limits: Limits | None = None,
    find: Find | None = None,
    count: Count | None = None,
) -> tuple[Finding, ...]:
    """Run every check and merge what they find, strongest first.

    Foreign checks run in a worker process, within `limits` or the usual ones, all others as `find`
    does. `count` is told what each check gave, where that is known. Raises CheckError when a query
    fails, and LimitError: an unfinished run must not look like a clean one.
    """
    checks = list(checks)
    tell = progress or (lambda _: None)
    foreign = [check for check in checks if check.foreign]
    if foreign:
        tell("queries of checks from outside")
    apart = foreign_rows(foreign, store, limits or Limits())
    here = partial(find_here, count=count)
    found = list((find or here)([c for c in checks if not c.foreign], store, forming, progress))
    intervals = intervals_of(forming)
    for check in foreign:
        tell(check.id)
        began = perf_counter()
        own = list(formed(check, apart[check.id], forming, intervals))
        found += own
        if count is not None:
            count(check.id, perf_counter() - began, *measures(apart[check.id], own))
    tell("merging findings")
    return merge(found, {check.id for check in checks if check.narrows})


def find_here(
    checks: Sequence[Check],
    store: Store,
    forming: Forming,
    progress: Progress | None = None,
    *,
    count: Count | None = None,
) -> Iterator[Finding]:
    """What the checks find, one after the other in this process."""
    for found in found_by(checks, store, forming, progress, count=count):
        yield from found


def found_by(
    checks: Sequence[Check],
    store: Store,
    forming: Forming,
    progress: Progress | None = None,
    *,
    kept: Callable[[Row], bool] | None = None,
    count: Count | None = None,
) -> Iterator[list[Finding]]:
    """What each check finds in the rows that are `kept` (None: all); next ones are asked meanwhile."""
    intervals = intervals_of(forming)
    with garbage_kept():
        for check, answer in _answers(checks, store):
            if progress is not None:
                progress(check.id)
            returned, seconds = answer.result()
            if kept is not None:
                returned = [row for row in returned if kept(row)]
            began = perf_counter()
            found = list(formed(check, returned, forming, intervals))
            if count is not None:
                count(check.id, seconds + perf_counter() - began, *measures(returned, found))
            yield found


def _answers(
    checks: Sequence[Check], store: Store
) -> Iterator[tuple[Check, Future[tuple[list[Row], float]]]]:
    """The checks with their rows, and the seconds that took; some ahead of the one that is asked for."""

    def answer(check: Check) -> tuple[list[Row], float]:
        began = perf_counter()
        return list(rows(check, store)), perf_counter() - began

    pool = ThreadPoolExecutor(_AT_ONCE, "kgcheck-check")
    try:
        asked: deque[tuple[Check, Future[tuple[list[Row], float]]]] = deque()
        for check in checks:
            asked.append((check, pool.submit(answer, check)))
            if len(asked) > _AHEAD:
                yield asked.popleft()
        while asked:
            yield asked.popleft()
    finally:
        pool.shutdown(cancel_futures=True)


def measures(returned: Sequence[Row], found: Sequence[Finding]) -> tuple[int, int, int]:
    """What is counted of a check: rows, blocks in them, findings."""
    return len(returned), len({row.block for row in returned}), len(found)


def formed(
    check: Check, returned: Sequence[Row], forming: Forming, intervals: Mapping[str, Interval]
) -> Iterator[Finding]:
    """The findings that the rows of one check give."""
    matters = candidates(returned, check.sides, check.roles, intervals, _apart(forming))
    yield from forming.findings(check, matters)


def rows(check: Check, store: Store) -> Iterator[Row]:
    """The rows of one check."""
    try:
        solutions = store.raw.query(check.query)
        assert isinstance(solutions, ox.QuerySolutions), "the registry refuses anything but SELECT"
        for solution in solutions:
            values = {name: solution[name] for name in check.columns}
            yield _row({name: None if term is None else term.value for name, term in values.items()})
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        raise CheckError(
            f"check {check.id} failed: {error}", check.path, remedy="its result is unknown"
        ) from error


def foreign_rows(checks: Sequence[Check], store: Store, limits: Limits) -> dict[str, list[Row]]:
    """The rows of checks from outside, by the id of the check."""
    found = foreign_solutions(
        [(check.path, check.query) for check in checks], [check.columns for check in checks], store, limits
    )
    rows = {}
    for check, solutions in zip(checks, found, strict=True):
        try:
            rows[check.id] = [_row(values) for values in solutions]
        except ValueError as error:
            raise CheckError(
                f"check {check.id} failed: {error}", check.path, remedy="its result is unknown"
            ) from error
    return rows


def _row(values: Mapping[str, str | None]) -> Row:
    text = values.get
    return Row(
        block=text("block") or "",
        claim=text("claim") or "",
        part=text("part") or "",
        role=text("role"),
        side=text("side"),
        expected=_interval(text("expectedLower"), text("expectedUpper")),
        expected_loose=_interval(text("expectedLooseLower"), text("expectedLooseUpper")),
        note=text("note"),
    )


def _interval(lower: str | None, upper: str | None) -> Interval | None:
    if lower is None or upper is None:
        return None
    for words in (lower, upper):
        # 1E+999999999 would be a number as well, of a billion digits when somebody writes it out.
        if not _NUMBER.fullmatch(words):
            raise ValueError(f"{words[:20]!r} is no decimal number of at most {NUMBER_CHARACTERS} digits")
    low, high = sorted((Decimal(lower), Decimal(upper)))
    return Interval(low, high)


def intervals_of(forming: Forming) -> Mapping[str, Interval]:
    """The inner intervals of the claims that have one, each worked out when it is asked for."""
    return _Intervals(forming)


class _Intervals(dict[str, Interval]):
    """Most claims stand in no hot block: nobody asks for their values."""

    def __init__(self, forming: Forming) -> None:
        super().__init__()
        self._forming = forming

    def __contains__(self, iri: object) -> bool:
        return super().__contains__(iri) or self._find(str(iri)) is not None

    def __missing__(self, iri: str) -> Interval:
        found = self._find(iri)
        if found is None:
            raise KeyError(iri)
        return found

    def _find(self, iri: str) -> Interval | None:
        claim = self._forming.claims.get(iri)
        value = self._forming.gate.value(claim) if claim else None
        if value is None:
            return None
        self[iri] = value.inner
        return value.inner


def _apart(forming: Forming) -> Callable[[str, str], bool]:
    """Whether the scopes of two claims are known to differ."""

    def apart(a: str, b: str) -> bool:
        return forming.gate.apart(forming.claims[a], forming.claims[b])

    return apart
