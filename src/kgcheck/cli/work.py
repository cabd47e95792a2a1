"""What commands ask of the engine."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kgcheck.cli.inputs import Inputs
from kgcheck.cli.progress import progress
from kgcheck.errors import UsageError
from kgcheck.namespaces import KGC

if TYPE_CHECKING:
    from kgcheck.checks.registry import Check
    from kgcheck.engines.local import Comparison
    from kgcheck.model.finding import Finding
    from kgcheck.model.report import Report, Violation
    from kgcheck.report.solutions import Answer
    from kgcheck.store import Store


_SHORTEST = 4
"""Fewer characters do not name a finding."""


def nearest(name: str, known: Collection[str]) -> str:
    """What to try instead of an unknown name."""
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else "kgcheck checks lists them"


def loaded_checks(folders: Sequence[Path]) -> dict[str, Check]:
    """All checks by name. Raises CheckError for one that is malformed."""
    from kgcheck.checks.registry import load_checks

    return load_checks(folders)


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
        raise UsageError(f"no check, verdict or finding is called {name!r}", remedy=nearest(name, known))
    return found[0]


def judge(inputs: Inputs, *, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Report:
    """Run the checks. Raises UsageError for an unknown check, and where there is nothing to check."""
    from kgcheck.engines.local import run_check

    with progress() as tell:
        return run_check(
            inputs.paths,
            policy=inputs.policy,
            select=select,
            ignore=ignore,
            checks_dirs=inputs.checks,
            texts=inputs.texts,
            vocabulary=inputs.vocabulary,
            progress=tell,
        )


def compared(a: str, b: str, inputs: Inputs) -> Comparison:
    """Two claims held against each other. Raises UsageError where a name fits no claim or several."""
    from kgcheck.engines.local import compare_claims

    return compare_claims(
        a, b, inputs.paths, policy=inputs.policy, checks_dirs=inputs.checks, vocabulary=inputs.vocabulary
    )


def loaded(inputs: Inputs) -> Store:
    """The documents and the ontology in a store."""
    from kgcheck.engines.local import load

    return load(inputs.paths, inputs.vocabulary).store


@dataclass(frozen=True, slots=True)
class Validated:
    """What the shapes say of how many documents and claims."""

    violations: tuple[Violation, ...]
    invalid: frozenset[str]
    documents: int
    claims: int


def validated(inputs: Inputs) -> Validated:
    """Validate without checking. Raises UsageError where there is nothing to validate."""
    from kgcheck.validation import validate

    with progress() as tell:
        tell("loading")
        store = loaded(inputs)
        documents, claims = _count(store, _DOCUMENTS), _count(store, _CLAIMS)
        if not (documents or claims):
            raise UsageError(
                "there is nothing to check: no document was found",
                remedy="name files or folders that hold claims",
            )
        tell("validating")
        found = validate(store)
    return Validated(found.violations, found.invalid, documents, claims)


_DOCUMENTS = "SELECT (COUNT(DISTINCT ?it) AS ?n) WHERE { GRAPH ?g { ?it a kgc:Document } }"
_CLAIMS = "SELECT (COUNT(DISTINCT ?it) AS ?n) WHERE { GRAPH ?g { ?it kgc:inDocument ?document ; kgc:evidence ?words } }"


def _count(store: Store, query: str) -> int:
    (row,) = store.select(f"PREFIX kgc: <{KGC}>\n{query}")
    return int(row["n"].value)


def answered(query: str, inputs: Inputs) -> tuple[Answer, dict[str, str]]:
    """The answer to a SPARQL query, and the prefixes that were declared for it.

    Raises UsageError for a query that does more than ask, or that is not SPARQL.
    """
    from kgcheck.cli.query_guard import guard
    from kgcheck.namespaces import PREFIXES

    store = loaded(inputs)
    prefixes = dict(PREFIXES)
    try:
        answer = store.raw.query(guard(query), prefixes=prefixes, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise UsageError(f"the query is not SPARQL: {error}", remedy="mend the query") from None
    return answer, prefixes
