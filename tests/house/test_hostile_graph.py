"""A graph that means harm, from the file through a whole run into every report and export, and back.

Each text stands in every place that takes words: quotes, titles, labels of speakers and concepts, readings,
vintages. Every form is then read by a program that is not ours, which must find the claims and nothing else.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kgcheck.checks.registry import load_checks
from kgcheck.engines.local import load, run_check
from kgcheck.export import FORMATS as EXPORTS
from kgcheck.export import export
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict
from kgcheck.namespaces import PREFIXES
from kgcheck.report import FORMATS as REPORTS
from kgcheck.report import render
from kgcheck.store import Store

HARM = {
    "markup": "</script><img src=x onerror=alert(1)>",
    "comment": "<!--<script>alert(2)</script>]]> -->",
    "terminal": "\x1b[2J\x1b]8;;https://evil.example\x07click\x1b]8;;\x07 \x9b31m",
    "bidi": "abc\u202egpj.exe\u2066\u2069\u200f\u200b",
    "formula": '=HYPERLINK("https://evil.example";"x")',
    "formula in disguise": "\uff1d1+1",
    "controls": "a\x01\x02\x08b\x0bc\x0cd\x7fe\x85f\u2028g\u2029h",
    "markdown": "[x](javascript:alert(3)) **b** `c` | d\n# e",
    "quotation": '"\'\\\n""" \'\'\' \\" \\u0022',
    "template": "{{7*7}} ${7*7} %s %(x)s <%= 7*7 %> %%{init: {}}%%",
    "a megabyte": "x" * 990_000,
    "a megabyte of spaces": "y" + " " * 900_000 + "y",
}
BASE = "https://example.org/harm/"
CLAIMS = 3

TURTLE = """
<{base}d{n}> a kgc:Document ; dct:identifier "d{n}" ; dct:title {text} ; dct:publisher <{base}outlet> ;
    dct:issued "202{n}-02-03"^^xsd:date ; kgc:dateBasis "stated" .
<{base}d{n}#c> a kgc:StatisticalClaim ; kgc:inDocument <{base}d{n}> ;
    kgc:evidence [ a oa:SpecificResource ; oa:hasSource <{base}d{n}> ;
        oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact {quote} ] ] ;
    prov:wasAttributedTo <{base}speaker> ; kgc:statedValue "{value}" ; kgc:statedPeriod "2020" ;
    kgc:periodStart "2020-01-01"^^xsd:date ; kgc:periodEnd "2020-12-31"^^xsd:date ;
    kgc:method <{base}method> ; kgc:measure <{base}voc#rate> ;
    kgc:topic <{base}voc#topic> ; kgc:area <{base}voc#area> .
"""
COMMON = """
<{base}outlet> a org:Organization ; rdfs:label {text} .
<{base}speaker> a org:Organization ; rdfs:label {text} .
"""
VOCABULARY = """
<{base}voc> a owl:Ontology .
<{base}voc#rate> a kgc:Measure ; skos:prefLabel {text}@en ; skos:definition "A share."@en ;
    kgc:unitKind "ratio" ; kgc:requires kgc:area , kgc:period , kgc:topic .
<{base}voc#topic> a skos:Concept ; skos:prefLabel {text}@en ; skos:definition "A topic."@en .
<{base}voc#area> a skos:Concept ; skos:prefLabel {text}@en ; skos:definition "An area."@en .
<{base}method> a skos:Concept ; skos:prefLabel {text}@en ; skos:definition "A method."@en .
"""


@dataclass(frozen=True)
class Harmed:
    """A run over a graph with one text everywhere."""

    text: str
    report: Report
    store: Store


