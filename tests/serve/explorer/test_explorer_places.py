"""Addresses: stable, one for each thing, and back again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kgcheck.model.claim import Claim, Document, Evidence, Kind, Scope
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.places import LONGEST, Places, address, part, segments

BASE = "https://example.org/data/"


def places_of(*identifiers: str, names: tuple[str, ...] = ("one",), agents: tuple[str, ...] = ()) -> Places:
    documents = {
        f"{BASE}{number}": Document(f"{BASE}{number}", name) for number, name in enumerate(identifiers)
    }
    claims = {}
    for iri in documents:
        for name in names:
            claim = Claim(f"{iri}#{name}", Kind.STATISTICAL, iri, Evidence("x"), Scope())
            claims[claim.iri] = claim
    return Places(documents, claims, agents, ())


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_there_and_back(identifier: str, name: str) -> None:
    places = places_of(identifier, names=(name,))
    path = places.of(f"{BASE}0#{name}")
    assert path is not None
    assert path.isascii()
    assert " " not in path
    if path.startswith("/resource"):
        assert identifier in (".", "..") or name in (".", "..")
        return
    kind, one, other = segments(path.encode())
    try:
        identifier.encode()
        name.encode()
    except UnicodeEncodeError:
        return  # halves of characters, which no graph can hold
    assert (kind, one, other) == ("claims", identifier, name)
    assert places.claim(one, other) is places.claims[f"{BASE}0#{name}"]


def test_a_name_that_two_things_have_leads_to_neither() -> None:
    places = places_of("same", "same", agents=(f"{BASE}a#x", f"{BASE}b#x", f"{BASE}b#y"))
    assert places.of(f"{BASE}0") == f"/resource?iri={part(f'{BASE}0')}"
    assert places.of(f"{BASE}a#x") == f"/resource?iri={part(f'{BASE}a#x')}"
    assert places.of(f"{BASE}b#y") == "/agents/y"
    assert places.of(f"{BASE}1#one") == f"/resource?iri={part(f'{BASE}1#one')}"


def test_what_is_too_long_has_no_address() -> None:
    places = places_of("x" * 5_000)
    assert places.of(f"{BASE}0") == f"/resource?iri={part(f'{BASE}0')}"
    assert places.of("https://example.org/" + "y" * LONGEST) is None


def test_findings_and_their_parts() -> None:
    places = places_of("a")
    assert places.of("urn:kgcheck:finding:0123") == "/findings/0123"
    assert places.of("urn:kgcheck:finding:0123:party:2") == "/findings/0123"
    assert places.of("urn:kgcheck:finding:a%3Ab") == "/findings/a%3Ab"


def test_addresses_do_not_depend_on_what_else_is_there(explorer: Explorer) -> None:
    """A claim's address holds when other documents come or go."""
    claims = explorer.report.claims
    few = replace(explorer.report, documents=dict(list(explorer.report.documents.items())[:1]))
    some = Places(few.documents, claims, (), ())
    for iri in few.documents:
        assert some.of(iri) == explorer.places.of(iri)
        for claim in explorer.catalogue.claims_of[iri]:
            assert some.of(claim.iri) == explorer.places.of(claim.iri)


def test_queries_of_addresses() -> None:
    assert address("/a") == "/a"
    assert address("/a", {"b": "", "c": "d e&f"}) == "/a?c=d+e%26f"
