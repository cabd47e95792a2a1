"""Which claims of a store are well formed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kgcheck.assets import folder
from kgcheck.errors import CheckError
from kgcheck.model.report import Violation
from kgcheck.namespaces import kgc
from kgcheck.store import ONTOLOGY, Store
from kgcheck.store.workers.limits import Limits
from kgcheck.validation.apart import validate_apart
from kgcheck.validation.compiled import Data, StoreSource
from kgcheck.validation.engine import Engine, find_violations
from kgcheck.validation.rules import MOMENT, broken_rules
from kgcheck.validation.shapes import read_shapes
from kgcheck.validation.telling import order
from kgcheck.validation.union import Union


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What is malformed. `invalid` are the claims and computations to leave out of all checks."""

    violations: tuple[Violation, ...]
    invalid: frozenset[str]


def validate(
    store: Store, *, shapes: Path | None = None, limits: Limits | None = None, engine: Engine = "compiled"
) -> ValidationReport:
    """Validate all documents of `store` together with its ontology.

    `shapes` is a folder of Turtle files to use in place of the packaged ones; they are applied in a
    worker process, within `limits` or the usual ones. Both engines give the same report; what the
    compiled one does not support it leaves to pySHACL, and says so in the log. Warnings and infos
    are reported and leave their claims in; a claim with a violation on itself or on its evidence
    is invalid, and the rest goes on.

    Raises CheckError when the ontology is missing or when the shapes could not be checked, and
    InputError when there are no shapes, and LimitError.
    """
    if not any(store.raw.quads_for_pattern(None, None, None, ox.NamedNode(ONTOLOGY))):
        raise CheckError("there is no ontology to validate against", remedy="Load the ontology first.")
    if shapes is None:
        found = find_violations(store, read_shapes(folder("shapes")), engine)
    else:
        found = validate_apart(store, shapes, limits or Limits(), engine)
    told = {(violation.focus, violation.path) for violation in found}
    found += tuple(
        violation
        for violation in broken_rules(store.raw, Union(store.raw))
        if violation.shape != MOMENT or (violation.focus, violation.path) not in told
    )
    faulty = {violation.focus for violation in found if violation.severity == "Violation"}
    return ValidationReport(
        violations=tuple(sorted(found, key=order)),
        invalid=frozenset(faulty & _claims(store) if faulty else ()),
    )


def _claims(store: Store) -> frozenset[str]:
    """Whatever stands in a document or shows evidence: a misspelt class must not hide a claim."""
    data = Data(StoreSource(store.raw))
    found = set(data.instances(f"<{kgc('Claim')}>"))
    for sign in ("inDocument", "evidence"):
        found |= data.column(f"<{kgc(sign)}>").holders
    return frozenset(term[1:-1] for term in found if term[0] == "<")
