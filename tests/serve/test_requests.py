"""Single requests, good and bad, and the whole of what is said to them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from kgcheck.serve.guard import HEADERS, LARGEST_BODY, LONGEST_ADDRESS

CASES = tomllib.loads((Path(__file__).parent / "cases" / "requests.toml").read_text(encoding="utf-8"))


def test_enough_cases() -> None:
    assert len(CASES) >= 50


def encoded(parameters: list[list[str]]) -> str:
    return urlencode([(name, value) for name, value in parameters])


@pytest.mark.parametrize("name", CASES)
def test_request(name: str, kent: Any) -> None:
    case: dict[str, Any] = CASES[name]
    target = case.get("target") or "/sparql" + (
        "?" + encoded(case["parameters"]) if "parameters" in case else ""
    )
    headers, body = dict(case.get("headers", {})), None
    if "form" in case:
        body = encoded(case["form"]).encode()
        headers["Content-Type"] = case.get("content_type", "application/x-www-form-urlencoded")
    elif "text" in case:
        body = case["text"].encode(case.get("encoding", "utf-8"))
        headers["Content-Type"] = case["content_type"]
    reply = kent.request(case["method"], target, body, headers)
    assert reply.status == case["status"], reply.text
    assert case.get("says", "") in reply.text
    assert "lacks" not in case or case["lacks"] not in reply.text
    shown = {header: reply.headers.get(header) for header in case.get("shows", {})}
    if "allow" in shown:
        shown["allow"] = ", ".join(sorted(str(shown["allow"]).split(", ")))
    assert shown == case.get("shows", {})
    assert not set(case.get("hides", ())) & set(reply.headers)
    for header in HEADERS:
        assert header.lower() in reply.headers
    if reply.status >= 400:
        assert reply.media_type in ("text/plain", "text/html")
        assert "Traceback" not in reply.text


def test_head_says_what_get_would(kent: Any) -> None:
    target = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o } LIMIT 3"})
    got, head = kent.request("GET", target), kent.request("HEAD", target)
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}


def test_long_address(kent: Any) -> None:
    reply = kent.request("GET", "/sparql?query=" + "a" * LONGEST_ADDRESS)
    assert reply.status == 414
    assert "POST" in reply.text


@pytest.mark.parametrize("chunked", [False, True])
def test_large_body(chunked: bool, kent: Any) -> None:
    body: Any = b"#" * (LARGEST_BODY + 1)
    if chunked:
        body = iter([b"#" * 100_000] * (LARGEST_BODY // 100_000 + 1))
    reply = kent.request("POST", "/sparql", body, {"Content-Type": "application/sparql-query"})
    assert reply.status == 413


def test_largest_query_that_is_taken(kent: Any) -> None:
    """A comment of 199,000 characters, each of which a form writes with nine bytes, nearly."""
    assert kent.ask("ASK {} #" + "é" * 150_000).status == 200
    reply = kent.request(
        "POST", "/sparql", b"ASK {} #" + b"x" * 200_000, {"Content-Type": "application/sparql-query"}
    )
    assert reply.status == 400
    assert "200,000" in reply.text
