"""Blocks: claims meet only in blocks, and a claim stands in several, by role.

A block is named by an opaque hash of what its members share, so that its IRI carries no value. A
role is a property of the derived graph: `kgc:blockSame`, `kgc:blockPart` and so on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from kgcheck.model.claim import Claim
from kgcheck.model.period import Period
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import BLOCK

UNKNOWN = "?"
ANY = "*"
ABSENT = "-"

WAITING = frozenset(
    {
        "BoundUpper",
        "Cited",
        "CountLevel",
        "CountRank",
        "GradeWhole",
        "Holder",
        "Part",
        "RankedValue",
        "Ranks",
        "SharePart",
    }
)
"""Roles that no packaged check asks for without another one that is not among them."""


class Membership(NamedTuple):
    """`claim` stands in the block named by `key` in this `role` (a local name without "block").

    `meetings` are the keys by which alone one can tell who may be in the block (see `meeting_keys`);
    without any it is the key of the block.
    """

    claim: str
    role: str
    key: str
    meetings: tuple[str, ...] = ()

    @property
    def meets_by(self) -> tuple[str, ...]:
        """The meeting keys of the block."""
        return self.meetings or (self.key,)


def block_iri(key: str) -> str:
    """The IRI of the block with this key."""
    return BLOCK + hashlib.sha256(key.encode()).hexdigest()[:24]


def key_of(family: str, *tokens: str | None) -> str:
    """A block key; None stands for "not stated and not needed"."""
    return "|".join([family, *(ABSENT if token is None else token for token in tokens)])


def period_token(period: Period, document: str, *, needed: bool = True) -> str:
    """Claims share this token only if they certainly speak of the same days.

    An unstated or uncertain period is shared within one document alone.
    """
    if period.certain:
        return str(period.hull)
    if period.hull is not None:
        return f"~{period.hull}@{document}"
    return f"{UNKNOWN}@{document}" if needed else ABSENT


def concept_token(iri: str | None, vocabulary: Vocabulary, document: str, *, needed: bool = False) -> str:
    """The canonical concept; a needed one that is not stated is shared within one document alone."""
    if iri is not None:
        return vocabulary.same(iri) or iri
    return f"{UNKNOWN}@{document}" if needed else ABSENT


def subject_token(claim: Claim, vocabulary: Vocabulary, *, needed: bool = True) -> str:
    """The place a claim is about; a needed one that is not stated is shared within one document."""
    return concept_token(vocabulary.place(claim.scope.subject), vocabulary, claim.document, needed=needed)


def ancestors(iri: str | None, vocabulary: Vocabulary) -> Iterable[str]:
    """All that this concept is part of, for sums."""
    return sorted(vocabulary.part_of.get(vocabulary.same(iri) or "", ()))


def judgeable(claim: Claim) -> bool:
    """Opinions meet nothing: they are not about what is the case."""
    return claim.mode != "opinion"
