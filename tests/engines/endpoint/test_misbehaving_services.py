"""Whatever a service does wrong is told in one line and ends with exit code 2, never with a verdict."""

from __future__ import annotations

import gzip
import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pyoxigraph as ox
import pytest

from kgcheck.cli.run import run

HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def service(fake: Any, data: Any) -> Any:
    """A service that holds a few documents."""
    fake.store.bulk_load(path=str(data("synthetic-100").graphs), format=ox.RdfFormat.N_QUADS)
    return fake


def is_page(asked: Any) -> bool:
    """Whether whole statements are asked for."""
    return "SELECT ?graph ?s ?p ?o" in asked.query


def is_any_page(asked: Any) -> bool:
    """The same, or things and what hangs on them are asked for."""
    return is_page(asked) or "SELECT *" in asked.query


def pages(change: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """Misbehaviour on pages of statements alone: the service looks healthy at first."""
    return lambda asked, reply: change(reply) if is_page(asked) else reply


def fewer_rows(reply: Any, count: int) -> Any:
    told = json.loads(reply.body)
    told["results"]["bindings"] = told["results"]["bindings"][:count]
    return replace(reply, body=json.dumps(told).encode())


def without_one_row(reply: Any) -> Any:
    return fewer_rows(reply, -1)


def with_one_row_more(reply: Any) -> Any:
    told = json.loads(reply.body)
    told["results"]["bindings"] += told["results"]["bindings"][:1]
    return replace(reply, body=json.dumps(told).encode())


def cut_off(reply: Any) -> Any:
    return replace(reply, body=reply.body[: len(reply.body) // 2])


def status(code: int, text: bytes = b"so it is", **headers: str) -> Callable[[Any, Any], Any]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _, reply: replace(
        reply, status=code, headers={"Content-Type": "text/plain", **named}, body=text
    )


def retyped(body: bytes, kind: str = "application/sparql-results+json") -> Callable[[Any, Any], Any]:
    return lambda _, reply: replace(reply, headers={"Content-Type": kind}, body=body)


MISBEHAVIOUR = {
    "JSON that breaks off": (pages(cut_off), "breaks off"),
    "nothing at all": (pages(lambda reply: replace(reply, body=b"")), "breaks off"),
    "fewer bytes than announced": (
        pages(lambda reply: replace(reply, body=reply.body[:-9], length=len(reply.body))),
        "breaks off",
    ),
    "a row left out of every page": (
        lambda asked, reply: without_one_row(reply) if is_any_page(asked) else reply,
        "rows",
    ),
    "rows too many": (pages(with_one_row_more), "changed while it was read"),
    "no rows": (pages(lambda reply: fewer_rows(reply, 0)), "gave 0 of"),
    "a time limit in Virtuoso's words": (
        pages(lambda reply: replace(reply, headers={**reply.headers, "X-SQL-State": "S1TAT"})),
        "a part of the answer",
    ),
    "a web page": (retyped(b"<html>Welcome</html>", "text/html"), "a web page came back"),
    "a web page that is called JSON": (retyped(b"<html>Welcome</html>"), "no set of SPARQL results"),
    "Turtle": (retyped(b"<urn:a> <urn:b> <urn:c> .", "text/turtle"), "answered in text/turtle"),
    "no type": (lambda _, reply: replace(reply, headers={}), "a form that it does not name"),
    "another JSON": (retyped(b'{"rows": []}'), "no set of SPARQL results"),
    "a list": (retyped(b"[1, 2]"), "no set of SPARQL results"),
    "deep JSON": (retyped(b"[" * 100_000), "no set of SPARQL results"),
    "400": (status(400, b"Parse error: line 1"), "HTTP 400 Bad Request: Parse error: line 1"),
    "401": (status(401, WWW_Authenticate='Basic realm="x"'), "HTTP 401"),
    "403": (status(403), "HTTP 403 Forbidden"),
    "404": (status(404), "HTTP 404 Not Found"),
    "500": (status(500), "HTTP 500 Internal Server Error"),
    "503 for ever": (status(503, Retry_After="0"), "HTTP 503 Service Unavailable"),
    "503 for an hour": (status(503, Retry_After="3600"), "HTTP 503 Service Unavailable"),
    "a redirection to itself": (status(302, Location="/sparql"), "HTTP 302"),
    "a redirection to a file": (status(302, Location="file:///etc/passwd"), "could not check"),
    "a page about itself": (status(303, Location="/about"), "could not check"),
    "gzip that breaks off": (
        pages(
            lambda reply: replace(
                reply,
                headers={**reply.headers, "Content-Encoding": "gzip"},
                body=gzip.compress(reply.body)[:-20],
            )
        ),
        "breaks off",
    ),
    "no gzip": (
        pages(lambda reply: replace(reply, headers={**reply.headers, "Content-Encoding": "gzip"})),
        "the connection failed",
    ),
    "an IRI that is none": (
        pages(lambda reply: replace(reply, body=reply.body.replace(b"https://example.org/o", b"no iri"))),
        "an IRI that is none",
    ),
}


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_could_not_check(name: str, service: Any, check: Any) -> None:
    service.misbehave, words = MISBEHAVIOUR[name]
    outcome = check("--endpoint", service.url)
    assert outcome.code == 2
    assert outcome.out == ""
    assert "could not check" in outcome.err
    assert words in outcome.err
    assert "Traceback" not in outcome.err


def test_misbehaviour_is_what_spoils_the_run(service: Any, check: Any) -> None:
    outcome = check("--endpoint", service.url, "--fail-on", "none")
    assert outcome.code == 0, outcome.err
    assert outcome.out


@pytest.mark.parametrize(
    "reply",
    [{"pause": 5.0}, {"pause": 0.2, "pieces": 1000}],
    ids=["silence", "drop by drop"],
)
def test_an_answer_takes_its_time(reply: dict[str, Any], service: Any, check: Any) -> None:
    service.misbehave = lambda _, right: replace(right, body=right.body * 20, **reply)
    start = time.monotonic()
    outcome = check("--endpoint", service.url, "--timeout", "0.7")
    assert time.monotonic() - start < 20  # the limit of 0.7 seconds, on a machine that may do other work
    assert outcome.code == 2
    assert "took longer than 0.7 seconds" in outcome.err


def test_an_answer_without_end(service: Any, check: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kgcheck.engines.endpoint.transport.ANSWER_BYTES", 1 << 20)
    bomb = gzip.compress(b" " * (8 << 20))
    service.misbehave = lambda _, reply: replace(
        reply, headers={**reply.headers, "Content-Encoding": "gzip"}, body=bomb
    )
    outcome = check("--endpoint", service.url)
    assert outcome.code == 2
    assert "more than 1 MB for one page" in outcome.err


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """Another host, and what it heard."""
    heard: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(204)
            self.end_headers()

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_another_host_hears_nothing(
    code: int, service: Any, check: Any, canary: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, heard = canary
    monkeypatch.setenv("KGCHECK_ENDPOINT_TOKEN", "secret")
    service.misbehave = status(code, Location=f"{place}/sparql?query=x")
    outcome = check("--endpoint", service.url)
    assert outcome.code == 2
    assert f"another host, {place}/sparql" in outcome.err
    assert heard == []


def test_a_service_that_moved_on_its_host_is_followed(service: Any, check: Any) -> None:
    def moved(asked: Any, reply: Any) -> Any:
        if asked.headers.get("x-seen") or len(service.asked) % 2 == 0:
            return reply
        # A posted query is posted again; an address keeps its query.
        place = f"/new?{query_of(asked)}" if asked.method == "GET" else "/new"
        return replace(reply, status=307, headers={"Location": place}, body=b"")

    service.misbehave = moved
    outcome = check("--endpoint", service.url, "--fail-on", "none")
    assert outcome.code == 0, outcome.err


def query_of(asked: Any) -> str:
    from urllib.parse import urlencode

    return urlencode({"query": asked.query})


def test_later_is_taken_at_its_word(service: Any, check: Any) -> None:
    def busy(asked: Any, reply: Any) -> Any:
        return status(429, Retry_After="0")(asked, reply) if len(service.asked) == 3 else reply

    service.misbehave = busy
    assert check("--endpoint", service.url, "--fail-on", "none").code == 0


def test_pages_that_are_cut_off_are_asked_for_again_in_smaller_ones(service: Any, check: Any) -> None:
    whole = check("--endpoint", service.url, "--fail-on", "none", "--format", "json")
    service.misbehave = lambda _, reply: fewer_rows(reply, 90) if b'"bindings"' in reply.body else reply
    cut = check("--endpoint", service.url, "--fail-on", "none", "--format", "json")
    assert cut.code == 0, cut.err
    assert cut.out == whole.out


def test_a_service_that_takes_posted_queries_alone(service: Any, check: Any) -> None:
    service.misbehave = lambda asked, reply: status(405)(asked, reply) if asked.method == "GET" else reply
    assert check("--endpoint", service.url, "--fail-on", "none").code == 0
    assert [asked.method for asked in service.asked].count("GET") == 1


def test_gzip_is_read(service: Any, check: Any) -> None:
    service.misbehave = lambda _, reply: replace(
        reply, headers={**reply.headers, "Content-Encoding": "gzip"}, body=gzip.compress(reply.body)
    )
    assert check("--endpoint", service.url, "--fail-on", "none").code == 0
    assert all(asked.headers["accept-encoding"] == "gzip" for asked in service.asked)


def guarded(asked: Any, reply: Any, expected: str) -> Any:
    if asked.headers.get("authorization") == expected:
        return reply
    return status(401, WWW_Authenticate='Basic realm="claims"')(asked, reply)


BASIC = "Basic bWU6c2VzYW1l"  # me:sesame


def test_credentials_from_the_address(service: Any, check: Any) -> None:
    service.misbehave = lambda asked, reply: guarded(asked, reply, BASIC)
    url = service.url.replace("http://", "http://me:sesame@")
    assert check("--endpoint", url, "--fail-on", "none").code == 0
    service.misbehave = lambda asked, reply: guarded(asked, reply, "another")
    outcome = check("--endpoint", url)
    assert outcome.code == 2
    assert "HTTP 401" in outcome.err
    assert "sesame" not in outcome.err


def test_credentials_from_the_environment(service: Any, check: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGCHECK_ENDPOINT_USER", "me")
    monkeypatch.setenv("KGCHECK_ENDPOINT_PASSWORD", "sesame")
    service.misbehave = lambda asked, reply: guarded(asked, reply, BASIC)
    assert check("--endpoint", service.url, "--fail-on", "none").code == 0


def test_a_token_from_the_environment(service: Any, check: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGCHECK_ENDPOINT_TOKEN", "t0ken")
    service.misbehave = lambda asked, reply: guarded(asked, reply, "Bearer t0ken")
    assert check("--endpoint", service.url, "--fail-on", "none").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--endpoint", "file:///etc/passwd"], "an http or https address"),
        (["--endpoint", "ftp://example.org/"], "an http or https address"),
        (["--endpoint", "http://"], "an http or https address"),
        (["--endpoint", "http://example.org:port/"], "an http or https address"),
        (["--endpoint", "http://127.0.0.1:9/sparql", "."], "no room for a PATH"),
        (["--endpoint-graph", "urn:x:a"], "go with --endpoint"),
    ],
)
def test_bad_usage(arguments: list[str], words: str, check: Any) -> None:
    outcome = check(*arguments)
    assert outcome.code == 2
    assert words in outcome.err


def test_nothing_about_claims(fake: Any, check: Any) -> None:
    fake.store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c")))
    outcome = check("--endpoint", fake.url)
    assert outcome.code == 2
    assert "nothing about claims" in outcome.err


def test_a_graph_that_is_not_there(service: Any, check: Any) -> None:
    outcome = check("--endpoint", service.url, "--endpoint-graph", "urn:x:nowhere")
    assert outcome.code == 2
    assert "no graph urn:x:nowhere" in outcome.err


@pytest.mark.parametrize("graph", ["no iri", "urn:x> } DROP ALL #"])
def test_a_graph_that_is_no_iri_reaches_no_query(graph: str, service: Any, check: Any) -> None:
    outcome = check("--endpoint", service.url, "--endpoint-graph", graph)
    assert outcome.code == 2
    assert service.asked == []


def test_nothing_is_asked_without_an_endpoint(service: Any, check: Any) -> None:
    assert run(["check", "--fail-on", "none", "-o", "report.txt"]) == 0
    assert service.asked == []
