"""Which claims of a store are well formed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, RDFS, Graph, URIRef

from kgcheck.assets import folder
from kgcheck.errors import CheckError
from kgcheck.model.report import Violation
from kgcheck.namespaces import kgc
from kgcheck.store import ONTOLOGY, Store
from kgcheck.store.workers.limits import Limits
from kgcheck.validation.apart import validate_apart
from kgcheck.validation.loggers import silenced
from kgcheck.validation.rules import MOMENT, broken_rules
from kgcheck.validation.shacl import order, validate_graph
from kgcheck.validation.shapes import read_shapes


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What is malformed. `invalid` are the claims and computations to leave out of all checks."""

    violations: tuple[Violation, ...]
    invalid: frozenset[str]


def validate(store: Store, *, shapes: Path | None = None, limits: Limits | None = None) -> ValidationReport:
    """Validate all documents of `store` together with its ontology.

    `shapes` is a folder of Turtle files to use in place of the packaged ones; they are applied in a
    worker process, within `limits` or the usual ones. Warnings and infos
    are reported and leave their claims in; a claim with a violation on itself or on its evidence
    is invalid, and the rest goes on.

    Raises CheckError when the ontology is missing or when the shapes could not be checked, and
    InputError when there are no shapes, and LimitError.
    """
    if not any(store.raw.quads_for_pattern(None, None, None, ox.NamedNode(ONTOLOGY))):
        raise CheckError("there is no ontology to validate against", remedy="Load the ontology first.")
    # rdflib logs a traceback for each ill-typed literal, of which a shape tells in better words.
    with silenced("rdflib.term"):
        data = store.union_graph()
        if shapes is None:
            found = validate_graph(data, read_shapes(folder("shapes")))
        else:
            found = validate_apart(store, shapes, limits or Limits())
        told = {(violation.focus, violation.path) for violation in found}
        found += tuple(
            violation
            for violation in broken_rules(store.raw, data)
            if violation.shape != MOMENT or (violation.focus, violation.path) not in told
        )
    claims = _claims(data)
    return ValidationReport(
        violations=tuple(sorted(found, key=order)),
        invalid=frozenset(
            violation.focus
            for violation in found
            if violation.severity == "Violation" and violation.focus in claims
        ),
    )


def _claims(data: Graph) -> frozenset[str]:
    """Whatever stands in a document or shows evidence: a misspelt class must not hide a claim."""
    signs = (URIRef(kgc("inDocument")), URIRef(kgc("evidence")))
    return frozenset(str(subject) for sign in signs for subject in data.subjects(sign, None)) | frozenset(
        str(claim)
        for kind in data.transitive_subjects(RDFS.subClassOf, URIRef(kgc("Claim")))
        for claim in data.subjects(RDF.type, kind)
    )