@pytest.fixture(scope="module", params=HARM, ids=str)
def harmed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Harmed:
    text = HARM[request.param]
    folder = tmp_path_factory.mktemp("harm")
    literal = str(ox.Literal(text))
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    quote = str(ox.Literal(text if len(text) < 100 else "12%"))
    documents = "".join(
        TURTLE.replace("{base}", BASE)
        .replace("{n}", str(n))
        .replace("{value}", value)
        .replace("{quote}", quote)
        .replace("{text}", literal)
        for n, value in enumerate(("12%", "19%", "12%"))
    )
    claims, vocabulary = folder / "claims.trig", folder / "voc.ttl"
    common = COMMON.replace("{base}", BASE).replace("{text}", literal)
    claims.write_text(head + documents + common, encoding="utf-8")
    # A megabyte in the label of a concept would stand in the report a hundred times over.
    label = literal if len(text) < 10_000 else '"words"'
    vocabulary.write_text(
        head + VOCABULARY.replace("{base}", BASE).replace("{text}", label), encoding="utf-8"
    )
    return Harmed(text, run_check([claims], vocabulary=[vocabulary]), load([claims], [vocabulary]).store)


def test_the_claims_conflict_whatever_their_words(harmed: Harmed) -> None:
    assert len(harmed.report.claims) == CLAIMS
    assert not harmed.report.incomplete
    assert any(f.verdict in (Verdict.CONTRADICTION, Verdict.TENSION) for f in harmed.report.findings)


def _unseen(text: str) -> set[str]:
    """What hides, reorders or drives: none of it belongs in a file for people."""
    kept = "\n\t\r\u200c\u200d"
    return {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and c not in kept}


