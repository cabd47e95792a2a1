"""Checking a store again after a change finds what checking everything finds."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kgcheck.engines.local import run_check
from kgcheck.engines.stored import check_store
from kgcheck.engines.stored.claims import StoredClaims
from kgcheck.engines.stored.state import NAME
from kgcheck.errors import UsageError
from kgcheck.model.report import Report
from kgcheck.namespaces import SKOLEM
from kgcheck.report import render
from kgcheck.store import COMMON, ONTOLOGY, Store
from kgcheck.store.archive import Archive

CHECKS = Path(__file__).parents[1] / "checks"
VOCABULARY = CHECKS / "vocabulary.ttl"
PRESS = "https://example.org/press/"
TOWNS = 3
"""How many newspapers of each name there are; they write of the same places."""

LIVES = int(os.environ.get("KGCHECK_LIVES", "5"))
"""How many lives of a store are tried; set the variable for more than a taste of it."""


@cache
def versions() -> dict[str, list[str]]:
    """Each document that a case of some check speaks of, as the cases have it, in N-Quads.

    What a case says beside its documents goes with the first of them.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for case in sorted((CHECKS / "cases").glob("*/*.ttl")):
        store = Store()
        store.load([case])
        documents = store.documents()
        for number, document in enumerate(documents):
            graph = ox.NamedNode(document)
            quads = [*store.raw.quads_for_pattern(None, None, None, graph)]
            if number == 0:
                for shared in (COMMON, ONTOLOGY):
                    for s, p, o, _ in store.raw.quads_for_pattern(None, None, None, ox.NamedNode(shared)):
                        quads.append(ox.Quad(s, p, o, graph))
            text = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()
            for town in range(TOWNS):
                here = f"{PRESS}{town}/"
                name = document.replace(PRESS, here)
                plain = document.rpartition("/")[2]
                # Two papers share neither an identifier nor a nameless node.
                own = text.replace(f'"{plain}"', f'"{plain} {town}"').replace(SKOLEM, f"{SKOLEM}{town}")
                found[name].append(own.replace(PRESS, here))
                if town:
                    # What is cited stands in the first town.
                    moved = own.replace(PRESS, f"{PRESS}0/").replace(
                        document.replace(PRESS, f"{PRESS}0/"), name
                    )
                    found[name].append(moved)
    return {document: sorted(set(texts)) for document, texts in sorted(found.items())}


def test_there_are_enough_documents_to_choose_from() -> None:
    assert len(versions()) >= 10
    assert sum(map(len, versions().values())) >= 400


def record(report: Report) -> dict[str, object]:
    told: dict[str, object] = json.loads(render(report, "json"))
    return told


def what_is_told(report: Report) -> dict[str, object]:
    change = report.change
    assert change is not None
    assert change.partial
    return {
        "new": change.new,
        "changed": change.changed,
        "gone": {gone.id for gone in change.gone},
        "findings": set(report.findings),
        "violations": set(report.violations),
        "incomplete": report.incomplete,
    }


def what_is_new(now: Report, last: Report | None) -> dict[str, object]:
    """The same from two whole reports."""
    before = {finding.id: finding.fingerprint for finding in last.findings} if last else {}
    after = {finding.id: finding.fingerprint for finding in now.findings}
    changed = {name for name in after.keys() & before.keys() if after[name] != before[name]}
    new = after.keys() - before.keys()
    return {
        "new": new,
        "changed": changed,
        "gone": before.keys() - after.keys(),
        "findings": {finding for finding in now.findings if finding.id in new | changed},
        "violations": set(now.violations) - set(last.violations if last else ()),
        "incomplete": tuple(iri for iri in now.incomplete if not last or iri not in last.incomplete),
    }


