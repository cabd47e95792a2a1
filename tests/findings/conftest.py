"""The vocabulary of the cases of the checks, and claims written in a few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kgcheck.model.claim import Claim, Evidence, Kind, Mode, Scope
from kgcheck.model.period import Period, Span
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics import interpret, interpret_change
from kgcheck.semantics.edtf import parse_edtf
from kgcheck.store import Store
from kgcheck.store.vocabulary import read_vocabulary

TOWN = "https://example.org/town#"
CONCEPTS = ("measure", "subject", "topic", "population", "method", "inspection")
NAMED = ("grade", "person", "post", "proposition")
PLAIN = ("direction", "tense", "reading_of", "reading", "affirmed", "reviewed", "run_length", "run_unit")


@pytest.fixture(scope="session")
def vocabulary(checkout: Path) -> Vocabulary:
    store = Store()
    store.load_ontology()
    store.load_ontology([checkout / "tests" / "checks" / "vocabulary.ttl"])
    return read_vocabulary(store)


@pytest.fixture(scope="session")
def claimed(vocabulary: Vocabulary) -> Callable[[str, Mapping[str, Any]], Claim]:
    """A claim from its name and a table of what it says; `kind` is statistical where not given."""

    def build(name: str, said: Mapping[str, Any]) -> Claim:
        kind = Kind[said.get("kind", "statistical").upper()]
        document = said.get("document", name)
        meaning = None
        measure = vocabulary.measures.get(f"{TOWN}{said.get('measure')}")
        if kind is Kind.TREND and "value" in said:
            meaning = interpret_change(said["value"], direction=said.get("direction"))
        elif "value" in said:
            kinds = measure.kind if measure else None
            meaning = interpret(said["value"], kind=kinds, uncertainty=said.get("uncertainty"))
        questions = tuple(TOWN + question for question in said.get("questions", ()))
        scope = Scope(
            **{field: TOWN + said[field] for field in CONCEPTS if field in said},
            period=_period(said.get("period")),
            vintage=said.get("vintage"),
            question=questions[0] if len(questions) == 1 else None,
        )
        more = {field: TOWN + said[field] for field in NAMED if field in said}
        more |= {field: said[field] for field in PLAIN if field in said}
        return Claim(
            name,
            kind,
            document,
            Evidence(said.get("value", name)),
            scope,
            sources=tuple(TOWN + source for source in said.get("sources", ())),
            stated=said.get("value"),
            meaning=meaning,
            mode=Mode(said.get("mode", "asserted")),
            inferred=frozenset(said.get("inferred", ())),
            questions=questions,
            **more,
        )

    return build


def _period(words: str | None) -> Period:
    """EDTF, or two days with a slash between them: all the days from one to the other."""
    if words is None:
        return Period()
    if len(words) == 21:
        span = Span(*(date.fromisoformat(day) for day in words.split("/")))
        return Period(span, span)
    return parse_edtf(words)
