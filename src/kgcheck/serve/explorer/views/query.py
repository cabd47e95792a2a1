"""The page on which people write queries: an editor, and a plain form where no script runs."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kgcheck.namespaces import expand
from kgcheck.report.html.element import Content, Element, Place, h
from kgcheck.report.plain import plain, plain_lines, shortened
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.examples import Example, examples
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.page import Page
from kgcheck.serve.explorer.places import address
from kgcheck.serve.explorer.views.resource import term
from kgcheck.serve.question import Answer
from kgcheck.serve.refusal import Refusal

_MOST = 200
_SH = "http://www.w3.org/ns/shacl#"
START = """PREFIX kgc: <https://w3id.org/kgcheck/ontology#>
SELECT ?claim ?words
WHERE { ?claim kgc:statedValue ?words }
LIMIT 20
"""


def text_of(asked: Asked) -> str:
    """The query that an address holds or names."""
    if query := asked.query.get("query"):
        return query
    wanted = asked.get("example")
    return next((example.query for example in examples() if example.name == wanted), "")


def page(explorer: Explorer, asked: Asked, answer: Answer | None, trouble: Refusal | None) -> Page:
    """The page, below the form with what was answered, or why nothing was."""
    text = text_of(asked)
    return Page(
        "Query",
        lambda: list(_body(explorer, asked, text, answer, trouble)),
        lambda: {"endpoint": asked.absolute("/sparql"), "examples": [_record(e) for e in examples()]},
        lambda: _triples(asked),
        section="query",
        status=trouble.status if trouble else 200,
    )


def _body(
    explorer: Explorer, asked: Asked, text: str, answer: Answer | None, trouble: Refusal | None
) -> Iterator[Content]:
    yield h("h1", "Query")
    yield h(
        "p",
        "SPARQL 1.1 over documents, vocabulary and findings, read-only; what was derived stands in the graph "
        "kgc:derived. Programs ask the same at ",
        h("code", asked.absolute("/sparql")),
        ".",
        class_="lead",
    )
    yield h(
        "details",
        h("summary", h("h2", "Examples", class_="find")),
        h("ul", map(_example, examples()), class_="examples"),
        open=not text,
        class_="example-list",
    )
    yield h("div", id="editor")
    yield _form(text or START)
    if trouble:
        yield h("p", shortened(plain(trouble), 2000), class_="trouble", role="alert", id="answer")
    elif answer:
        yield h("section", _answered(explorer, asked, answer), id="answer", class_="part")


def _example(example: Example) -> Element:
    place = Place(address("/query", {"example": example.name}))
    return h(
        "li",
        h("a", example.title, href=place, data_value=example.name, class_="example"),
        h("p", example.says, class_="scope"),
        h("pre", h("code", example.query), id=f"example-{example.name}", hidden=True),
    )


def _form(text: str) -> Element:
    return h(
        "form",
        h(
            "p",
            h("label", "SPARQL", for_="text"),
            h("textarea", text, id="text", name="query", rows="14", spellcheck="false"),
        ),
        h("p", h("button", "Run", type="submit")),
        id="plain",
        method="get",
        action=Place("/query"),
        aria_label="Query",
    )


def _answered(explorer: Explorer, asked: Asked, answer: Answer) -> Iterator[Content]:
    yield h("h2", "Answer")
    if answer.kind == "graph":
        yield h(
            "pre",
            h("code", plain_lines(shortened(answer.content.decode("utf-8", "replace"), 19_000))),
            tabindex="0",
        )
        return
    found = ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        yield h("p", "Yes." if found else "No.", class_="silence")
        return
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    every = list(found)
    lines = [h("tr", (h("td", term(explorer, one[name])) for name in names)) for one in every[:_MOST]]
    yield h(
        "p",
        f"{len(every):,} rows" + (f", the first {_MOST} here" if len(every) > _MOST else ""),
        class_="status",
    )
    yield h(
        "div",
        h(
            "table",
            h("thead", h("tr", (h("th", name, scope="col") for name in names))),
            h("tbody", lines),
            class_="gate",
        ),
        class_="wide",
        tabindex="0",
        role="group",
        aria_label="Answer",
    )


def _record(example: Example) -> dict[str, str]:
    return {"name": example.name, "title": example.title, "says": example.says, "query": example.query}


def _triples(asked: Asked) -> Iterator[ox.Triple]:
    """The examples, each a sh:SPARQLExecutable (SHACL, section 8.4 of the note on advanced features)."""
    for example in examples():
        this = ox.NamedNode(asked.absolute(address("/query", {"example": example.name})))
        form = "construct" if example.query.lstrip().upper().find("CONSTRUCT {") >= 0 else "select"
        told = (
            (expand("rdfs:label"), example.title),
            (expand("rdfs:comment"), example.says),
            (_SH + form, example.query),
        )
        yield ox.Triple(this, ox.NamedNode(expand("rdf:type")), ox.NamedNode(_SH + "SPARQLExecutable"))
        for predicate, words in told:
            yield ox.Triple(this, ox.NamedNode(predicate), ox.Literal(words))
