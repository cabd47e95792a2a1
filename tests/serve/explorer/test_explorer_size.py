"""Pages stay small however much there is: lists are paged, long texts cut, fans of links capped."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from kgcheck.model.claim import Claim
from kgcheck.report.html.element import Content, h, written
from kgcheck.serve.explorer.answering import find
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.page import Page
from kgcheck.serve.explorer.paging import pager, slice_of

COPIES = 200
LARGEST = 400_000


@pytest.fixture(scope="module")
def large(explorer: Explorer) -> Explorer:
    """The packaged report two hundred times over: 42,000 claims in 2,400 documents, 20,000 findings."""
    report = explorer.report
    documents: dict[str, Any] = {}
    claims: dict[str, Claim] = {}
    findings = []
    for copy in range(COPIES):

        def moved(iri: str, copy: int = copy) -> str:
            return iri.replace("/kent/", f"/kent{copy}/")

        for document in report.documents.values():
            new = replace(document, iri=moved(document.iri), identifier=f"{document.identifier}-{copy}")
            documents[new.iri] = new
        own = {
            claim.iri: replace(claim, iri=moved(claim.iri), document=moved(claim.document))
            for claim in report.claims.values()
        }
        claims |= {claim.iri: claim for claim in own.values()}
        for finding in report.findings:
            parties = tuple(replace(party, claim=own[party.claim.iri]) for party in finding.parties)
            findings.append(replace(finding, id=f"{finding.id}-{copy}", parties=parties))
    whole = replace(report, documents=documents, claims=claims, findings=tuple(findings), groups=())
    knowledge: Any = SimpleNamespace(report=whole, store=explorer.store, run=explorer.knowledge.run)
    return Explorer(knowledge)


PATHS = (
    "/",
    "/documents",
    "/documents/000_8b65f1bc9b5898b5-7",
    "/claims",
    "/claims/000_8b65f1bc9b5898b5-7/so-28",
    "/agents",
    "/agents/kent-police",
    "/agents/hmicfrs",
    "/concepts",
    "/concepts/kent-police-area",
    "/findings",
    "/checks/value-conflict",
    "/search?q=police",
    "/compare",
    "/compare?a=https://w3id.org/kgcheck/data/kent7/000_8b65f1bc9b5898b5%23so-28",
)


def shown(explorer: Explorer, path: str) -> Page:
    from urllib.parse import parse_qsl

    place, _, query = path.partition("?")
    names = tuple(place.split("/")[1:])
    page = find(explorer, Asked(names, dict(parse_qsl(query)), "http://127.0.0.1", place))
    assert isinstance(page, Page)
    return page


@pytest.mark.parametrize("path", PATHS)
def test_no_page_grows_with_the_data(large: Explorer, path: str) -> None:
    assert len(large.report.claims) > 40_000
    page = shown(large, path)
    content: Content = page.body()
    text = written(h("main", content))
    assert len(text) < LARGEST
    assert text.count("<li") < 1_500
    assert len(str(page.record())) < 4 * LARGEST


def test_every_claim_stands_on_one_page(large: Explorer) -> None:
    last = shown(large, "/claims?page=99999").record()
    assert last["pages"] == -(-len(large.report.claims) // 50)
    assert last["page"] == last["pages"]


@pytest.mark.parametrize(
    ("count", "page", "expected"),
    [
        (0, None, ([], 1, 1)),
        (3, "1", ([0, 1, 2], 1, 1)),
        (5, "2", ([3, 4], 2, 2)),
        (5, "7", ([3, 4], 2, 2)),
        (5, "0", ([0, 1, 2], 1, 2)),
        (5, "x", ([0, 1, 2], 1, 2)),
        (5, "9" * 400, ([0, 1, 2], 1, 2)),
        (6, "2", ([3, 4, 5], 2, 2)),
    ],
)
def test_slices(count: int, page: str | None, expected: tuple[list[int], int, int]) -> None:
    part = slice_of(range(count), page, 3)
    assert (list(part.items), part.page, part.pages) == expected
    assert part.total == count


def test_pagers_lead_to_the_pages_around() -> None:
    assert pager(slice_of(range(3), "1", 3), "/x", {}, "things") is None
    bar = pager(slice_of(range(9), "2", 3), "/x", {"q": "a b"}, "things")
    assert bar is not None
    text = written(bar)
    assert 'href="/x?q=a+b"' in text
    assert 'href="/x?q=a+b&amp;page=3"' in text
    assert "4 to 6 of 9 things" in text
