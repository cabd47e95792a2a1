"""Running checks over the derived graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

import pyoxigraph as ox

from kgcheck.checks.registry import Check
from kgcheck.errors import CheckError
from kgcheck.findings.forming import Forming, merge
from kgcheck.findings.rows import Row
from kgcheck.findings.sides import candidates
from kgcheck.model.finding import Finding
from kgcheck.model.interval import Interval
from kgcheck.model.period import Relation
from kgcheck.semantics.comparable import comparable
from kgcheck.semantics.scope import compare_scopes
from kgcheck.store import Store


def run_checks(
    checks: Iterable[Check], store: Store, forming: Forming, progress: Callable[[str], None] | None = None
) -> tuple[Finding, ...]:
    """Run every check and merge what they find, strongest first.

    Raises CheckError when a query fails: an unfinished run must not look like a clean one.
    """
    intervals = _intervals(forming)
    found: list[Finding] = []
    for check in checks:
        if progress is not None:
            progress(check.id)
        matters = candidates(list(rows(check, store)), check.sides, check.roles, intervals, _apart(forming))
        found += forming.findings(check, matters)
    return merge(found)


def rows(check: Check, store: Store) -> Iterator[Row]:
    """The rows of one check."""
    try:
        solutions = store.raw.query(check.query)
        assert isinstance(solutions, ox.QuerySolutions), "the registry refuses anything but SELECT"
        for solution in solutions:
            yield _row({name: solution[name] for name in check.columns})
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        raise CheckError(
            f"check {check.id} failed: {error}", check.path, remedy="its result is unknown"
        ) from error


def _row(values: Mapping[str, ox.NamedNode | ox.Literal | None]) -> Row:
    def text(name: str) -> str | None:
        value = values.get(name)
        return None if value is None else value.value

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
    low, high = sorted((Decimal(lower), Decimal(upper)))
    return Interval(low, high)


def _intervals(forming: Forming) -> dict[str, Interval]:
    found = {}
    for iri, claim in forming.claims.items():
        value = comparable(claim, forming.gate.vocabulary)
        if value is not None:
            found[iri] = value.inner
    return found


def _apart(forming: Forming) -> Callable[[str, str], bool]:
    """Whether the scopes of two claims are known to differ."""

    def apart(a: str, b: str) -> bool:
        reasons = compare_scopes(forming.claims[a], forming.claims[b], forming.gate.vocabulary)
        return any(reason.relation not in (Relation.EQUAL, Relation.UNKNOWN) for reason in reasons)

    return apart
