"""The citation graph, as the gate asks about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from kgcheck.lineage.independence import independence, independent_groups


@dataclass(frozen=True, slots=True)
class Tracing:
    """Answers about one citation graph that no longer changes."""

    graph: nx.DiGraph[str]

    def independence(self, a: str, b: str) -> tuple[str, tuple[str, ...]]:
        """Whether two claims are "independent", "shared" or "unknown", and the nodes that say so."""
        found = independence(self.graph, a, b)
        return found.status, found.shared or found.unknown

    def roots(self, claims: Sequence[str]) -> int | None:
        """How many groups of the claims are shown to be independent of one another."""
        return len(independent_groups(self.graph, claims)) or None
