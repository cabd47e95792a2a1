"""Sheets of several subjects, from the cells to the files and from there to the verdicts."""

from __future__ import annotations

import os
import random
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from kgcheck.engines.local import run_check
from kgcheck.interchange.importing import ImportReport, import_sheet
from kgcheck.interchange.project import Project
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics import load_policy
from kgcheck.store import Store
from kgcheck.store.vocabulary import read_vocabulary

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(path for path in FOLDER.iterdir() if path.is_dir())
JUDGED = [case for case in CASES if (case / "expected-verdicts.toml").exists()]
AGREEING = (Verdict.CORROBORATION, Verdict.REPETITION)


@dataclass(frozen=True)
class Imported:
    """An import into a folder of its own."""

    out: Path
    vocabulary: Path
    report: ImportReport

    def files(self) -> dict[str, str]:
        """Every file that was written, by its name."""
        return {path.name: path.read_text("utf-8") for path in self.report.files}

    def graph(self) -> set[str]:
        """All quads as text, blank nodes named by what hangs on them."""
        store = Store()
        store.load(self.report.files)
        return {str(quad) for quad in store.raw}


def sheet_of(case: Path) -> Path:
    return next(path for path in case.iterdir() if path.stem == "sheet")


def vocabulary_of(case: Path) -> Vocabulary:
    store = Store()
    if (case / "vocabulary.ttl").exists():
        store.load([case / "vocabulary.ttl"])
    return read_vocabulary(store)


def run_import(case: Path, folder: Path, sheet: Path | None = None) -> Imported:
    project = Project(
        path=folder / "kgcheck.toml",
        name="A case",
        namespace="https://example.org/case/",
        data=(folder / "claims",),
        vocabulary=(folder / "vocabulary",),
        texts=case / "texts",
    )
    report = import_sheet(
        sheet or sheet_of(case),
        out=folder / "claims",
        project=project,
        vocabulary=vocabulary_of(case),
        policy=load_policy("default"),
    )
    return Imported(folder / "claims", folder / "vocabulary", report)


def test_all_cases_were_found() -> None:
    assert len(CASES) >= 8
    assert len(JUDGED) >= 2


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_files(case: Path, tmp_path: Path) -> None:
    files = run_import(case, tmp_path).files()
    expected = case / "expected"
    if os.environ.get("KGCHECK_RENEW_CASES"):
        shutil.rmtree(expected, ignore_errors=True)
        expected.mkdir()
        for name, text in files.items():
            (expected / name).write_text(text, encoding="utf-8")
    assert files == {path.name: path.read_text("utf-8") for path in expected.iterdir()}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_two_parsers_read_the_same(case: Path) -> None:
    for path in (case / "expected").iterdir():
        triples = list(ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE))
        assert len(Graph().parse(path)) == len(set(triples)) > 0


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_second_import_changes_nothing(case: Path, tmp_path: Path) -> None:
    first = run_import(case, tmp_path)
    before = first.files()
    second = run_import(case, tmp_path)
    assert second.report.minted == ()
    assert {**before, **second.files()} == before
    assert {path.name for path in first.out.iterdir()} <= set(before)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
@given(seed=st.integers(min_value=0, max_value=2**32))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_rows_has_no_say(
    case: Path, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("shuffled")
    sheet = sheet_of(case)
    shuffled = folder / sheet.name
    shuffled.write_bytes(shuffle_rows(sheet.read_bytes(), seed))
    imported = run_import(case, folder, shuffled)
    assert imported.files() == {path.name: path.read_text("utf-8") for path in (case / "expected").iterdir()}


def shuffle_rows(content: bytes, seed: int) -> bytes:
    """The rows of a sheet in another order, those within quotation marks kept whole."""
    head, *rows = split_records(content.decode("utf-8"))
    if head.lstrip("\ufeff").startswith("sep="):
        head += rows.pop(0)
    random.Random(seed).shuffle(rows)
    return (head + "".join(row if row.endswith("\n") else row + "\n" for row in rows)).encode()


def split_records(text: str) -> list[str]:
    records, current = [], ""
    for line in text.splitlines(keepends=True):
        current += line
        if current.count('"') % 2 == 0:
            records.append(current)
            current = ""
    return records


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_the_graph_has_no_violation(case: Path) -> None:
    report = run_check(
        [case / "expected"], vocabulary=[path for path in [case / "vocabulary.ttl"] if path.exists()]
    )
    assert [v for v in report.violations if v.severity == "Violation"] == []
    assert report.incomplete == ()


@pytest.mark.parametrize("case", JUDGED, ids=lambda path: path.name)
def test_verdicts(case: Path) -> None:
    judged = tomllib.loads((case / "expected-verdicts.toml").read_text("utf-8"))["pair"]
    report = run_check([case / "expected"])
    found = verdicts(report)
    expected = {frozenset(pair["claims"]): Verdict(pair["verdict"]) for pair in judged}
    assert {pair: found.get(pair, Verdict.NONE) for pair in expected} == expected
    contradictions = {pair for pair, verdict in found.items() if verdict is Verdict.CONTRADICTION}
    assert contradictions == {pair for pair, verdict in expected.items() if verdict is Verdict.CONTRADICTION}


def verdicts(report: Report) -> dict[frozenset[str], Verdict]:
    """The strongest verdict on each pair of claims, named document#claim."""
    found: dict[frozenset[str], Verdict] = {}
    for finding in report.findings:
        for a in finding.parties:
            for b in finding.parties:
                apart = a.side is None or a.side != b.side or finding.verdict in AGREEING
                if a.claim.iri < b.claim.iri and apart:
                    pair = frozenset(party.claim.iri.rsplit("/", 1)[-1] for party in (a, b))
                    found[pair] = min(found.get(pair, Verdict.NONE), finding.verdict, key=lambda v: v.rank)
    return found
