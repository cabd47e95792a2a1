"""What is said of two claims of which no check says anything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgcheck.model.claim import Claim, Evidence, Kind, Mode, Scope
from kgcheck.model.finding import Reason
from kgcheck.model.period import Relation
from kgcheck.report.silence import why_nothing

A = Claim("urn:a#1", Kind.STATISTICAL, "urn:a", Evidence("2%"), Scope())
B = replace(A, iri="urn:b#1", document="urn:b")


def reasons(**relations: Relation) -> list[Reason]:
    return [Reason(name, relation, "x", "y") for name, relation in relations.items()]


@pytest.mark.parametrize(
    ("b", "relations", "words"),
    [
        (replace(B, restates=(A.iri,)), {}, "restates the other"),
        (B, {"measure": Relation.DISJOINT, "period": Relation.DISJOINT}, "(measure and period)"),
        (B, {"measure": Relation.EQUAL, "period": Relation.DISJOINT}, "another period"),
        (B, {"period": Relation.UNKNOWN}, "period is not known to be the same"),
        (B, {"topic": Relation.UNKNOWN, "period": Relation.UNKNOWN}, "topic and period are not known"),
        (B, {"period": Relation.OVERLAPS}, "a part of what the other speaks of (period)"),
        (replace(B, kind=Kind.RANK), {"measure": Relation.EQUAL}, "different kinds"),
        (B, {"measure": Relation.EQUAL}, "both can hold as worded."),
        (replace(B, document=A.document), {"measure": Relation.EQUAL}, "no second source"),
    ],
)
def test_the_reason_is_that_of_the_table(b: Claim, relations: dict[str, Relation], words: str) -> None:
    assert words in why_nothing(A, b, reasons(**relations))


def test_readings_and_forecasts() -> None:
    one, two = (replace(claim, reading_of="urn:a#s") for claim in (A, B))
    assert "two readings" in why_nothing(one, two, ())
    one, two = (replace(claim, mode=Mode.FORECAST) for claim in (A, B))
    assert "flatly asserted" in why_nothing(one, two, reasons(measure=Relation.EQUAL))
