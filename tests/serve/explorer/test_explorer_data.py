"""Every page as data: which form goes out, and that it says what the graph says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kgcheck.findings.rdf import finding_iri
from kgcheck.report.comparison import comparison_text
from kgcheck.report.options import Options
from kgcheck.serve.explorer.describing import described
from kgcheck.serve.explorer.explorer import Explorer

KENT = "https://w3id.org/kgcheck/data/kent/"
CLAIM = "/claims/000_8b65f1bc9b5898b5/so-28"
OF_THE_SERVER = ("http://www.w3.org/ns/hydra/core#", "http://rdfs.org/ns/void#")

PAGES = [
    "/",
    "/overview",
    "/documents",
    "/documents/000_8b65f1bc9b5898b5",
    "/claims",
    "/claims?page=3",
    CLAIM,
    "/agents",
    "/agents/kent-police",
    "/agents/zoe-billingham",
    "/concepts",
    "/concepts?kind=Topics",
    "/concepts/solved-rate",
    "/findings",
    "/findings?verdict=tension",
    "/checks",
    "/checks/value-conflict",
    "/search?q=outstanding",
    "/compare",
    "/compare?a=so-28",
    "/compare?a=so-28&b=so-lt3",
    "/query",
    f"/resource?iri={KENT}agents%23membership-ann-barnes",
]

ACCEPTS = [
    (None, "text/html"),
    ("*/*", "text/html"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
    ("text/turtle", "text/turtle"),
    ("application/ld+json", "application/ld+json"),
    ("application/json", "application/json"),
    ("text/html;q=0.5, text/turtle", "text/turtle"),
    ("text/html;q=0.5, text/turtle;q=0.4", "text/html"),
    ("application/json;q=0.2, application/ld+json;q=0.9", "application/ld+json"),
    ("application/rdf+xml, text/turtle;q=0.8, */*;q=0.1", "text/turtle"),
    ("text/*;q=0.3, application/json;q=0.3", "text/html"),
    ("text/html;q=0, */*", "text/turtle"),
    ("application/pdf", None),
    ("text/turtle;q=0", None),
]


def got(server: Any, path: str, accept: str | None = None) -> Any:
    return server.request("GET", path, headers={"Accept": accept} if accept else {})


@pytest.mark.parametrize(("accept", "media_type"), ACCEPTS)
@pytest.mark.parametrize("path", ["/", CLAIM, "/query", "/nothing/here"])
def test_the_form_is_the_one_that_is_asked_for(
    kent: Any, path: str, accept: str | None, media_type: str | None
) -> None:
    answer = got(kent, path, accept)
    if path == "/nothing/here":
        assert answer.status == 404
        return
    assert answer.status == (200 if media_type else 406)
    assert answer.media_type == (media_type or "text/plain")
    assert answer.headers["vary"] == "Accept"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_an_address_for_each_form(kent: Any, path: str) -> None:
    stem, mark, query = path.partition("?")
    stem = "/overview" if stem == "/" else stem
    page = got(kent, path, "text/html")
    assert page.status == 200
    for suffix, media_type in (
        ("ttl", "text/turtle"),
        ("jsonld", "application/ld+json"),
        ("json", "application/json"),
    ):
        place = f"{stem}.{suffix}{mark}{query}"
        answer = got(kent, place, "text/html")
        assert (answer.status, answer.media_type) == (200, media_type)
        assert answer.body == got(kent, path, media_type).body
        linked = [link for link in page.headers["link"].split(", ") if media_type in link]
        assert len(linked) == 1
        assert 'rel="alternate"' in linked[0]
        assert got(kent, linked[0][1 : linked[0].index(">")]).body == answer.body


@pytest.mark.parametrize("path", PAGES)
def test_turtle_and_json_ld_hold_the_same_graph(kent: Any, path: str) -> None:
    turtle, json_ld = got(kent, path, "text/turtle").text, got(kent, path, "application/ld+json").text
    one = {t.triple for t in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    other = {t.triple for t in ox.parse(json_ld, format=ox.RdfFormat.JSON_LD)}
    assert one == other
    assert one
    assert len(Graph().parse(data=turtle, format="turtle")) == len(one)


@pytest.mark.parametrize("path", PAGES)
def test_what_is_said_of_the_graph_is_in_the_graph(kent: Any, explorer: Explorer, path: str) -> None:
    for quad in ox.parse(got(kent, path, "text/turtle").text, format=ox.RdfFormat.TURTLE):
        if quad.subject.value.startswith(kent.address) or quad.predicate.value.startswith(OF_THE_SERVER):
            continue  # the server speaking of its own pages
        known = explorer.store.raw.quads_for_pattern(quad.subject, quad.predicate, quad.object)
        assert next(known, None) is not None, quad


def test_all_that_the_graph_says_of_a_claim_is_there(kent: Any, explorer: Explorer) -> None:
    iri = f"{KENT}000_8b65f1bc9b5898b5#so-28"
    told = {q.triple for q in ox.parse(got(kent, CLAIM, "text/turtle").text, format=ox.RdfFormat.TURTLE)}
    assert told == set(described(explorer.store, iri))
    direct = {
        quad.triple
        for quad in explorer.store.raw.quads_for_pattern(ox.NamedNode(iri), None, None)
        if not quad.graph_name.value.endswith("#derived")
    }
    assert direct < told
    quotes = [triple.object.value for triple in told if triple.predicate.value.endswith("#exact")]
    assert quotes == ["2.8%"]


def test_every_iri_leads_to_a_page_that_speaks_of_it(kent: Any, explorer: Explorer) -> None:
    report = explorer.report
    iris = [*report.documents, *report.claims, *explorer.catalogue.agents, *explorer.catalogue.concepts]
    iris += [finding_iri(finding.id) for finding in report.findings]
    assert len(iris) > 500
    for iri in iris:
        found = got(kent, f"/resource?iri={quote(iri, safe='')}", "text/turtle")
        assert found.status == 303, iri
        assert found.headers["location"] == explorer.places.of(iri)
        assert found.headers["vary"] == "Accept"
    for iri in iris[::23]:
        place = got(kent, f"/resource?iri={quote(iri, safe='')}").headers["location"]
        turtle = got(kent, place, "text/turtle")
        subjects = {q.subject.value for q in ox.parse(turtle.text, format=ox.RdfFormat.TURTLE)}
        assert iri in subjects
        assert got(kent, place, "text/html").status == 200


def test_an_ending_holds_through_the_redirect(kent: Any) -> None:
    found = got(kent, f"/resource.ttl?iri={KENT}000_8b65f1bc9b5898b5%23so-28", "text/html")
    assert (found.status, found.headers["location"]) == (303, f"{CLAIM}.ttl")


def test_what_has_no_page_of_its_own_is_described(kent: Any, explorer: Explorer) -> None:
    claim = ox.NamedNode(f"{KENT}000_8b65f1bc9b5898b5#so-28")
    quads = list(explorer.store.raw.quads_for_pattern(claim, None, None))
    block = next(q.object.value for q in quads if str(q.predicate.value).endswith("#blockSame"))
    evidence = next(q.object.value for q in quads if str(q.predicate.value).endswith("#evidence"))
    for iri in (block, evidence, "https://w3id.org/kgcheck/ontology#measure"):
        page = got(kent, f"/resource?iri={iri.replace('#', '%23')}", "text/html")
        assert page.status == 200
    members = json.loads(got(kent, f"/resource.json?iri={block}").text)["leadingHere"]
    assert claim.value in {member["subject"]["iri"] for member in members}


def test_a_finding_as_json_is_that_of_the_report(kent: Any, explorer: Explorer) -> None:
    from kgcheck.report.record import finding_record

    for finding in explorer.report.findings[::9]:
        told = json.loads(got(kent, f"/findings/{finding.id}.json").text)
        assert told == json.loads(json.dumps(finding_record(finding, explorer.report)))


PAIRS = [
    ("so-28", "so-lt3"),
    ("so-28", "so-lowest"),
    ("02_kent-cdi-bbc-2019#rate966", "01_kent-cdi-hmic-2017#rate836"),
]


def test_comparing_says_what_the_command_says(kent: Any, explorer: Explorer) -> None:
    pairs = list(PAIRS[:2])
    for finding in explorer.report.findings[::4]:
        first, *others = finding.parties
        other = next((p for p in others if p.side != first.side), others[0] if others else None)
        if other:
            pairs.append((first.claim.iri, other.claim.iri))
    assert len(pairs) > 15
    for a, b in pairs:
        told = got(kent, f"/compare.json?a={quote(a, safe='')}&b={quote(b, safe='')}")
        assert told.text == comparison_text(explorer.knowledge.compare(a, b), Options(), "json")


def test_the_command_itself(kent: Any, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kgcheck", "compare", "so-28", "so-lt3", "--format", "json"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, cwd=tmp_path)
    assert json.loads(got(kent, "/compare.json?a=so-28&b=so-lt3").text) == json.loads(said.stdout)


MISSING = [
    ("/nothing", "There is no page"),
    ("/documents/000_8b65f1bc9b5898b", "Solved rates for sexual offences in Kent"),
    ("/claims/000_8b65f1bc9b5898b5/so-29", "so-28"),
    ("/claims/only-one", "There is no page"),
    ("/agents/kent-polise", "Kent Police"),
    ("/concepts/solved-rat", "solved rate"),
    ("/checks/value-conflicts", "value-conflict"),
    ("/findings/0000", "There is no finding"),
    ("/findings/0000/graph", "There is no finding"),
    ("/resource?iri=https://example.org/nowhere", "The graph says nothing"),
    ("/resource?iri=not%20an%20iri", "The graph says nothing"),
    ("/resource?iri=urn:kgcheck:finding:0", "There is no finding"),
    ("/resource", "needs an IRI"),
    ("/compare?a=so-28&b=so-28x", "did you mean so-28"),
    ("/compare?a=so-28&b=so-28", "of one claim"),
    ("/concepts?kind=nonsense", "no kind of concept"),
    ("/assets/nothing.js", "no such file"),
    ("/assets/../routes.py", "There is no page"),
    ("/assets/%2e%2e%2froutes.py", ""),
]


@pytest.mark.parametrize(("path", "says"), MISSING)
def test_what_is_not_there_is_told_with_a_way_on(kent: Any, path: str, says: str) -> None:
    answer = got(kent, path, "text/html")
    assert answer.status == 404
    assert says in answer.text
    if answer.media_type == "text/html":
        assert 'href="/documents"' in answer.text


def test_only_reading(kent: Any) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert kent.request(method, CLAIM).status == 405
    head, whole = kent.request("HEAD", CLAIM), got(kent, CLAIM)
    assert head.body == b""
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_policies(kent: Any) -> None:
    for path in PAGES:
        policy = got(kent, path, "text/html").headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert ("unsafe-inline" in policy) == (path == "/query")
        assert "style-src 'self'" in policy
        assert policy.count("unsafe-inline") == policy.count("style-src-attr 'unsafe-inline'")
        assert "unsafe-eval" not in policy
    for path in ("/overview.json", CLAIM + ".ttl"):
        assert "default-src 'none'" in got(kent, path).headers["content-security-policy"]


def test_files_of_a_page_may_be_kept(kent: Any) -> None:
    page = got(kent, "/", "text/html").text
    places = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)
    assert len(places) >= 4
    for place in places:
        kept = got(kent, place)
        assert "immutable" in kept.headers["cache-control"]
        assert got(kent, place.partition("?")[0]).headers["cache-control"] == "no-cache"


def test_filters_of_findings(kent: Any, explorer: Explorer) -> None:
    def ids(query: str) -> list[str]:
        return [
            finding["id"] for finding in json.loads(got(kent, f"/findings.json?{query}").text)["findings"]
        ]

    every = explorer.catalogue.findings
    assert ids("verdict=tension") == [f.id for f in every if f.verdict.value == "tension"]
    assert ids("check=run-broken") == [f.id for f in every if "run-broken" in (f.check, *f.also)]
    source = [
        f.id for f in every if any(p.claim.document.endswith("/003_ba76c5879399f8eb") for p in f.parties)
    ]
    assert ids("source=003_ba76c5879399f8eb")[:50] == source[:50]
    assert ids("verdict=tension&check=run-broken&q=OUTSTANDING") == [
        f.id for f in every if f.verdict.value == "tension" and f.check == "run-broken"
    ]
    assert ids("verdict=nonsense") == ids("q=zzzz") == []


def test_lists_are_paged(kent: Any, explorer: Explorer) -> None:
    seen: list[str] = []
    page, pages = 1, 1
    while page <= pages:
        told = json.loads(got(kent, f"/claims.json?page={page}").text)
        pages, page = told["pages"], page + 1
        seen += [claim["iri"] for claim in told["claims"]]
        assert len(told["claims"]) <= 50
    assert seen == [claim.iri for claim in explorer.catalogue.claims]
    assert json.loads(got(kent, "/claims.json?page=99999").text)["page"] == pages
    assert json.loads(got(kent, "/claims.json?page=-1").text)["page"] == 1


def test_the_claims_of_a_document_stand_in_the_order_of_its_text(kent: Any) -> None:
    told = json.loads(got(kent, "/documents/000_8b65f1bc9b5898b5.json").text)
    starts = [claim["start"] for claim in told["claims"]]
    assert len(starts) == told["claimCount"] > 20
    assert starts == sorted(starts)


def test_roles_over_time(kent: Any) -> None:
    person = json.loads(got(kent, "/agents/zoe-billingham.json").text)
    assert {role["post"].rpartition("#")[2] for role in person["roles"]} == {
        "inspector-of-constabulary",
        "inspector-for-the-eastern-region",
    }
    assert [role["start"] for role in person["roles"]] == sorted(role["start"] for role in person["roles"])
    former = [
        r for r in json.loads(got(kent, "/agents/kent-police.json").text)["roles"] if r["tense"] == "former"
    ]
    assert [role["person"].rpartition("#")[2] for role in former] == ["michael-fuller"]


def test_bodies_speak_under_all_their_names(kent: Any, explorer: Explorer) -> None:
    before, after = (json.loads(got(kent, f"/agents/{name}.json").text) for name in ("hmic", "hmicfrs"))
    assert before["claimCount"] == after["claimCount"] > 0
    assert before["sameAs"] == after["sameAs"]
