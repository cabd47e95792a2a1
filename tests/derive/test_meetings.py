"""Whoever stands in a block can be told by its meeting keys, document by document."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kgcheck.checks.registry import load_checks
from kgcheck.checks.runner import rows
from kgcheck.derive.blocks import WAITING
from kgcheck.derive.derivation import Derived, derive, memberships
from kgcheck.derive.meetings import Weight, companions, meeting_keys, neighbourhood
from kgcheck.derive.sources import read_computations, source_key
from kgcheck.derive.values import values
from kgcheck.namespaces import KGC
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
            told_keys = meeting_keys(own, told.documents, told.vocabulary)
            keys |= {iri: set(weights) for iri, weights in told_keys.items()}
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


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_who_waits_finds_nothing(folder: Path) -> None:
    """Checks give no row where everybody is in a role that waits for another.

    Nobody is cited where nobody cites, so that role does not come alone.
    """
    waiting = {KGC + "block" + role for role in WAITING - {"Cited"}}
    checks = [check for check in load_checks().values() if "kgc:block" in check.query]
    for case in sorted(folder.glob("*.ttl")):
        store = Store()
        store.raw.extend(vocabulary_store().raw)
        store.load([case])
        written = Store()
        derive(store, written, read_vocabulary(store), load_policy())
        for quad in list(written.raw):
            name = quad.predicate.value
            if name.startswith(KGC + "block") and name not in waiting:
                written.raw.remove(quad)
        for check in checks:
            assert not list(rows(check, written)), (case.name, check.id)


def test_weights_of_one_claim_and_another() -> None:
    _, told = derived(CHECKS / "cases" / "rank-value-mismatch" / "fires-highest.ttl")
    keys = meeting_keys(told.claims, told.documents, told.vocabulary)
    held = [weight for own in keys.values() for key, weight in own.items() if key.startswith("ranked|")]
    assert {Weight.WAITING, Weight.MEETING} == set(held)
    assert {own[source_key(told.claims[iri].document)] for iri, own in keys.items()} == {Weight.WAITING}


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
