"""Where things of the graph stand on the server: addresses that stay the same from run to run.

A document has its identifier in the address, a claim that and its own name, a finding its id, people,
bodies and concepts the last part of their IRI. What has no such name, or shares it, has an address with
its whole IRI.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote_to_bytes, urlencode

from kgcheck.findings.rdf import FINDING
from kgcheck.model.claim import Claim, Document
from kgcheck.report.html.element import Place

LONGEST = 4000
"""Servers and browsers cut off addresses much longer than this."""

RESOURCE = "/resource"


def address(path: str, query: Mapping[str, str] | None = None) -> str:
    """A path with a query; parts that are empty are left out."""
    asked = {name: value for name, value in (query or {}).items() if value}
    return f"{path}?{urlencode(asked, errors='replace')}" if asked else path


def way_to(path: str, query: Mapping[str, str]) -> Place | None:
    """The same as where a link leads; None for what is too long for an address."""
    found = address(path, query)
    return Place(found) if len(found) < LONGEST else None


def part(name: str) -> str:
    """A name as one segment of a path."""
    return quote(name, safe="", errors="replace")


def segments(raw_path: bytes) -> list[str]:
    """The names that a path on the wire is made of."""
    pieces = raw_path.partition(b"?")[0].split(b"/")[1:]
    return [unquote_to_bytes(piece).decode("utf-8", "replace") for piece in pieces]


def local_name(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def _usable(name: str) -> bool:
    """Browsers resolve dots, and an empty segment is a list's own address."""
    return name not in ("", ".", "..") and len(name) < LONGEST // 3


@dataclass(slots=True)
class Places:
    """From IRIs to addresses, and back."""

    documents: Mapping[str, Document]
    claims: Mapping[str, Claim]
    agents: Iterable[str]
    concepts: Iterable[str]
    by_identifier: dict[str, str] = field(init=False)
    by_agent: dict[str, str] = field(init=False)
    by_concept: dict[str, str] = field(init=False)
    _paths: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.by_identifier = _alone((d.identifier, iri) for iri, d in self.documents.items())
        self.by_agent = _alone((local_name(iri), iri) for iri in self.agents)
        self.by_concept = _alone((local_name(iri), iri) for iri in self.concepts)
        tables = (
            ("documents", self.by_identifier),
            ("agents", self.by_agent),
            ("concepts", self.by_concept),
        )
        self._paths = {iri: f"/{kind}/{part(name)}" for kind, table in tables for name, iri in table.items()}

    def of(self, iri: str) -> str | None:
        """The address of a thing; None for an IRI too long to stand in one."""
        if known := self._paths.get(iri):
            return known
        if claim := self.claims.get(iri):
            found = self._claim(claim)
        elif iri.startswith(FINDING):
            found = f"/findings/{part(unquote(iri))}"
        else:
            found = None
        found = found or address(RESOURCE, {"iri": iri})
        return found if len(found) < LONGEST else None

    def _claim(self, claim: Claim) -> str | None:
        document = self.documents.get(claim.document)
        name = claim.iri.removeprefix(f"{claim.document}#")
        if document is None or name == claim.iri or not _usable(name):
            return None
        if self.by_identifier.get(document.identifier) != document.iri:
            return None
        return f"/claims/{part(document.identifier)}/{part(name)}"

    def claim(self, identifier: str, name: str) -> Claim | None:
        """The claim of an address."""
        return self.claims.get(f"{self.by_identifier.get(identifier)}#{name}")


def unquote(iri: str) -> str:
    """The id of the finding that an IRI names, or of which it names a part."""
    return unquote_to_bytes(iri.removeprefix(FINDING).partition(":")[0]).decode("utf-8", "replace")


def _alone(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names that one thing alone has."""
    pairs = list(named)
    counts = Counter(name for name, _ in pairs)
    return {name: iri for name, iri in pairs if counts[name] == 1 and _usable(name)}
