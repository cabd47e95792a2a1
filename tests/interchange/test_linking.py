"""Labels to concepts: what counts as the same label, and what never does."""

from __future__ import annotations

import pytest

from kgcheck.interchange.concepts import slug
from kgcheck.interchange.linking import Candidate, Index, Match, folded, same_words

LABELS = {
    "time": "Patients seen within four hours",
    "men": "Male patients",
    "y15": "Recorded offences 2015/16",
    "births": "Births per death in the borough",
    "burton": "Burton",
}


def index() -> Index:
    return Index.of(LABELS, LABELS, {"time": ("four-hour standard",), "men": ("Men",)})


@pytest.mark.parametrize(
    ("label", "iri", "how"),
    [
        ("patients  seen within FOUR hours", "time", "exact"),
        ("Patients seen within four-hours", "time", "exact"),
        ("Four hour standard", "time", "alternative"),
        ("men", "men", "alternative"),
        ("Patients seen within the four hours", "time", "fuzzy"),
        ("Pateints seen within four hours", "time", "fuzzy"),
        ("Recorded offence 2015/16", "y15", "fuzzy"),
        ("within four hours seen patients", "time", "fuzzy"),
    ],
)
def test_links(label: str, iri: str, how: str) -> None:
    match = index().find(label)
    assert isinstance(match, Match)
    assert (match.iri, match.how) == (iri, how)
    assert match.score == 100 or how == "fuzzy"


@pytest.mark.parametrize(
    "label",
    [
        "Patients not seen within four hours",
        "Patients seen within five hours",
        "Patients seen within 4 hours",
        "Female patients",
        "Recorded offences 2016/17",
        "Unrecorded offences 2015/16",
        "Deaths per birth in the borough",
        "Barton",
        "Patients",
        "",
    ],
)
def test_stays_apart(label: str) -> None:
    assert index().find(label) is None


def test_the_threshold_holds() -> None:
    assert index().find("Pateints seen within four hours", threshold=99) is None


def test_a_label_of_two_concepts_is_left_to_people() -> None:
    labels = {"a": "Northtown", "b": "northtown"}
    assert Index.of(labels, labels, {}).find("Northtown") == (
        Candidate("a", "Northtown"),
        Candidate("b", "northtown"),
    )


def test_every_word_needs_its_counterpart() -> None:
    assert same_words("share of pupils", "share of the pupils")
    assert not same_words("share of pupils", "share of pupils absent")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Seen within four hours", "seen-within-four-hours"),
        ("A&E waits, over 12 hours", "a-and-e-waits-over-12-hours"),
        ("level 4+", "level-4-plus"),
        ("2015/16", "2015-16"),
        ("Café", "cafe-"),
        ("北京", ""),
    ],
)
def test_slugs(label: str, expected: str) -> None:
    assert slug(label).startswith(expected)
    assert slug(label).isascii()
    assert slug(label)


def test_slugs_keep_different_labels_apart() -> None:
    labels = [
        "level 4",
        "level 4+",
        "level 4*",
        "level 4?",
        "Café",
        "Cafe",
        "北京",
        "東京",
        "x" * 90,
        "x" * 91,
    ]
    assert len({slug(label) for label in labels}) == len(labels)


def test_spellings_of_one_label_share_a_slug() -> None:
    for a, b in [("Four-hour  wait", "four hour wait"), ("St John’s", "St John's"), ("A – B", "a - b")]:
        assert folded(a) == folded(b)
        assert slug(a) == slug(b)
