"""A finding: claims that met in a block, the verdict, and every reason for it."""

from __future__ import annotations

from dataclasses import dataclass

from kgcheck.model.claim import Claim
from kgcheck.model.interval import Interval
from kgcheck.model.period import Relation
from kgcheck.model.verdict import Severity, Verdict


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the gate's table: how a dimension of claim a lies to that of claim b.

    `note` says in words what follows from it. `decides` marks the line that set the verdict.
    """

    dimension: str
    relation: Relation | str
    a: str
    b: str
    note: str | None = None
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """A claim's part in a finding: the side it stands on (None where there are none) and its role."""

    claim: Claim
    side: int | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What is reported. `id` is stable for check and block; `fingerprint` adds verdict and claims.

    `message` is one neutral sentence, `innocent` the best harmless explanation, `settle` what would
    decide it, `question` what to ask the source. `context` lists IRIs of claims that stand between
    the sides, `nearest` the claim closest to the source, `roots` the number of independent roots.
    `also` names other checks that saw the same. `expected` is what a calculation gives where the
    finding holds a stated figure against it, in the base unit of that figure.
    """

    id: str
    fingerprint: str
    check: str
    block: str
    verdict: Verdict
    severity: Severity
    message: str
    reasons: tuple[Reason, ...]
    innocent: str
    settle: str
    question: str
    parties: tuple[Party, ...]
    context: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    nearest: str | None = None
    roots: int | None = None
    expected: Interval | None = None
