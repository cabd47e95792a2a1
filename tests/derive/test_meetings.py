"""Whoever stands in a block can be told by its meeting keys, document by document."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kgcheck.derive.derivation import Derived, derive, memberships
from kgcheck.derive.meetings import companions, meeting_keys, neighbourhood
from kgcheck.derive.sources import read_computations
from kgcheck.derive.values import values
from kgcheck.semantics import load_policy
from kgcheck.store import Store
from kgcheck.store.vocabulary import read_vocabulary

CHECKS = Path(__file__).parents[1] / "checks"
FOLDERS = sorted(path for path in (CHECKS / "cases").iterdir() if path.is_dir())
BY_OTHERS = {"Restated", "Beside"}
"""Roles that a claim has because another one restates something; `check_store` looks for them itself."""


@cache
def vocabulary_store() -> Store:
    store = Store()
    store.load_ontology()
    store.load([CHECKS / "vocabulary.ttl"])
    return store


def derived(case: Path) -> tuple[Store, Derived]:
    store = Store()
    store.raw.extend(vocabulary_store().raw)
    store.load([case])
    return store, derive(store, Store(), read_vocabulary(store), load_policy())


def test_there_are_cases() -> None:
    assert len(FOLDERS) >= 50


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_members_have_the_keys_of_their_blocks(folder: Path) -> None:
    for case in sorted(folder.glob("*.ttl")):
        store, told = derived(case)
        computations = list(read_computations(store))
        keys: dict[str, set[str]] = {}
        for document in {claim.document for claim in told.claims.values()}:
            own = {iri: claim for iri, claim in told.claims.items() if claim.document == document}
            keys |= meeting_keys(own, told.documents, told.vocabulary)
        found = values(told.claims.values(), told.vocabulary)
        members = list(memberships(told.claims, told.documents, found, told.vocabulary, computations))
        assert members or not told.claims
        for member in members:
            if member.role not in BY_OTHERS and not member.key.startswith("computation|"):
                assert keys[member.claim].intersection(member.meets_by), (case.name, member)
                missing = set(member.meets_by) - keys[member.claim]
                # Whoever shows one of several keys is found by the claim that has them all.
                assert not missing or any(
                    missing <= set(companions(claim, told.vocabulary)) for claim in told.claims.values()
                )


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("scope|level:urn:m|urn:s|urn:t|2020|-|-", ("urn:m", "urn:t", "urn:s")),
        ("scope|level:urn:m|*|urn:t|2020|-|-", ("urn:m", "urn:t", "2020")),
        ("scope|level:urn:m|urn:s|*|2020|-|-", ("urn:m", "urn:s", "2020")),
        ("bound|level:urn:m|urn:s|urn:t|2020|-|-", ("urn:m", "urn:t", "urn:s")),
        ("shared urn:x|change in ratio:urn:m|urn:s|urn:t|*|-|-", ("urn:m", "urn:t", "urn:s")),
        ("gradings|urn:force", ("gradings", "urn:force", "")),
        ("source|urn:d", ("source", "urn:d", "")),
    ],
)
def test_neighbours(key: str, place: tuple[str, str, str]) -> None:
    assert neighbourhood(key) == place
