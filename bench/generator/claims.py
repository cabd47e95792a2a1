"""What a made-up graph consists of: claims, computations, documents and what is planted in them."""

from __future__ import annotations

from dataclasses import dataclass, field

Statement = tuple[str, str]
"""A property and its value, both as Turtle writes them with prefixes."""


@dataclass(slots=True)
class Claim:
    """A claim that has no document yet; `quote` None leaves its evidence out."""

    kind: str
    said: list[Statement]
    speaker: int
    quote: str | None
    sources: tuple[int, ...] = ()
    iri: str = ""
    backwards: bool = False
    restates: Claim | None = None


@dataclass(slots=True)
class Planted:
    """A conflict that kgcheck is to find: the check's name, its verdict and the claims, by side."""

    check: str
    verdict: str
    sides: list[list[Claim]]


@dataclass(slots=True)
class Malformed:
    """A claim that kgcheck is to refuse, and the local name of the shape that refuses it."""

    kind: str
    shape: str
    claim: Claim


@dataclass(slots=True)
class Unit:
    """Claims that are written all or none; `together` puts them into one document."""

    claims: list[Claim]
    together: bool = False
    total: list[Claim] = field(default_factory=list)
    """A result and its operands: the document computes one from the others."""
    planted: Planted | None = None
    malformed: Malformed | None = None


@dataclass(slots=True)
class Document:
    """A document with its claims, in the order of its text."""

    iri: str
    identifier: str
    publisher: int
    issued: str
    claims: list[Claim] = field(default_factory=list)
    totals: list[list[Claim]] = field(default_factory=list)