class Life(RuleBasedStateMachine):
    """Documents come, go and change in any order, and now and then somebody checks."""

    @initialize()
    def begin(self) -> None:
        self.home = tempfile.TemporaryDirectory()
        self.folder = Path(self.home.name)
        self.place = self.folder / "store"
        self.held: dict[str, Path] = {}
        self.last: Report | None = None
        with Archive(self.place, create=True) as archive:
            archive.add([VOCABULARY])

    def teardown(self) -> None:
        if hasattr(self, "home"):
            self.home.cleanup()

    def written(self, document: str, data: st.DataObject) -> Path:
        number = data.draw(st.integers(0, len(versions()[document]) - 1))
        path = self.folder / f"{document.removeprefix(PRESS).replace('/', '-')}-{number}.nq"
        path.write_text(versions()[document][number], encoding="utf-8")
        return path

    @precondition(lambda self: len(self.held) < len(versions()))
    @rule(data=st.data())
    def add(self, data: st.DataObject) -> None:
        left = sorted(versions().keys() - self.held.keys())
        names = data.draw(st.lists(st.sampled_from(left), min_size=1, max_size=4, unique=True))
        chosen = {name: self.written(name, data) for name in names}
        with Archive(self.place) as archive:
            archive.add(chosen.values())
        self.held |= chosen

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def replace(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.held)))
        self.held[name] = self.written(name, data)
        with Archive(self.place) as archive:
            archive.replace(self.held[name])

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.held)))
        with Archive(self.place) as archive:
            archive.remove(name)
        del self.held[name]

    @precondition(lambda self: self.held)
    @rule()
    def check(self) -> None:
        found = record(check_store(self.place))
        self.last = run_check([VOCABULARY, *self.held.values()])
        assert found == record(self.last)

    @precondition(lambda self: self.held)
    @rule()
    def ask_for_news(self) -> None:
        told = check_store(self.place, since_last=True)
        now = run_check([VOCABULARY, *self.held.values()])
        assert what_is_told(told) == what_is_new(now, self.last)
        self.last = now

    @invariant()
    def nothing_is_left_over(self) -> None:
        if hasattr(self, "place"):
            assert not list(self.place.glob("*-journal"))


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=LIVES,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    documents = {name.removeprefix(PRESS).replace("/", "-"): texts[0] for name, texts in versions().items()}
    for name, text in documents.items():
        (tmp_path / f"{name}.nq").write_text(text, encoding="utf-8")
    with Archive(tmp_path / "store", create=True) as archive:
        archive.add([VOCABULARY, *sorted(tmp_path.glob("*.nq"))])
    return tmp_path / "store"


def test_the_first_reviewed_claim_changes_how_drafts_are_judged(tmp_path: Path) -> None:
    drafted = (CHECKS / "cases/value-conflict/silent-draft.ttl").read_text(encoding="utf-8")
    if 'kgc:status "draft"' not in drafted:
        raise AssertionError("the case has no draft")
    store = Store()
    (tmp_path / "drafts.ttl").write_text(drafted, encoding="utf-8")
    store.load([tmp_path / "drafts.ttl"])
    status = ox.NamedNode("https://w3id.org/kgcheck/ontology#status")
    texts: dict[str, list[ox.Quad]] = {}
    for document in store.documents():
        texts[document] = list(store.raw.quads_for_pattern(None, None, None, ox.NamedNode(document)))
    everything = [quad for quads in texts.values() for quad in quads]
    claims = {quad.subject for quad in everything if quad.predicate.value.endswith("#inDocument")}
    drafts = tmp_path / "all-drafts.nq"
    said = {
        *(quad for quad in everything if quad.predicate != status),
        *(
            ox.Quad(claim, status, ox.Literal("draft"), graph)
            for claim in claims
            for graph in _graphs(claim, everything)
        ),
    }
    drafts.write_bytes(ox.serialize(sorted(said, key=str), format=ox.RdfFormat.N_QUADS) or b"")
    reviewed = tmp_path / "reviewed.nq"
    name = next(name for name in versions() if name.startswith(f"{PRESS}2/"))
    reviewed.write_text(versions()[name][0], encoding="utf-8")
    with Archive(tmp_path / "store", create=True) as archive:
        archive.add([VOCABULARY, drafts])
    alone = record(check_store(tmp_path / "store"))
    assert alone == record(run_check([VOCABULARY, drafts]))
    with Archive(tmp_path / "store") as archive:
        archive.add([reviewed])
    assert record(check_store(tmp_path / "store")) == record(run_check([VOCABULARY, drafts, reviewed]))
    with Archive(tmp_path / "store") as archive:
        archive.remove(name)
    assert record(check_store(tmp_path / "store")) == alone


def _graphs(claim: object, quads: list[ox.Quad]) -> set[ox.NamedNode]:
    return {
        quad.graph_name
        for quad in quads
        if quad.subject == claim and isinstance(quad.graph_name, ox.NamedNode)
    }


def test_a_second_check_looks_at_nothing(stored: Path) -> None:
    steps: list[str] = []
    first = record(check_store(stored, progress=steps.append))
    assert any("part 1 of" in step for step in steps)
    again: list[str] = []
    assert record(check_store(stored, progress=again.append)) == first
    assert not any(" part " in step for step in again)


