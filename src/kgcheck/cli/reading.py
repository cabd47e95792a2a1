"""What commands ask of the store: the graph itself, its shape, answers from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgcheck.cli.inputs import Inputs, shacl_engine
from kgcheck.cli.progress import progress
from kgcheck.errors import UsageError
from kgcheck.namespaces import KGC

if TYPE_CHECKING:
    from kgcheck.model.report import Violation
    from kgcheck.report.solutions import Answer
    from kgcheck.store import Store


@dataclass(frozen=True, slots=True)
class Validated:
    """What the shapes say of how many documents and claims."""

    violations: tuple[Violation, ...]
    invalid: frozenset[str]
    documents: int
    claims: int


def loaded(inputs: Inputs) -> Store:
    """The documents and the ontology in a store."""
    from kgcheck.engines.local import load

    return load(inputs.paths, inputs.vocabulary, inputs.limits).store


def validated(inputs: Inputs) -> Validated:
    """Validate without checking. Raises UsageError where there is nothing to validate."""
    from kgcheck.validation import validate

    with progress() as tell:
        tell("loading")
        store = loaded(inputs)
        documents, claims = len(store.documents()), _count_claims(store)
        if not (documents or claims):
            raise UsageError(
                "there is nothing to check: no document was found",
                remedy="name files or folders that hold documents and claims",
            )
        tell("validating")
        found = validate(store, engine=shacl_engine())
    return Validated(found.violations, found.invalid, documents, claims)


def _count_claims(store: Store) -> int:
    query = "SELECT DISTINCT ?claim WHERE { ?claim kgc:evidence ?words }"
    return len(store.select(f"PREFIX kgc: <{KGC}>\n{query}"))


def answered(query: str, inputs: Inputs, *, network: bool = False) -> Answer:
    """The answer to a SPARQL query, which runs in a worker process, with `network` open to SERVICE.

    Raises UsageError for one that does more than ask.
    """
    from kgcheck.store.quarantine import ask_apart
    from kgcheck.store.workers.limits import Limits

    return ask_apart(query, inputs.paths, inputs.vocabulary, inputs.limits or Limits(), network=network)
