"""The explorer over the packaged data and over texts that mean harm, for clients and in a browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kgcheck.engines.local import run_whole
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.knowledge import Knowledge

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HARM = (
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>alert(2)</script>",
    "'\"><a href=javascript:alert(3)>x</a>",
    "\x1b[31mred\x1b[0m\x07\x9b",
    "\u202eevil\u2066\u200b\u2028",
    '=HYPERLINK("https://evil.example","x")',
    "{{7*7}}${7*7}%0d%0aSet-Cookie: a=b",
    "x" * 1_000_000,
)


@pytest.fixture(scope="session")
def explorer() -> Explorer:
    """What the pages draw on, over the packaged data."""
    return Explorer(Knowledge(run_whole(None)))


@pytest.fixture
def browse(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address of a server in a context of its own, made with the options given.

    Afterwards no page may have had anything to say on its console, nor have asked for anything of
    anybody but that server. Of answers that are errors browsers tell: `status` is that of the page, and
    `telling` are words of what else may stand on the console.
    """
    said: list[str] = []
    asked: set[str] = set()
    contexts = []

    def go(
        address: str, path: str, *, status: int = 200, telling: tuple[str, ...] = (), **options: Any
    ) -> Page:
        expected = ["GPU stall due to ReadPixels", f"status of {status} ", *telling]

        def listen(message: Any) -> None:
            if not any(words in message.text for words in expected):
                said.append(f"{message.type}: {message.text}")

        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        own = (address, "data:")
        page.on("request", lambda request: None if request.url.startswith(own) else asked.add(request.url))
        answer = page.goto(address.rstrip("/") + path)
        assert answer is not None
        assert answer.status == status
        return page

    yield go
    for context in contexts:
        context.close()
    assert said == []
    assert asked == set()


def _turtle(text: str) -> str:
    return json.dumps(text, ensure_ascii=True)  # JSON's escapes are Turtle's


@pytest.fixture(scope="session")
def harmful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of claims in which every text means harm, but for those that the shapes look into."""
    folder = tmp_path_factory.mktemp("harmful")
    for number, harm in enumerate([*HARM, "a long name"]):
        name = "rate" + "e" * (30_000 if harm == "a long name" else 0)
        quoted = _turtle(harm[:100])
        long = _turtle(harm)
        (folder / f"harm-{number}.ttl").write_text(
            f"""
@prefix kgc: <https://w3id.org/kgcheck/ontology#> .
@prefix pol: <https://w3id.org/kgcheck/policing#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/harm/{number}> a kgc:Document, schema:NewsArticle ;
    dct:identifier {_turtle("harm " + harm[:60])} ; dct:title {long} ;
    dct:publisher <https://example.org/agents#outlet-{number}> ;
    dct:issued "2020-05-0{number + 1}"^^xsd:date ; kgc:dateBasis "stated" .
<https://example.org/agents#outlet-{number}> a org:Organization ; rdfs:label {long} .
<https://example.org/agents#{name}-{number}> a foaf:Person ; rdfs:label {long} .
<https://example.org/harm/{number}#{name}> a kgc:StatisticalClaim ;
    kgc:inDocument <https://example.org/harm/{number}> ;
    kgc:evidence [ a oa:SpecificResource ; oa:hasSource <https://example.org/harm/{number}> ;
        oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact {quoted} ] ,
                       [ a oa:TextPositionSelector ; oa:start 0 ; oa:end {len(harm[:100])} ] ] ;
    prov:wasAttributedTo <https://example.org/agents#{name}-{number}> ;
    kgc:statedValue "{number + 2}%" ; kgc:measure pol:solved-rate ; kgc:topic pol:sexual-offences ;
    kgc:area pol:kent-police-area ; kgc:statedPeriod "year ending March 2020" ;
    kgc:periodStart "2019-04-01"^^xsd:date ; kgc:periodEnd "2020-03-31"^^xsd:date .
""",
            encoding="utf-8",
        )
    return folder
