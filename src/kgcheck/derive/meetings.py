"""By what claims can meet, told from each claim alone.

Whether a claim stands in a block may hang on others: a part needs its whole, a trend the levels at both
ends. Meeting keys are coarser and do not: all claims that have a say in a block have the block's meeting
keys. So whoever knows the keys of a changed claim knows which blocks may have changed, and which other
claims it takes to form them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum

from kgcheck.derive.blocks import ANY, WAITING, judgeable
from kgcheck.derive.derivation import memberships
from kgcheck.derive.gradings import rounds_key
from kgcheck.derive.sources import Computation, source_key
from kgcheck.derive.statements import aspects
from kgcheck.derive.values import trend_ends, values, whole_scopes
from kgcheck.model.claim import Claim, Document, Kind
from kgcheck.model.vocabulary import Vocabulary


class Weight(IntEnum):
    """What it takes, beside a claim with a meeting key, for a block to be formed by that key."""

    WAITING = 0
    """Others that do not merely wait as well."""
    MEETING = 1
    """One other claim with the key."""
    ALONE = 2
    """Nothing: the claim forms a block by itself, or with claims that do not have the key."""


_ALONE = frozenset({"CitesLater", "Citing", "Restating"})


def _weight(role: str) -> Weight:
    if role in WAITING:
        return Weight.WAITING
    return Weight.ALONE if role in _ALONE else Weight.MEETING


def meeting_keys(
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    vocabulary: Vocabulary,
    computations: Iterable[Computation] = (),
) -> dict[str, dict[str, Weight]]:
    """The meeting keys of each claim with their weights, whatever other claims there are.

    Of restatements only the claim that restates has the key, see `companions`.
    """
    found = values(claims.values(), vocabulary)
    keys = {iri: {source_key(claim.document): Weight.WAITING} for iri, claim in claims.items()}

    def note(claim: str, weight: Weight, told: Iterable[str]) -> None:
        own = keys[claim]
        for key in told:
            own[key] = max(weight, own.get(key, weight))

    for membership in memberships(claims, documents, found, vocabulary, computations):
        note(membership.claim, _weight(membership.role), membership.meets_by)
    for value in found:
        note(value.claim.iri, Weight.WAITING, (whole for _, _, whole in whole_scopes(value, vocabulary)))
    for iri, claim in claims.items():
        note(iri, Weight.MEETING, trend_ends(claim, vocabulary) or ())
        note(iri, Weight.MEETING, (key for _, key in aspects(claim, vocabulary)))
        if claim.kind is Kind.RUN or (claim.kind is Kind.GRADE and judgeable(claim)):
            note(iri, Weight.MEETING, (rounds_key(claim, vocabulary),))
    return keys


def companions(claim: Claim, vocabulary: Vocabulary) -> Iterator[str]:
    """The keys of all blocks of which this claim shows only one of several meeting keys.

    Whoever forms a block in which the claim stands needs the claims of these keys too.
    """
    yield from trend_ends(claim, vocabulary) or ()
    if claim.reading_of is not None:
        yield f"reading|{claim.reading_of}"


def neighbourhood(key: str) -> tuple[str, str, str]:
    """Where a key belongs, from coarse to fine: claims that share one mostly share others near by.

    Keys that begin alike are about one measure, or one body, or one document.
    """
    family, _, rest = key.partition("|")
    first, _, rest = rest.partition("|")
    second, _, rest = rest.partition("|")
    if family in ("scope", "bound") or family.startswith("shared "):
        topic, _, rest = rest.partition("|")
        measure, subject, period = first.partition(":")[2], second, rest.partition("|")[0]
        if topic == ANY:
            return measure, subject, period
        return measure, topic, period if subject == ANY else subject
    return family, first, second
