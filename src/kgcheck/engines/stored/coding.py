"""Model objects as bytes.

They are read back into their own types and nothing else: what stands beside a store may come from a
stranger like the store itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kgcheck.model.claim import Claim, Document
from kgcheck.model.finding import Finding, Party, Reason
from kgcheck.model.interval import Interval
from kgcheck.model.period import Relation
from kgcheck.model.report import Violation
from kgcheck.model.verdict import Severity, Verdict

_RELATIONS = {relation.value: relation for relation in Relation}


@dataclass(frozen=True, slots=True)
class Contents:
    """What is remembered of one graph beside its claims.

    `around` are the statements about anything but claims, as N-Quads; `claims` the IRIs of all claims,
    valid or not. `violations` are those whose focus stands in the graph, `invalid` the claims left out for
    them, `unread` those whose words have no meaning, and why. `links` are citations by claims left out.
    `drafts` and `reviewed` say whether there are valid claims of that status.
    """

    around: bytes = b""
    claims: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    violations: tuple[Violation, ...] = ()
    invalid: tuple[str, ...] = ()
    unread: dict[str, str] = field(default_factory=dict)
    links: tuple[tuple[str, str, str], ...] = ()
    drafts: bool = False
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class _Finding:
    """A finding with the IRIs of its claims in place of the claims."""

    id: str
    fingerprint: str
    check: str
    block: str
    verdict: Verdict
    severity: Severity
    message: str
    reasons: tuple[tuple[str, str, str, str, str | None, bool], ...]
    innocent: str
    settle: str
    question: str
    parties: tuple[tuple[str, int | None, str | None], ...]
    context: tuple[str, ...]
    nearest: str | None
    roots: int | None
    expected: Interval | None


_encoder = msgspec.msgpack.Encoder()
_claims = msgspec.msgpack.Decoder(Claim)
_contents = msgspec.msgpack.Decoder(Contents)
_findings = msgspec.msgpack.Decoder(_Finding)


def encode(value: Any) -> bytes:
    """A claim or the contents of a graph as bytes."""
    return _encoder.encode(value)


def decode_claim(data: bytes) -> Claim:
    """The claim that `encode` made bytes of. Raises ValueError for other bytes."""
    return _claims.decode(data)


def decode_contents(data: bytes) -> Contents:
    """The contents that `encode` made bytes of. Raises ValueError for other bytes."""
    return _contents.decode(data)


def encode_finding(finding: Finding) -> bytes:
    """A finding that has not been merged with others as bytes; its claims are named."""
    return _encoder.encode(
        _Finding(
            id=finding.id,
            fingerprint=finding.fingerprint,
            check=finding.check,
            block=finding.block,
            verdict=finding.verdict,
            severity=finding.severity,
            message=finding.message,
            reasons=tuple((r.dimension, r.relation, r.a, r.b, r.note, r.decides) for r in finding.reasons),
            innocent=finding.innocent,
            settle=finding.settle,
            question=finding.question,
            parties=tuple((party.claim.iri, party.side, party.role) for party in finding.parties),
            context=finding.context,
            nearest=finding.nearest,
            roots=finding.roots,
            expected=finding.expected,
        )
    )


def parties(data: bytes) -> tuple[str, ...]:
    """The IRIs of the claims of the finding that `encode_finding` made bytes of."""
    return tuple(iri for iri, _, _ in _findings.decode(data).parties)


def decode_findings(
    blobs: Iterable[bytes], named: Callable[[Iterable[str]], Iterable[Claim]]
) -> tuple[Finding, ...]:
    """The findings of `encode_finding`; `named` gives claims by IRI. Raises ValueError, KeyError."""
    told = [_findings.decode(blob) for blob in blobs]
    claims = {claim.iri: claim for claim in named({iri for each in told for iri, _, _ in each.parties})}
    return tuple(_finding(each, claims) for each in told)


def _finding(told: _Finding, claims: Mapping[str, Claim]) -> Finding:
    return Finding(
        id=told.id,
        fingerprint=told.fingerprint,
        check=told.check,
        block=told.block,
        verdict=told.verdict,
        severity=told.severity,
        message=told.message,
        reasons=tuple(
            Reason(dimension, _RELATIONS.get(relation, relation), a, b, note, decides)
            for dimension, relation, a, b, note, decides in told.reasons
        ),
        innocent=told.innocent,
        settle=told.settle,
        question=told.question,
        parties=tuple(Party(claims[iri], side, role) for iri, side, role in told.parties),
        context=told.context,
        nearest=told.nearest,
        roots=told.roots,
        expected=told.expected,
    )
