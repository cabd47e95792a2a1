"""The packaged data in every format: what holds of any report must hold of a real one."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, URIRef

from kgcheck.namespaces import kgc

ROOT = Path(__file__).parents[2]
WORDING = re.compile(r"\b(false|misled|admits|admitted|cherry-picked|lie[sd]?|liar)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def report() -> Any:
    """The report over the packaged data, made once."""
    from kgcheck.engines.local import run_check

    return run_check(None)


def test_it_says_that_it_uses_the_packaged_data(kgcheck: Any) -> None:
    outcome = kgcheck("check", "--select", "value-conflict", "--fail-on", "none")
    assert outcome.code == 0
    assert "using the packaged data" in outcome.err
    assert "packaged" not in outcome.out


@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("verbose", [False, True])
def test_the_page_fits(width: int, verbose: bool, report: Any) -> None:
    from kgcheck.report import render

    text = render(report, "text", width=width, verbose=verbose)
    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text


def test_what_kgcheck_says_itself_is_neutral(report: Any) -> None:
    """Quotes and titles are the sources' words; everything else is ours."""
    from kgcheck.report.record import finding_record

    for finding in report.findings:
        record = finding_record(finding, report)
        quotes = [claim["quote"] for claim in record["claims"]]
        for key in ("message", "action", "innocent", "settle", "question"):
            said = record[key]
            for quote in quotes:
                said = said.replace(quote, "")
            assert not WORDING.search(said), said


def test_the_contract_holds(report: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from kgcheck.report import render

    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    record = json.loads(render(report, "json"))
    jsonschema.Draft202012Validator(schema).validate(record)
    assert record["summary"]["documents"] == 12
    assert record["summary"]["claims"] >= 200
    counts = record["summary"]
    for verdict in ("contradiction", "tension", "apparent", "corroboration", "repetition"):
        assert counts[verdict] == sum(f["verdict"] == verdict for f in record["findings"])


def test_every_quote_can_be_found_again(report: Any) -> None:
    from kgcheck.report import render

    for finding in json.loads(render(report, "json"))["findings"]:
        for claim in finding["claims"]:
            assert claim["end"] - claim["start"] == len(claim["quote"])


def test_other_programs_read_it(report: Any) -> None:
    from kgcheck.report import render

    rows = list(csv.DictReader(io.StringIO(render(report, "csv"))))
    assert sum(bool(row["finding"]) for row in rows) == sum(len(f.parties) for f in report.findings)
    results = json.loads(render(report, "sarif"))["runs"][0]["results"]
    assert len(results) == len(report.findings) + len(report.violations)
    graph = Graph().parse(data=render(report, "turtle"), format="turtle")
    found = set(graph.subjects(RDF.type, URIRef(kgc("Finding"))))
    assert len(found) == len(report.findings)
    lines = render(report, "jsonl").splitlines()
    assert sum(json.loads(line)["record"] == "finding" for line in lines) == len(report.findings)
