"""What a check of a store finds that the last one did not, and the other way round.

Findings are merged only with those that share claims with them. So what a change has made of the merged
findings is seen by looking at those around the blocks that it touched, before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kgcheck.checks.registry import Check
from kgcheck.engines.stored.coding import Contents, decode_findings
from kgcheck.findings.baseline import compared
from kgcheck.findings.forming import merge
from kgcheck.model.claim import Claim, Evidence, Kind, Scope
from kgcheck.model.finding import Finding
from kgcheck.model.waiver import Change

Named = Callable[[Iterable[str]], Iterable[Claim]]
"""The claims with these IRIs, as far as there are any."""


@dataclass(frozen=True, slots=True)
class News:
    """What was found before and after a change, as bytes, as far as it may differ.

    `contents` are those of all graphs as they were before.
    """

    before: Collection[bytes]
    after: Collection[bytes]
    contents: Mapping[str, Contents]

    def findings(self, checks: Sequence[Check], named: Named) -> tuple[tuple[Finding, ...], Change]:
        """The findings of these checks that are new or changed, and what became of which."""
        earlier = merged(self.before, checks, lambda iris: _named_at_least(iris, named))
        later = merged(self.after, checks, named)
        change = compared(later, ({name: str(getattr(old, name)) for name in _TOLD} for old in earlier))
        fresh = change.new | change.changed
        change = replace(change, unchanged=frozenset(), since="the last check", partial=True)
        return tuple(finding for finding in later if finding.id in fresh), change

    def unknown(self, remembered: Mapping[str, Contents]) -> dict[str, Contents]:
        """What these graphs have of violations and claims left out that was not there before."""
        violations = {violation for each in self.contents.values() for violation in each.violations}
        left_out = {iri for each in self.contents.values() for iri in (*each.invalid, *each.unread)}
        return {
            graph: replace(
                each,
                violations=tuple(v for v in each.violations if v not in violations),
                invalid=tuple(iri for iri in each.invalid if iri not in left_out),
                unread={iri: why for iri, why in each.unread.items() if iri not in left_out},
            )
            for graph, each in remembered.items()
        }


_TOLD = ("id", "fingerprint", "check", "verdict", "message")


def merged(found: Iterable[bytes], checks: Sequence[Check], named: Named) -> tuple[Finding, ...]:
    """The findings of these checks, put together with those that show the same."""
    names = {check.id for check in checks}
    findings = (finding for finding in decode_findings(found, named) if finding.check in names)
    return merge(findings, {check.id for check in checks if check.narrows})


def _named_at_least(iris: Iterable[str], named: Named) -> Iterator[Claim]:
    """These claims; of one that is gone, its name."""
    known = {claim.iri: claim for claim in named(iris)}
    for iri in iris:
        yield known.get(iri) or Claim(iri, Kind.PROPOSITION, "", Evidence(""), Scope())