class _Page(HTMLParser):
    """Elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.data: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.data.append(data)


def _page(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    assert not {"img", "iframe", "object", "embed", "base", "link"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]
    for name, value in page.attributes:
        if name in ("href", "src", "action"):
            assert re.match(r"https?://|#", value or ""), value
    return page


def _html(text: str) -> int:
    page = _page(text)
    assert _unseen(re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)) == set()
    return page.tags.count("article")


def _markdown(text: str) -> int:
    markdown = pytest.importorskip("markdown_it", reason="rich brings markdown-it-py")
    page = _page(markdown.MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
    assert "script" not in page.tags
    assert _unseen(text) == set()
    return text.count("## ")


def _rows(text: str) -> int:
    rows = list(csv.reader(io.StringIO(text), strict=True))
    for row in rows:
        assert len(row) == len(rows[0])
        for cell in row:
            assert not re.match(r"\s*[=+@\uff1d\uff0b\uff20]", cell), cell[:40]
    return len(rows) - 1


def _junit(text: str) -> int:
    return len(list(ElementTree.fromstring(text).iter("testcase")))  # noqa: S314 (a file of our own)


def _turtle(text: str) -> int:
    graph = rdflib.Graph().parse(data=text, format="turtle")
    return len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(PREFIXES["kgc"] + "Finding"))))


def _plain(text: str) -> int:
    assert _unseen(text) == set()
    return text.count("side 1")


READ_REPORTS: dict[str, Callable[[str], int]] = {
    "text": _plain,
    "json": lambda text: len(json.loads(text)["findings"]),
    "jsonl": lambda text: sum('"check"' in line for line in text.splitlines() if json.loads(line)),
    "markdown": _markdown,
    "csv": _rows,
    "sarif": lambda text: len(json.loads(text)["runs"][0]["results"]),
    "turtle": _turtle,
    "junit": _junit,
    "html": _html,
}


def test_every_form_has_a_reader() -> None:
    assert READ_REPORTS.keys() == REPORTS.keys()
    assert READ_EXPORTS.keys() == set(EXPORTS)


@pytest.mark.parametrize("form", REPORTS)
def test_reports_read_back(harmed: Harmed, form: str) -> None:
    text = render(harmed.report, form, checks=load_checks())
    assert text.encode("utf-8")
    assert READ_REPORTS[form](text) >= 1


def _claims_of(graph: nx.Graph[str]) -> int:
    assert all(isinstance(v, (str, int, float, bool)) for _, d in graph.nodes(data=True) for v in d.values())
    assert not {c for _, d in graph.nodes(data=True) for v in d.values() for c in str(v)} & set(
        "\x1b\u202e\x00"
    )
    return sum(kind == "claim" for _, kind in graph.nodes(data="kind"))


def _dot(content: bytes) -> int:
    pydot = pytest.importorskip("pydot", reason="the test group has pydot")
    with warnings.catch_warnings():  # pydot 4.0 calls deprecated names of its parser library
        warnings.simplefilter("ignore", DeprecationWarning)
        (graph,) = pydot.graph_from_dot_data(content.decode())
    return sum(node.get_attributes().get('"kind"') == '"claim"' for node in graph.get_nodes())


def _quads(form: ox.RdfFormat) -> Callable[[bytes], int]:
    def read(content: bytes) -> int:
        quads = list(ox.parse(content, format=form))
        return len({q.subject for q in quads if q.predicate.value == PREFIXES["kgc"] + "evidence"})

    return read


def _tables(content: bytes) -> int:
    with ZipFile(BytesIO(content)) as packed:
        nodes, edges = (packed.read(name).decode() for name in ("nodes.csv", "edges.csv"))
    assert _rows(edges) > CLAIMS
    _rows(nodes)
    return sum(row["kind"] == "claim" for row in csv.DictReader(io.StringIO(nodes), strict=True))


def _mermaid(content: bytes) -> int:
    text = content.decode()
    assert _unseen(text) == set()
    assert "%%{" not in text
    labels = re.findall(r'^ *n\d+\["(.*)"\]', text, re.MULTILINE)
    assert not [label for label in labels if '"' in label or "<" in label]
    return len(labels)


def _graph_page(content: bytes) -> int:
    text = content.decode()
    _page(text)
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return sum(node[1] == "claim" for node in json.loads(found[1])["nodes"])


def _svg(content: bytes) -> int:
    root = ElementTree.fromstring(content)  # noqa: S314 (a file of our own)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not names & {"script", "image", "foreignObject", "a"}
    assert _unseen("".join(root.itertext())) == set()
    return len(names)


def _png(content: bytes) -> int:
    image = pytest.importorskip("PIL.Image", reason="matplotlib brings pillow")
    with image.open(BytesIO(content)) as picture:
        picture.load()
        assert max(picture.size) < 20_000
        return int(picture.size[0])


READ_EXPORTS: dict[str, Callable[[bytes], int]] = {
    "turtle": _quads(ox.RdfFormat.TURTLE),
    "trig": _quads(ox.RdfFormat.TRIG),
    "nquads": _quads(ox.RdfFormat.N_QUADS),
    "jsonld": _quads(ox.RdfFormat.JSON_LD),
    "graphml": lambda content: _claims_of(nx.read_graphml(BytesIO(content))),
    "gexf": lambda content: _claims_of(nx.read_gexf(BytesIO(content))),
    "dot": _dot,
    "csv": _tables,
    "cytoscape": lambda content: sum(
        node["data"]["kind"] == "claim" for node in json.loads(content)["elements"]["nodes"]
    ),
    "mermaid": _mermaid,
    "html": _graph_page,
    "svg": _svg,
    "png": _png,
}


@pytest.mark.parametrize("form", EXPORTS)
def test_exports_read_back(harmed: Harmed, form: str, tmp_path: Path) -> None:
    if form == "png":
        pytest.importorskip("matplotlib", reason="the extra 'pictures' has matplotlib")
    place = tmp_path / "out.zip"
    export(harmed.report, harmed.store, place, form, with_findings=True)
    found = READ_EXPORTS[form](place.read_bytes())
    assert found >= 1 if form in ("svg", "png", "mermaid") else found == CLAIMS


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "jsonld"])
def test_rdf_keeps_the_very_words(harmed: Harmed, form: str, tmp_path: Path) -> None:
    """RDF is for programs: it is the one kind of file that holds the text as it was, escaped."""
    place = tmp_path / "out"
    export(harmed.report, harmed.store, place, form)
    forms = {
        "turtle": ox.RdfFormat.TURTLE,
        "trig": ox.RdfFormat.TRIG,
        "nquads": ox.RdfFormat.N_QUADS,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    words = {
        quad.object.value
        for quad in ox.parse(place.read_bytes(), format=forms[form])
        if quad.predicate.value == PREFIXES["dct"] + "title" and isinstance(quad.object, ox.Literal)
    }
    assert words == {harmed.text}
    if form != "jsonld":
        assert not _unseen(place.read_text(encoding="utf-8")) & set("\x1b\x9b\u202e\u2066\u2028")
