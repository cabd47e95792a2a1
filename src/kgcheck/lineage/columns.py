"""What checks may read of the lineage: circles of citation, and quotes that differ."""

from __future__ import annotations

import hashlib
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
    for circle in circles:
        members = set(circle.members)
        name = hashlib.sha256("|".join(circle.members).encode()).hexdigest()[:24]
        for iri, claim in sorted(claims.items()):
            cites = not claim.sources or members & set(claim.sources)
            if iri in members or (claim.document in members and cites):
                yield iri, ("blockCircle", ox.NamedNode(BLOCK + name))
    for problem in quotes:
        yield problem.claim, ("quoteStatus", ox.Literal(problem.status))
