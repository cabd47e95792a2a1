"""The printed figure, by which a number is known again when its scope or its measure has changed."""

from __future__ import annotations

import pytest

from kgcheck.derive.sources import figure
from kgcheck.derive.values import Value, values
from kgcheck.model.claim import Claim, Evidence, Kind, Scope
from kgcheck.model.meaning import UnitKind
from kgcheck.model.vocabulary import Measure, Vocabulary
from kgcheck.semantics import interpret

VOCABULARY = Vocabulary(
    measures={
        "share": Measure("share", UnitKind.RATIO, interpret("0% to 100%").outer),
        "count": Measure("count", UnitKind.COUNT, interpret("0 to 1,000,000").outer),
    }
)


def value(words: str, measure: str) -> Value:
    kind = VOCABULARY.measures[measure].kind
    claim = Claim(
        "claim", Kind.STATISTICAL, "document", Evidence(words), Scope(measure=measure), stated=words,
        meaning=interpret(words, kind=kind),
    )  # fmt: skip
    (found,) = values([claim], VOCABULARY)
    return found


@pytest.mark.parametrize(
    ("words", "measure", "printed", "digits"),
    [
        ("83.6%", "share", "0.164", 3),
        ("16.4%", "share", "0.164", 3),
        ("90%", "share", "0.1", 1),
        ("nine out of ten", "share", "0.1", 1),
        ("one in ten", "share", "0.1", 1),
        ("50.0%", "share", "0.5", 1),
        ("0.5%", "share", "0.005", 1),
        ("412", "count", "412", 3),
        ("about 412", "count", "412", 3),
        ("24,300", "count", "24300", 3),
        ("1,005", "count", "1005", 4),
    ],
)
def test_figure_is_the_same_for_a_share_and_its_rest(
    words: str, measure: str, printed: str, digits: int
) -> None:
    assert figure(value(words, measure)) == (printed, digits)
