"""The five verdicts, their order, and how loud they are."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What the gate says of claims that met. NONE marks a note that judges nothing."""

    CONTRADICTION = "contradiction"
    TENSION = "tension"
    APPARENT = "apparent"
    CORROBORATION = "corroboration"
    REPETITION = "repetition"
    NONE = "none"

    @property
    def rank(self) -> int:
        """0 for the strongest verdict."""
        return _RANKS[self]

    def capped(self, ceiling: Verdict) -> Verdict:
        """This verdict, or the ceiling when that is weaker: the gate may demote, never promote."""
        return max(self, ceiling, key=lambda verdict: verdict.rank)


_RANKS = {verdict: rank for rank, verdict in enumerate(Verdict)}


class Severity(StrEnum):
    """How a finding is shown to tools that know only levels (SARIF)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
