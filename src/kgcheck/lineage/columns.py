"""What checks may read of the lineage: circles of citation, and quotes that differ."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kgcheck.lineage.circles import Circle
from kgcheck.model.claim import Claim
from kgcheck.model.report import QuoteProblem
from kgcheck.namespaces import BLOCK


def lineage_columns(
    claims: Mapping[str, Claim],
    circles: Iterable[Circle],
    quotes: Iterable[QuoteProblem],
) -> Iterator[tuple[str, tuple[str, ox.NamedNode | ox.Literal]]]:
    """(claim, (column, value)) for everything that takes the whole graph to know.

    A claim stands in the block of a circle when it is a part of it, or when its document is and the
    claim itself cites nothing outside.
    """
    around: dict[str, list[str]] = defaultdict(list)
    for circle in circles:
        name = hashlib.sha256("|".join(circle.members).encode()).hexdigest()[:24]
        for member in circle.members:
            around[member].append(name)
    if around:
        for iri, claim in sorted(claims.items()):
            found = set(around.get(iri, ()))
            of_document = set(around.get(claim.document, ()))
            if claim.sources:
                of_document &= {name for source in claim.sources for name in around.get(source, ())}
            for name in sorted(found | of_document):
                yield iri, ("blockCircle", ox.NamedNode(BLOCK + name))
    for problem in quotes:
        yield problem.claim, ("quoteStatus", ox.Literal(problem.status))
