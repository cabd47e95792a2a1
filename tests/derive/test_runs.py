"""Which gradings certainly fall into a run, by its unit, its length and the days on which it may end."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kgcheck.derive.gradings import run_blocks
from kgcheck.model.claim import Claim, Document, Evidence, Kind, Scope
from kgcheck.model.period import Period
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics.edtf import parse_edtf


@dataclass(frozen=True)
class Case:
    """A run of `length` `unit`s, said in a document of `said` (EDTF) or for `period`; `out` are the
    days on which gradings came out, `within` those that certainly fall into the run."""

    name: str
    length: int
    unit: str
    out: tuple[str, ...]
    within: tuple[str, ...]
    said: str | None = None
    period: str | None = None


CASES = [
    Case("last three years", 3, "year", ("2016", "2018", "2020"), ("2018", "2020"), said="2020-12-31"),
    Case("first day is outside", 1, "year", ("2019-06-30",), (), said="2020-06-30"),
    Case("day after it is inside", 1, "year", ("2019-07-01",), ("2019-07-01",), said="2020-06-30"),
    Case("last day is inside", 1, "year", ("2020-06-30",), ("2020-06-30",), said="2020-06-30"),
    Case("later grading", 1, "year", ("2020-07-01",), (), said="2020-06-30"),
    Case("four quarters", 4, "quarter", ("2019-03-31", "2019-04-01"), ("2019-04-01",), said="2020-03-31"),
    Case("months", 2, "month", ("2020-01-31", "2020-02-15"), ("2020-02-15",), said="2020-03-31"),
    Case("leap day", 1, "year", ("2019-03-01", "2019-02-28"), ("2019-03-01",), said="2020-02-29"),
    Case("short month", 1, "month", ("2021-02-28", "2021-03-01"), ("2021-03-01",), said="2021-03-31"),
    Case("uncertain day: end", 1, "year", ("2020-03-01", "2020-09-01"), (), said="2020-01/2020-10"),
    Case("uncertain day: core", 2, "year", ("2019-03-01",), ("2019-03-01",), said="2020-01/2020-10"),
    Case("uncertain day: start", 2, "year", ("2018-03-01",), (), said="2020-01/2020-10"),
    Case("stated period", 2, "year", ("2018-05-01", "2016-05-01"), ("2018-05-01",), period="2018"),
    Case("period before document", 1, "year", ("2019-05-01",), (), said="2020-01-01", period="2018"),
    Case("no day known", 3, "year", ("2019-05-01",), ()),
    Case("grading of some day", 1, "year", ("2019~",), (), said="2020-06-30"),
    Case("last two rounds", 2, "round", ("2010", "2015", "2019"), ("2015", "2019"), said="2020-01-01"),
    Case("fewer rounds than the run", 4, "round", ("2010", "2015"), ("2010", "2015"), said="2020-01-01"),
    Case("round not out", 2, "round", ("2015", "2017", "2021"), ("2015", "2017"), said="2020-01-01"),
    Case("round out by then?", 2, "round", ("2015", "2017", "2019-06"), ("2017",), said="2019"),
    Case("only round may be older", 1, "round", ("2017", "2019-06"), (), said="2019"),
]


def claim(iri: str, kind: Kind, period: Period, **more: object) -> Claim:
    scope = Scope(subject="school", question="teaching", period=period)
    return Claim(
        iri, kind, "document" if kind is Kind.RUN else f"document of {iri}", Evidence(""), scope, **more
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_run_holds_the_gradings_that_certainly_fall_into_it(case: Case) -> None:
    period = parse_edtf(case.period) if case.period else Period()
    run = claim("run", Kind.RUN, period, run_length=case.length, run_unit=case.unit, grade="good")
    gradings = [claim(day, Kind.GRADE, parse_edtf(day), grade="poor") for day in case.out]
    documents = {}
    if case.said:
        documents["document"] = Document("document", "document", issued=parse_edtf(case.said))
    found = list(run_blocks([run, *gradings], documents, Vocabulary()))
    assert {member.claim for member in found if member.role == "Round"} == set(case.within)
    assert len({member.key for member in found}) <= 1


def test_run_of_the_present_ends_when_it_was_said() -> None:
    """A present-tense run has its document's days for a period: it ends on one of them, not the last."""
    issued = parse_edtf("2020")
    run = claim("run", Kind.RUN, issued, run_length=3, run_unit="year", grade="good")
    grading = claim("2020-06-30", Kind.GRADE, parse_edtf("2020-06-30"), grade="poor")
    documents = {"document": Document("document", "document", issued=issued)}
    found = list(run_blocks([run, grading], documents, Vocabulary()))
    assert [member.role for member in found] == ["Run"]
