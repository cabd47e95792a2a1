"""Parts of a graph: what is kept, in every format, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import networkx as nx
import pyoxigraph as ox
import pytest

from kgcheck.engines.local import load, run_check
from kgcheck.errors import UsageError
from kgcheck.export import FORMATS, export
from kgcheck.export.links import source_links
from kgcheck.export.selection import Part, Selection, choose, day
from kgcheck.model.verdict import Verdict
from kgcheck.namespaces import kgc

BBC = "02_kent-cdi-bbc-2019"


@pytest.fixture(scope="module")
def kent() -> Any:
    return run_check(None), load(None).store


def part(kent: Any, *, with_findings: bool = False, **wanted: Any) -> Part:
    report, store = kent
    return choose(report, source_links(store), Selection(**wanted), with_findings=with_findings)


def test_nothing_asked_for_is_no_selection() -> None:
    assert not Selection()
    assert Selection(around=("x",))


def test_a_document_is_kept_with_its_claims_alone(kent: Any) -> None:
    report, _ = kent
    found = part(kent, documents=(BBC,))
    assert found.claims == {
        iri for iri, claim in report.claims.items() if iri.partition("#")[0].endswith(BBC)
    }
    assert found.findings == ()
    assert found.says.startswith(f"{len(found.claims)} of {len(report.claims)} claims")


def test_findings_come_with_all_of_their_claims(kent: Any) -> None:
    report, _ = kent
    found = part(kent, documents=(BBC,), with_findings=True)
    assert found.findings
    for finding in found.findings:
        assert {party.claim.iri for party in finding.parties} <= found.claims
        assert any(BBC in party.claim.document for party in finding.parties)
    missed = set(report.findings) - set(found.findings)
    assert not any(BBC in party.claim.document for finding in missed for party in finding.parties)


@pytest.mark.parametrize("verdict", ["contradiction", "tension", "repetition"])
def test_a_verdict_keeps_the_claims_of_its_findings(kent: Any, verdict: str) -> None:
    report, _ = kent
    wanted = [finding for finding in report.findings if finding.verdict == verdict]
    found = part(kent, verdicts=frozenset({Verdict(verdict)}))
    assert found.claims == {party.claim.iri for finding in wanted for party in finding.parties}
    assert set(found.findings) == set(wanted)


def test_documents_and_verdicts_must_both_hold(kent: Any) -> None:
    both = part(kent, documents=(BBC,), verdicts=frozenset({Verdict.TENSION}))
    one = part(kent, verdicts=frozenset({Verdict.TENSION}))
    assert both.findings
    assert set(both.findings) < set(one.findings)


@pytest.mark.parametrize("issued", [False, True])
def test_a_time(kent: Any, issued: bool) -> None:
    report, _ = kent
    start, end = date(2018, 1, 1), date(2019, 12, 31)
    found = part(kent, start=start, end=end, issued=issued)
    assert found.claims
    unknown = 0
    for claim in report.claims.values():
        hull = (report.documents[claim.document].issued if issued else claim.scope.period).hull
        unknown += hull is None
        assert (claim.iri in found.claims) == bool(hull and hull.start <= end and hull.end >= start)
    assert found.undated == unknown
    assert ("left out because their time is not known" in found.says) == bool(unknown)


def test_an_open_time(kent: Any) -> None:
    early, late = part(kent, end=date(2015, 12, 31)), part(kent, start=date(2020, 1, 1))
    assert early.claims
    assert late.claims
    assert all(kent[0].claims[iri].scope.period.hull.start.year <= 2015 for iri in early.claims)


def test_steps_lead_farther_and_farther(kent: Any) -> None:
    claim = next(party.claim.iri for party in kent[0].findings[0].parties)
    one, two, three = (part(kent, around=(claim,), depth=depth) for depth in (1, 2, 3))
    assert claim in one.claims
    assert one.claims < two.claims <= three.claims
    assert one.nodes < two.nodes
    rivals = {party.claim.iri for party in kent[0].findings[0].parties}
    assert rivals <= two.claims


def test_what_half_the_graph_is_about_is_no_bridge(kent: Any) -> None:
    report, _ = kent
    claim = next(claim for iri, claim in report.claims.items() if iri.endswith(f"{BBC}#rate966"))
    near = part(kent, around=(claim.iri,), depth=2)
    measured = part(kent, around=(claim.scope.measure,), depth=1) if claim.scope.measure else None
    assert len(near.claims) < len(report.claims) / 2
    if measured:
        same = {c.iri for c in report.claims.values() if c.scope.measure == claim.scope.measure}
        assert measured.claims == same


@pytest.mark.parametrize("name", ["BBC News", "bbc news"])
def test_a_node_is_named_by_its_label(kent: Any, name: str) -> None:
    assert {BBC} & {iri.rpartition("/")[2] for iri in part(kent, around=(name,), depth=1).documents}


def test_a_node_is_named_by_the_end_of_its_iri_or_a_findings_id(kent: Any) -> None:
    assert part(kent, around=(f"{BBC}#rate966",), depth=1).claims
    finding = kent[0].findings[0]
    found = part(kent, around=(finding.id,), depth=1)
    assert found.claims == {party.claim.iri for party in finding.parties}


@pytest.mark.parametrize(
    ("wanted", "words", "remedy"),
    [
        ({"documents": ("02_kent-cdi-bbc",)}, "no document called '02_kent-cdi-bbc'", BBC),
        ({"around": ("BBC Newz",)}, "no node called 'BBC Newz'", "BBC News"),
        ({"around": ("https://example.org/nothing",)}, "no node called", ""),
        ({"start": date(1700, 1, 1), "end": date(1700, 1, 2)}, "nothing is left", "ask for less"),
        ({"start": date(2020, 1, 1), "end": date(2019, 1, 1)}, "is after", "--from"),
    ],
)
def test_what_is_refused(kent: Any, wanted: dict[str, Any], words: str, remedy: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        part(kent, **wanted)
    assert remedy in (caught.value.remedy or "")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-02-03", "2020-02-03", "2020-02-03"),
    ],
)
def test_days(text: str, first: str, last: str) -> None:
    assert (day(text).isoformat(), day(text, last=True).isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["", "18", "2018-13", "2018-02-30", "last year", "2018~", "2018/2019"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(UsageError, match="no date"):
        day(text)


def quads(content: bytes, form: ox.RdfFormat) -> set[str]:
    """The claims of which anything but their names is told."""
    typed = (q for q in ox.parse(content, format=form) if q.predicate.value == kgc("evidence"))
    return {quad.subject.value for quad in typed if isinstance(quad.subject, ox.NamedNode)}


def labelled(graph: nx.Graph[str]) -> set[str]:
    return {name for name, data in graph.nodes(data=True) if data.get("kind") == "claim"}


READERS: dict[str, Callable[[bytes], set[str]]] = {
    "turtle": lambda content: quads(content, ox.RdfFormat.TURTLE),
    "trig": lambda content: quads(content, ox.RdfFormat.TRIG),
    "nquads": lambda content: quads(content, ox.RdfFormat.N_QUADS),
    "jsonld": lambda content: quads(content, ox.RdfFormat.JSON_LD),
    "graphml": lambda content: labelled(nx.read_graphml(BytesIO(content))),
    "gexf": lambda content: labelled(nx.read_gexf(BytesIO(content))),
    "cytoscape": lambda content: {
        node["data"]["id"]
        for node in json.loads(content)["elements"]["nodes"]
        if node["data"]["kind"] == "claim"
    },
}


@pytest.mark.parametrize("name", READERS)
def test_every_reader_finds_that_part(kent: Any, name: str) -> None:
    report, store = kent
    selection = Selection(documents=(BBC,))
    content = export(report, store, None, name, selection=selection)
    assert content is not None
    assert READERS[name](content) == part(kent, documents=(BBC,)).claims


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_a_selection(kent: Any, name: str, tmp_path: Path) -> None:
    if name == "png":
        pytest.importorskip("matplotlib")
    report, store = kent
    told: list[str] = []
    selection = Selection(verdicts=frozenset({Verdict.CONTRADICTION}))
    whole, some = tmp_path / "whole.zip", tmp_path / "part.zip"
    export(report, store, some, name, with_findings=True, selection=selection, note=told.append)
    assert told == [part(kent, with_findings=True, verdicts=selection.verdicts).says]
    if name == "csv":
        with ZipFile(some) as packed:
            assert packed.read("nodes.csv").count(b",claim,") == 3
    if name not in ("svg", "png"):  # a picture of less is no smaller file
        export(report, store, whole, name, with_findings=True)
        assert some.stat().st_size < whole.stat().st_size


def test_what_was_kept_can_be_checked_again(kent: Any, tmp_path: Path) -> None:
    report, store = kent
    path = tmp_path / "part.trig"
    export(report, store, path, "trig", selection=Selection(verdicts=frozenset({Verdict.CONTRADICTION})))
    again = run_check([path])
    assert [f.verdict for f in again.findings][:1] == [Verdict.CONTRADICTION]
    assert not again.incomplete
    assert not [violation for violation in again.violations if violation.severity == "Violation"]


def test_every_document_can_be_checked_alone(kent: Any, tmp_path: Path) -> None:
    report, store = kent
    for iri, document in report.documents.items():
        path = tmp_path / "one.ttl"
        export(report, store, path, "turtle", selection=Selection(documents=(iri,)))
        again = run_check([path])
        assert set(again.claims) == {c for c, claim in report.claims.items() if claim.document == iri}
        assert not again.incomplete, document.identifier


def test_calculations_come_with_all_of_their_figures_or_not_at_all(kent: Any) -> None:
    report, store = kent
    for iri in report.documents:
        content = export(report, store, None, "nquads", selection=Selection(documents=(iri,)))
        assert content is not None
        told = set(ox.parse(content, format=ox.RdfFormat.N_QUADS))
        named = {q.object for q in told if q.predicate.value == kgc("result")}
        claims = {q.subject for q in told if q.predicate.value == kgc("evidence")}
        assert named <= claims
