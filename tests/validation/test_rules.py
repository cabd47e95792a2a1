"""The rules that SHACL cannot state, on cases from disk.

`rules/<rule>/<case>/` holds the files of one small graph; the name of the case begins with
`conforming` or `violating`. `rules/<rule>/expected.toml` has all results on each violating case.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kgcheck.assets import folder
from kgcheck.model.report import Violation
from kgcheck.store import Store
from kgcheck.validation import validate
from kgcheck.validation.rules import RULES

RULE_CASES = Path(__file__).parent / "rules"
SHARED = Path(__file__).parents[1] / "shapes"
CASES = sorted(case for case in RULE_CASES.glob("*/*") if case.is_dir())

Result = dict[str, str]


def named(case: Path) -> str:
    return case.relative_to(RULE_CASES).as_posix()


def record(violation: Violation) -> Result:
    keys = ("severity", "focus", "path", "shape", "message")
    return {key: value for key in keys if (value := getattr(violation, key))}


def results(case: Path) -> list[Result]:
    store = Store()
    store.load_ontology([folder("ontology") / "kgcheck.ttl", SHARED / "vocabulary.ttl"])
    store.load([SHARED / "agents.ttl", case])
    return [record(violation) for violation in validate(store).violations]


@pytest.mark.parametrize("case", CASES, ids=named)
def test_rule(case: Path) -> None:
    with (case.parent / "expected.toml").open("rb") as file:
        expected = tomllib.load(file).get(case.name, [])
    assert bool(expected) == case.name.startswith("violating")
    assert results(case) == expected


def test_every_rule_has_both_kinds_of_case() -> None:
    for rule in RULES:
        names = [case.name for case in CASES if case.parent.name == rule.removeprefix("kgs:Graph-")]
        assert {name.partition("-")[0] for name in names} == {"conforming", "violating"}, rule
    assert len(CASES) >= 16