def test_news_of_a_first_check_and_of_other_rules(stored: Path) -> None:
    files = [VOCABULARY, *sorted(stored.parent.glob("*.nq"))]
    first = run_check(files)
    assert what_is_told(check_store(stored, since_last=True)) == what_is_new(first, None)
    assert what_is_told(check_store(stored, since_last=True)) == what_is_new(first, first)
    strict = run_check(files, policy="strict")
    news = check_store(stored, policy="strict", since_last=True)
    assert what_is_told(news) == what_is_new(strict, first)


def test_news_of_a_selection_of_checks(stored: Path) -> None:
    chosen = {"select": ["value-conflict"]}
    files = [VOCABULARY, *sorted(stored.parent.glob("*.nq"))]
    now = run_check(files, **chosen)
    name = now.findings[0].parties[0].claim.document
    file = stored.parent / f"{name.removeprefix(PRESS).replace('/', '-')}.nq"
    with Archive(stored) as archive:
        archive.remove(name)
    check_store(stored)
    with Archive(stored) as archive:
        archive.add([file])
    before = run_check([path for path in files if path != file], **chosen)
    news = what_is_told(check_store(stored, since_last=True, **chosen))
    assert news == what_is_new(now, before)
    assert news["findings"]


def test_other_rules_begin_anew(stored: Path) -> None:
    check_store(stored)
    steps: list[str] = []
    strict = record(check_store(stored, policy="strict", progress=steps.append))
    assert any("part 1 of" in step for step in steps)
    files = [VOCABULARY, *sorted(stored.parent.glob("*.nq"))]
    assert strict == record(run_check(files, policy="strict"))


def test_a_selection_of_checks_is_a_selection_of_findings(stored: Path) -> None:
    files = [VOCABULARY, *sorted(stored.parent.glob("*.nq"))]
    for options in ({"select": ["value-conflict", "agreement"]}, {"ignore": ["value-conflict"]}):
        assert record(check_store(stored, **options)) == record(run_check(files, **options))


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_memory_is_put_aside(stored: Path, content: bytes) -> None:
    first = record(check_store(stored))
    (stored / NAME).write_bytes(content)
    assert record(check_store(stored)) == first
    assert record(check_store(stored)) == first


def test_a_folder_that_takes_no_file(stored: Path) -> None:
    (stored / NAME).mkdir()
    files = [VOCABULARY, *sorted(stored.parent.glob("*.nq"))]
    assert record(check_store(stored)) == record(run_check(files))


def test_many_claims_are_fetched_when_asked_for(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = check_store(stored)
    monkeypatch.setattr("kgcheck.engines.stored.running.FEW", 0)
    many = check_store(stored)
    assert len(many.claims) == len(few.claims) > 0
    assert dict(many.claims) == few.claims
    assert record(many) == record(few)
    with pytest.raises(KeyError):
        many.claims["urn:nobody"]


@pytest.mark.parametrize("form", ["text", "markdown", "json", "csv", "junit"])
def test_reports_fetch_only_claims_that_they_show(
    stored: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive has a million others."""
    expected = render(check_store(stored), form)

    def refuse(claims: StoredClaims) -> None:
        raise AssertionError("all claims are gone through")

    monkeypatch.setattr("kgcheck.engines.stored.running.FEW", 0)
    for name in ("__iter__", "stream"):
        monkeypatch.setattr(StoredClaims, name, refuse)
    assert render(check_store(stored), form) == expected


@pytest.mark.parametrize("size", [1, 60, 600])
def test_many_small_parts_find_the_same(stored: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kgcheck.engines.stored.running._PASS", size)
    steps: list[str] = []
    files = [VOCABULARY, *sorted(stored.parent.glob("*.nq"))]
    assert record(check_store(stored, progress=steps.append)) == record(run_check(files))
    assert len([step for step in steps if "part" in step]) > 1


def test_one_check_at_a_time(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_store(stored)
    monkeypatch.setattr("kgcheck.engines.stored.state.PATIENCE", 0.1)
    other = sqlite3.connect(stored / NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UsageError, match="another check"):
        check_store(stored)
    other.rollback()
    other.close()
    check_store(stored)


def test_an_empty_store_has_nothing_to_check(tmp_path: Path) -> None:
    with Archive(tmp_path / "store", create=True) as archive:
        archive.add([VOCABULARY])
    with pytest.raises(UsageError, match="nothing to check"):
        check_store(tmp_path / "store")
