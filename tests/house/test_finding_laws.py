"""How data is written down changes no finding: order, names of blank nodes, cuts, repeats, format."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kgcheck
from kgcheck.model.report import Report

DOCUMENTS = ("000_", "01_", "02_", "03_")
"""A part of the packaged data, large enough to hold findings of several verdicts."""

Rewriting = Callable[[list[list[ox.Triple]], random.Random], list[list[ox.Triple]]]


def shuffled(files: list[list[ox.Triple]], source: random.Random) -> list[list[ox.Triple]]:
    """Triples and blank nodes in another order and under other names; files under other names."""
    result = []
    for triples in files:
        names: dict[str, ox.BlankNode] = {}

        def other(term: object, names: dict[str, ox.BlankNode] = names) -> object:
            if not isinstance(term, ox.BlankNode):
                return term
            return names.setdefault(term.value, ox.BlankNode(f"b{source.randrange(10**9)}"))

        renamed = [ox.Triple(other(t.subject), t.predicate, other(t.object)) for t in triples]
        result.append(source.sample(renamed, len(renamed)))
    return source.sample(result, len(result))


def cut(files: list[list[ox.Triple]], source: random.Random) -> list[list[ox.Triple]]:
    """Each file as two: what is said about a thing, and below it, stays together."""
    result = []
    for triples in files:
        above = {t.object: t.subject for t in triples if isinstance(t.object, ox.BlankNode)}
        halves: tuple[list[ox.Triple], list[ox.Triple]] = ([], [])
        sides: dict[object, int] = {}
        for triple in triples:
            root: object = triple.subject
            while isinstance(root, ox.BlankNode):
                root = above[root]
            halves[sides.setdefault(root, source.randrange(2))].append(triple)
        result += [half for half in halves if half]
    return result


def joined(files: list[list[ox.Triple]], _: random.Random) -> list[list[ox.Triple]]:
    """All in one file."""
    return [[triple for triples in files for triple in triples]]


def repeated(files: list[list[ox.Triple]], source: random.Random) -> list[list[ox.Triple]]:
    """Some files once more."""
    return files + source.sample(files, 2)


@pytest.fixture(scope="module")
def files(checkout: Path) -> list[list[ox.Triple]]:
    paths = [checkout / "data" / "kent" / "agents.ttl"]
    paths += [path for path in checkout.glob("data/kent/*/*.ttl") if path.name.startswith(DOCUMENTS)]
    assert len(paths) == 1 + len(DOCUMENTS)
    return [[quad.triple for quad in ox.parse(path=path)] for path in sorted(paths)]


@pytest.fixture(scope="module")
def findings(files: list[list[ox.Triple]], tmp_path_factory: pytest.TempPathFactory) -> object:
    report = judged(files, tmp_path_factory.mktemp("plain"))
    assert {finding.verdict for finding in report.findings} >= {"tension", "apparent"}
    assert len(report.findings) >= 20
    return said(report)


def judged(files: list[list[ox.Triple]], folder: Path) -> Report:
    folder.mkdir(exist_ok=True)
    for number, triples in enumerate(files):
        (folder / f"{number}.nt").write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
    return kgcheck.check(folder)


def said(report: Report) -> object:
    """Everything that a reader sees of a report."""
    return report.findings, report.violations, report.incomplete, report.groups


@pytest.mark.parametrize("rewriting", [shuffled, cut, joined, repeated])
@given(seed=st.integers(0, 1000))
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_findings_stay(
    rewriting: Rewriting,
    seed: int,
    files: list[list[ox.Triple]],
    findings: object,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    rewritten = rewriting(files, random.Random(seed))
    assert said(judged(rewritten, tmp_path_factory.mktemp("rewritten"))) == findings
