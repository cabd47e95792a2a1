"""The W3C's protocol tests: the query part as it stands, the update part refused."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

CASES = tomllib.loads((Path(__file__).parent / "cases" / "w3c.toml").read_text(encoding="utf-8"))
UPDATES = [name for name in CASES if "update" in name]


def test_all_cases_are_here() -> None:
    assert len(CASES) == 35
    assert len(UPDATES) == 14


def encoded(parameters: list[list[str]]) -> str:
    return urlencode([(name, value) for name, value in parameters])


@pytest.mark.parametrize("name", CASES)
def test_protocol(name: str, w3c: Any) -> None:
    case = CASES[name]
    target = "/sparql" + ("?" + encoded(case["parameters"]) if "parameters" in case else "")
    headers, body = {}, None
    if "form" in case:
        body = encoded(case["form"]).encode()
        headers = {"Content-Type": case.get("content_type", "application/x-www-form-urlencoded")}
    elif "text" in case:
        body = case["text"].encode(case.get("encoding", "utf-8"))
        headers = {"Content-Type": case["content_type"]}
    reply = w3c.request(case["method"], target, body, {k: v for k, v in headers.items() if v})
    assert str(reply.status).startswith(tuple(case["status"])), reply.text
    if "types" in case:
        assert reply.media_type in case["types"]
    if "truth" in case:
        assert json.loads(reply.body)["boolean"] is case["truth"]
    if reply.status >= 400:
        assert reply.media_type == "text/plain"
        assert reply.text.strip()


def test_nothing_was_changed(w3c: Any) -> None:
    for number in (1, 2, 3):
        graph = f"http://kasei.us/2009/09/sparql/data/data{number}.rdf"
        reply = w3c.ask(f"ASK {{ GRAPH <{graph}> {{ <{graph}> a ?type }} }}")
        assert json.loads(reply.body)["boolean"] is True
