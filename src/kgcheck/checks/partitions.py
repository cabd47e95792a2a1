"""The derived graph in partitions by block, each of which runs the same checks by itself.

Claims meet only in blocks, so a partition that holds whole blocks, with all columns of their claims,
finds what these blocks hold in the whole graph. A claim that stands in blocks of several partitions is
in each of them, and each answers for its own blocks alone.

Whether sources are independent takes the whole citation graph. Checks that ask for that leave their
rows to whoever has it, and so is the number of roots of each finding.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pyoxigraph as ox

from kgcheck.checks.registry import Check
from kgcheck.checks.runner import formed, intervals_of, rows
from kgcheck.findings.forming import Forming
from kgcheck.findings.gate import Gate
from kgcheck.findings.rows import Row
from kgcheck.model.claim import Claim, Document
from kgcheck.model.finding import Finding
from kgcheck.model.verdict import Verdict
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import BLOCK, DERIVED, KGC
from kgcheck.store import Store

_DERIVED = ox.NamedNode(DERIVED)
_WITHOUT_ROOTS = (Verdict.APPARENT, Verdict.NONE)


_HEAD = f"@prefix : <{KGC}> .\n"
"""Statements travel as Turtle, in half the bytes of N-Triples; all their properties are kgcheck's own."""


class Member(NamedTuple):
    """A claim, its columns in the derived graph as "property value" in Turtle, and the same by block."""

    claim: Claim
    columns: tuple[str, ...]
    blocks: tuple[tuple[str, str], ...]


class Share(NamedTuple):
    """What a partition is told of a claim: the claim, and what the derived graph says, in Turtle."""

    claim: Claim
    statements: str


@dataclass(frozen=True, slots=True)
class Common:
    """What every partition needs and no partition changes."""

    checks: tuple[Check, ...]
    vocabulary: Vocabulary
    readings: Mapping[str, frozenset[str]]
    documents: Mapping[str, Document]
    drafts_only: bool = False


def common(checks: Sequence[Check], forming: Forming) -> Common:
    """What the partitions of a run share."""
    gate = forming.gate
    return Common(
        tuple(checks), gate.vocabulary, dict(gate.readings), dict(forming.documents), gate.drafts_only
    )


def members(store: Store, claims: Mapping[str, Claim]) -> Iterator[Member]:
    """All claims of the derived graph, in no order."""
    columns: dict[str, list[str]] = defaultdict(list)
    blocks: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for quad in store.raw.quads_for_pattern(None, None, None, _DERIVED):
        assert isinstance(quad.subject, ox.NamedNode), "a claim has a name"
        claim, line = quad.subject.value, f":{quad.predicate.value.removeprefix(KGC)} {quad.object}"
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(BLOCK):
            blocks[claim].append((quad.object.value, line))
        else:
            columns[claim].append(line)
    for claim in columns.keys() | blocks.keys():
        yield Member(claims[claim], tuple(columns[claim]), tuple(blocks[claim]))


def place(block: str, partitions: int) -> int:
    """The partition of a block, the same on every machine, which `hash` is not."""
    return int.from_bytes(hashlib.sha256(block.encode()).digest()[:8], "big") % partitions


def route(member: Member, partitions: int) -> Iterator[tuple[int, Share]]:
    """The partitions that need the claim, each with its share.

    Some checks look at a claim alone and give it as the block; so it has a place of its own.
    """
    lines: dict[int, list[str]] = {place(member.claim.iri, partitions): []}
    for block, line in member.blocks:
        lines.setdefault(place(block, partitions), []).append(line)
    for partition, own in lines.items():
        said = " ;\n".join((*member.columns, *own))
        yield partition, Share(member.claim, f"<{member.claim.iri}> {said} .\n")


def answer(
    partition: int, partitions: int, shares: Iterable[Share], common: Common
) -> Iterator[Finding | tuple[str, Row]]:
    """What one partition finds, without numbers of roots; and (check, row) of what it leaves open.

    Raises CheckError when a query fails.
    """
    claims: dict[str, Claim] = {}
    statements = [_HEAD]
    for share in shares:
        claims[share.claim.iri] = share.claim
        statements.append(share.statements)
    store = Store()
    store.raw.bulk_load("".join(statements).encode(), ox.RdfFormat.TURTLE, to_graph=_DERIVED)
    gate = Gate(common.vocabulary, common.readings, drafts_only=common.drafts_only)
    forming = Forming(gate, claims, common.documents)
    intervals = intervals_of(forming)
    for check in common.checks:
        own = [row for row in rows(check, store) if place(row.block, partitions) == partition]
        if asks_for_sources(check):
            yield from ((check.id, row) for row in own)
        else:
            yield from formed(check, own, forming, intervals)


def asks_for_sources(check: Check) -> bool:
    """Whether the gate looks at where claims come from before it judges."""
    return check.conflict == "agree"


def completed(
    found: Iterable[Finding | tuple[str, Row]], checks: Sequence[Check], forming: Forming
) -> Iterator[Finding]:
    """All findings of a run, from what its partitions gave and the whole citation graph."""
    left: dict[str, list[Row]] = defaultdict(list)
    for each in found:
        if isinstance(each, Finding):
            yield _with_roots(each, forming)
        else:
            left[each[0]].append(each[1])
    intervals = intervals_of(forming) if left else {}
    for check in checks:
        if check.id in left:
            yield from formed(check, left[check.id], forming, intervals)


def _with_roots(finding: Finding, forming: Forming) -> Finding:
    lineage = forming.gate.lineage
    if lineage is None or finding.verdict in _WITHOUT_ROOTS:
        return finding
    return replace(finding, roots=lineage.roots([party.claim.iri for party in finding.parties]))
