"""Block keys: what claims must share to meet, and what keeps them apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgcheck.derive.blocks import block_iri, concept_token, judgeable, key_of, period_token, subject_token
from kgcheck.model.claim import Claim, Evidence, Kind, Mode, Scope
from kgcheck.model.period import Period
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import BLOCK
from kgcheck.semantics.edtf import parse_edtf

VOCABULARY = Vocabulary(canonical={"old council": "council"}, serves={"council": "shire"})
CLAIM = Claim("claim", Kind.STATISTICAL, "gazette", Evidence(""), Scope())


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("2020", "2020", True),
        ("2020", "2020-01-01/2020-12-31", True),
        ("2020", "2019", False),
        ("2020", "2020-12", False),
        ("2020~", "2020~", False),
        ("2020~", "2020", False),
        (None, None, False),
        (None, "2020", False),
    ],
)
def test_claims_of_two_documents_share_certain_periods_only(
    one: str | None, other: str | None, meet: bool
) -> None:
    first, second = (parse_edtf(words) if words else Period() for words in (one, other))
    assert (period_token(first, "gazette") == period_token(second, "herald")) is meet


@pytest.mark.parametrize("words", ["2020", "2020~", None])
def test_claims_of_one_document_share_whatever_it_says(words: str | None) -> None:
    period = parse_edtf(words) if words else Period()
    assert period_token(period, "gazette") == period_token(period, "gazette")


def test_a_period_that_is_not_needed_keeps_nobody_apart() -> None:
    assert period_token(Period(), "gazette", needed=False) == period_token(Period(), "herald", needed=False)


def test_a_needed_concept_that_is_not_stated_is_shared_within_one_document() -> None:
    assert concept_token(None, VOCABULARY, "gazette") == concept_token(None, VOCABULARY, "herald")
    own = concept_token(None, VOCABULARY, "gazette", needed=True)
    assert own == concept_token(None, VOCABULARY, "gazette", needed=True)
    assert own != concept_token(None, VOCABULARY, "herald", needed=True)
    assert own != concept_token(None, VOCABULARY, "gazette")


def test_a_renamed_body_and_the_area_it_serves_are_one_subject() -> None:
    tokens = {
        subject_token(replace(CLAIM, scope=Scope(subject=subject)), VOCABULARY)
        for subject in ("council", "old council", "shire")
    }
    assert tokens == {"shire"}


@pytest.mark.parametrize("mode", Mode)
def test_only_opinions_meet_nothing(mode: Mode) -> None:
    assert judgeable(replace(CLAIM, mode=mode)) is (mode is not Mode.OPINION)


def test_keys_tell_an_absent_token_from_an_empty_one() -> None:
    assert key_of("scope", None, "a") != key_of("scope", "", "a")
    assert key_of("scope", "a") != key_of("kin", "a")


def test_block_iri_is_opaque_and_stable() -> None:
    iri = block_iri(key_of("scope", "pass rate", "41%"))
    assert iri.startswith(BLOCK)
    assert "rate" not in iri.removeprefix(BLOCK)
    assert iri == block_iri(key_of("scope", "pass rate", "41%"))
    assert iri != block_iri(key_of("scope", "pass rate", "42%"))
