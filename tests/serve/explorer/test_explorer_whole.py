"""Everything that the packaged data holds has a page, in every form; and what the pages bring along."""

from __future__ import annotations

from importlib.resources import files
from urllib.parse import parse_qsl, unquote

import pytest

from kgcheck.findings.rdf import finding_iri
from kgcheck.report.html.element import h, written
from kgcheck.serve.explorer.answering import find
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.describing import as_json_ld, as_turtle
from kgcheck.serve.explorer.drawing import drawn
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.files import YASGUI, locate, read
from kgcheck.serve.explorer.page import Missing, Page

BASE = "http://127.0.0.1:8000"


def page_at(explorer: Explorer, path: str) -> Page:
    place, _, query = path.partition("?")
    names = tuple(unquote(name) for name in place.split("/")[1:])
    page = find(explorer, Asked(names, dict(parse_qsl(query)), BASE, place))
    assert isinstance(page, Page)
    return page


@pytest.mark.parametrize("kind", ["documents", "claims", "agents", "concepts", "findings", "checks"])
def test_everything_has_a_page(explorer: Explorer, kind: str) -> None:
    report, catalogue = explorer.report, explorer.catalogue
    iris = {
        "documents": list(report.documents),
        "claims": list(report.claims),
        "agents": list(catalogue.agents),
        "concepts": list(catalogue.concepts),
        "findings": [finding_iri(finding.id) for finding in report.findings],
    }
    paths = [explorer.places.of(iri) for iri in iris.get(kind, ())] or [
        f"/checks/{c}" for c in explorer.checks
    ]
    assert len(paths) >= 12
    for path in paths:
        assert path is not None
        assert path.startswith(f"/{kind}/")
        page = page_at(explorer, path)
        text = written(h("main", page.body()))
        assert text.count("<h1") == 1, path
        assert page.title.strip()
        assert page.record()
        triples = list(page.triples())
        assert as_turtle(triples, explorer.prefixes)
        assert as_json_ld(triples, explorer.prefixes)


def test_every_node_of_the_graph_can_be_looked_up(explorer: Explorer) -> None:
    named = {
        quad.subject.value for quad in explorer.store.raw if quad.subject.value.startswith(("http", "urn"))
    }
    assert len(named) > 1_500
    for iri in sorted(named)[::5]:
        found = find(explorer, Asked(("resource",), {"iri": iri}, BASE, "/resource"))
        if isinstance(found, Page):
            assert written(h("main", found.body()))
            assert found.record()["iri"] == iri


def test_findings_are_drawn(explorer: Explorer) -> None:
    for finding in explorer.catalogue.findings[::8]:
        content, policy = drawn(explorer, finding.id)
        assert "default-src 'none'" in policy
        assert finding_iri(finding.id).encode() in content
    with pytest.raises(Missing):
        drawn(explorer, "nothing")


def test_no_league_table(explorer: Explorer) -> None:
    """People and bodies stand in the order of their names, without a count of what they are part of."""
    text = written(h("main", page_at(explorer, "/agents").body()))
    assert "<small" not in text
    names = [explorer.catalogue.label(iri).casefold() for iri in explorer.catalogue.agents]
    assert names == sorted(names)


def test_files_bring_their_licences() -> None:
    vendor = files("kgcheck.serve.explorer") / "vendor"
    names = {entry.name for entry in vendor.iterdir()}
    assert names == {
        "README.md",
        "yasgui-LICENSES.txt",
        f"yasgui-{YASGUI}.min.css",
        f"yasgui-{YASGUI}.min.js",
    }
    licences = (vendor / "yasgui-LICENSES.txt").read_text(encoding="utf-8")
    for name in (f"YASGUI {YASGUI}", "codemirror 5", "jquery 3", "datatables.net 2", "dompurify 3"):
        assert name in licences
    for name in ("yasgui.js", "query.js", "theme.js"):
        file = read(name)
        assert file is not None
        assert b"sourceMappingURL" not in file.content
        assert locate(name) == f"/assets/{name}?v={file.digest}"
    assert read("../routes.py") is None


def test_scripts_of_the_house_make_no_markup() -> None:
    for name in ("query.js", "theme.js"):
        file = read(name)
        assert file is not None
        for word in (b"innerHTML", b"outerHTML", b"insertAdjacentHTML", b"document.write", b"eval("):
            assert word not in file.content
