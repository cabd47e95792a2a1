"""Which columns of the derived graph somebody reads: the others need not be written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Needs:
    """What is read of claims that stand in no block (`alone`), and of those in blocks, by their role.

    Names are those of properties of the derived graph: `innerLower`, `blockSame`.
    """

    alone: frozenset[str]
    by_role: Mapping[str, frozenset[str]]
    _known: dict[frozenset[str], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def columns(self, roles: Iterable[str]) -> Collection[str]:
        """What is read of a claim that stands in blocks in these roles."""
        held = frozenset(roles)
        if (found := self._known.get(held)) is None:
            found = self._known[held] = self.alone.union(*(self.by_role.get(role, ()) for role in held))
        return found
