"""Every check on its cases: where it fires, and the near misses on which it stays silent.

A case is a Turtle file under `cases/<check>/`. Its `#+` lines are a TOML header: `case` says in a
sentence what it is about, each `[[finding]]` is one finding to be expected, whole: the verdict, the
dimension that `decides`, the claims on each of the `sides` (or `claims`, where there are no sides),
each after the role that it has, and the `context`. No other finding may appear. A folder of the
case's name holds the texts of its documents.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kgcheck.checks.registry import load_checks
from kgcheck.derive import derive
from kgcheck.derive.names import BLOCKS, COLUMNS
from kgcheck.engines.local import run_check, run_whole
from kgcheck.model.finding import Finding, Party
from kgcheck.model.report import Report
from kgcheck.namespaces import DERIVED, KGC
from kgcheck.semantics import load_policy
from kgcheck.store import Store
from kgcheck.store.vocabulary import read_vocabulary
from kgcheck.validation import validate

HERE = Path(__file__).parent
VOCABULARY = HERE / "vocabulary.ttl"
CHECKS = load_checks()
CASES = sorted((HERE / "cases").glob("*/*.ttl"))
FLOOR = 370
PLAIN_ROLES = {None, "value", "share"}


def header(case: Path) -> dict[str, Any]:
    """The TOML header of a case."""
    lines = case.read_text(encoding="utf-8").splitlines()
    return tomllib.loads("\n".join(line[2:].strip() for line in lines if line.startswith("#+")))


def named(party: Party) -> str:
    """A claim by its local name, after its role where that says something."""
    name = party.claim.iri.rpartition("#")[2]
    return name if party.role in PLAIN_ROLES else f"{party.role} {name}"


def summary(finding: Finding) -> dict[str, Any]:
    """A finding in the form in which cases give it."""
    found: dict[str, Any] = {"verdict": finding.verdict.value}
    if decides := [reason.dimension for reason in finding.reasons if reason.decides]:
        (found["decides"],) = decides
    sides = sorted({party.side for party in finding.parties if party.side is not None})
    if sides:
        found["sides"] = sorted(
            sorted(named(party) for party in finding.parties if party.side == side) for side in sides
        )
    else:
        found["claims"] = sorted(named(party) for party in finding.parties)
    if finding.context:
        found["context"] = sorted(iri.rpartition("#")[2] for iri in finding.context)
    return found


def expected(case: Path) -> list[dict[str, Any]]:
    """The findings that a case names, in the order of `summary`."""
    found = header(case).get("finding", [])
    for finding in found:
        if "sides" in finding:
            finding["sides"] = sorted(sorted(side) for side in finding["sides"])
        for name in ("claims", "context"):
            if name in finding:
                finding[name].sort()
    return sorted(found, key=str)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_case(case: Path, run: Callable[..., Report]) -> None:
    report = run([case], select=[case.parent.name])
    assert not report.violations
    assert sorted((summary(finding) for finding in report.findings), key=str) == expected(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_case_is_named_for_what_it_shows(case: Path) -> None:
    verdicts = [finding["verdict"] for finding in header(case).get("finding", [])]
    if case.stem.startswith("fires-"):
        assert verdicts
    else:
        assert case.stem.startswith("silent-")
        assert CHECKS[case.parent.name].verdict.value not in verdicts


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_has_cases(name: str) -> None:
    cases = [case.stem for case in CASES if case.parent.name == name]
    assert sum(case.startswith("fires-") for case in cases) >= 2
    assert sum(case.startswith("silent-") for case in cases) >= 3


def test_every_case_is_collected() -> None:
    assert len(CASES) >= FLOOR
    assert {case.parent.name for case in CASES} <= set(CHECKS)


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """All cases at once, each moved to addresses of its own."""
    store = Store()
    store.load_ontology()
    store.load_ontology([VOCABULARY])
    store.load(_apart(tmp_path_factory.mktemp("apart")))
    return store


def test_cases_are_well_formed(together: Store) -> None:
    found = validate(together).violations
    assert [violation for violation in found if violation.severity == "Violation"] == []


def test_names_are_those_that_are_written(together: Store) -> None:
    derived = Store()
    derive(together, derived, read_vocabulary(together), load_policy("default"))
    quads = derived.raw.quads_for_pattern(None, None, None, ox.NamedNode(DERIVED))
    written = {quad.predicate.value.removeprefix(KGC) for quad in quads}
    traced = {"blockCircle", "quoteStatus"}
    assert written <= BLOCKS | COLUMNS
    assert {name for name in (BLOCKS | COLUMNS) - written if not name.endswith("Open")} == traced


def test_what_no_check_reads_is_not_missed(tmp_path: Path) -> None:
    """The derived graph with all columns gives the same findings as the one that is cut to the checks."""
    files = list(_apart(tmp_path))
    cut, whole = run_check(files, vocabulary=[VOCABULARY]), run_whole(files, vocabulary=[VOCABULARY])
    assert len(cut.findings) > len(CHECKS)
    assert cut.findings == whole.report.findings


def _apart(folder: Path) -> Iterator[Path]:
    for number, case in enumerate(CASES):
        text = case.read_text(encoding="utf-8").replace("/press/>", f"/press/{number}/>", 1)
        moved = folder / f"{number}.ttl"
        moved.write_text(re.sub(r'(dct:identifier "[^"]+)"', rf'\1-{number}"', text), encoding="utf-8")
        yield moved
