"""The claims of a checked store, fetched when somebody asks for them."""

from __future__ import annotations

import sqlite3
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from contextlib import closing
from pathlib import Path

from kgcheck.engines.stored.state import NAME, State
from kgcheck.model.claim import Claim

FEW = 10_000
"""Up to so many claims are simply kept."""


class StoredClaims(Mapping[str, Claim]):
    """All claims by IRI; in memory are those that were asked for, and those in findings."""

    def __init__(self, folder: Path, number: int, kept: Mapping[str, Claim]) -> None:
        self._path = folder / NAME
        self._number = number
        self._kept = dict(kept)

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[str]:
        with closing(self._connection()) as connection:
            yield from State(connection).names()

    def __getitem__(self, iri: str) -> Claim:
        if iri not in self._kept:
            with closing(self._connection()) as connection:
                for claim in State(connection).claims_named([iri]):
                    self._kept[iri] = claim
        return self._kept[iri]

    def values(self) -> ValuesView[Claim]:
        """All claims, read one after the other."""
        return _Values(self)

    def items(self) -> ItemsView[str, Claim]:
        """The same with their IRIs."""
        return _Items(self)

    def stream(self) -> Iterator[Claim]:
        """All claims in the order of their IRIs; none is kept."""
        with closing(self._connection()) as connection:
            yield from State(connection).every_claim()

    def _connection(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)


class _Values(ValuesView[Claim]):
    _mapping: StoredClaims

    def __iter__(self) -> Iterator[Claim]:
        return self._mapping.stream()


class _Items(ItemsView[str, Claim]):
    _mapping: StoredClaims

    def __iter__(self) -> Iterator[tuple[str, Claim]]:
        return ((claim.iri, claim) for claim in self._mapping.stream())
