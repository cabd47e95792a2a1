"""The JSON forms keep what other tools rely on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kgcheck.model.report import Report
from kgcheck.model.timing import Timed
from kgcheck.report import render

ROOT = Path(__file__).parents[2]


def test_the_schema_accepts_the_report(report: Report) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(render(report, "json")))


def test_the_schema_names_every_key(report: Report) -> None:
    """Keys that the schema does not describe would be promises that nobody made."""
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    record = json.loads(render(replace(report, timings=(Timed("loading", 0.5),)), "json"))
    described = schema["$defs"]
    assert set(record) == set(schema["properties"])
    for finding in record["findings"]:
        assert set(finding) == set(described["finding"]["properties"])
        for claim in finding["claims"]:
            assert set(claim) == set(described["claim"]["properties"])
            assert set(claim["scope"]) <= set(described["scope"]["properties"])


def test_findings_are_strongest_first(report: Report) -> None:
    verdicts = [finding["verdict"] for finding in json.loads(render(report, "json"))["findings"]]
    assert verdicts == ["contradiction", "tension", "apparent", "repetition"]


def test_quoted_by_is_null_where_the_publisher_speaks(report: Report) -> None:
    claims = json.loads(render(report, "json"))["findings"][0]["claims"]
    assert [(claim["speaker"], claim["quotedBy"]) for claim in claims] == [
        ("Example Hospitals Trust", "The Gazette"),
        ("Example Hospitals Trust", None),
        ("Example Hospitals Trust", None),
    ]


def test_json_loses_nothing_and_hides_nothing(report: Report) -> None:
    text = render(report, "json")
    assert not {"\x1b", "\u202e"} & set(text)
    quotes = [c["quote"] for f in json.loads(text)["findings"] for c in f["claims"]]
    assert "=2+2 \x1b[31m[bold]5.4%\u202e[/bold]\nof hips" in quotes


def test_json_lines_say_what_they_are(report: Report) -> None:
    lines = [json.loads(line) for line in render(report, "jsonl").splitlines()]
    assert [line["record"] for line in lines] == [
        "header", "finding", "finding", "finding", "finding", "violation", "quote", "conflictGroup",
    ]  # fmt: skip
    whole = json.loads(render(report, "json"))
    assert [{k: v for k, v in line.items() if k != "record"} for line in lines[1:5]] == whole["findings"]
    assert lines[0]["summary"] == whole["summary"]
