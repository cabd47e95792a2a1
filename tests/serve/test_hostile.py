"""Queries and clients that mean no good: each is told why, and the next one is answered."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUICK = "ASK { ?claim kgc:statedValue ?words }"
SECONDS = 2


def waited(condition: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether a condition comes true within some time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def strict(impatient: Any) -> Iterator[Any]:
    """A server with little patience; afterwards it still answers, and no worker is left."""
    yield impatient
    assert impatient.ask(QUICK).status == 200
    assert waited(lambda: impatient.idle)


QUERIES = {
    # query → status, what is said
    "endless": (ENDLESS, 504, "took longer than 2 seconds"),
    "endless path": (
        "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>|^!<x:y>)* ?b . ?c (!<x:y>|^!<x:y>)* ?d }",
        504,
        "took longer",
    ),
    "deep groups": ("ASK " + "{" * 3000 + "}" * 3000, 400, "levels of brackets"),
    "deep filter": ("ASK { FILTER" + "(" * 5000 + "1" + ")" * 5000 + " }", 400, "levels of brackets"),
    "deep not": ("ASK { FILTER(" + "!" * 100_000 + "true) }", 400, "words and signs"),
    "many parts": ("ASK { " + "{} UNION " * 20_000 + "{} }", 400, "words and signs"),
    "many unary signs": ("ASK { FILTER(" + "- " * 3000 + "1 = 1) }", None, ""),
    "long": ("ASK {} #" + "x" * 250_000, 400, "the limit is 200,000"),
    "regular expression": (
        "ASK { FILTER(REGEX('" + "a" * 5000 + "!', '^(a+)+$')) }",
        200,
        "false",
    ),
    "null": ("ASK { FILTER('\0' = '\0') }", None, ""),
    "lone surrogate": ("ASK { FILTER('\\uD800' = 'x') }", 400, ""),
}


GREEDY = {
    # query → what is said
    "too much memory": ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?f ?a ?i", "of memory"),
    "a string that doubles": (
        "SELECT ?z { BIND('"
        + "x" * 1000
        + "' AS ?a) "
        + " ".join(
            f"BIND(CONCAT({', '.join(['?' + a] * 20)}) AS ?{b})"
            for a, b in zip("abcdef", "bcdefz", strict=True)
        )
        + " }",
        "of memory",
    ),
    "large answer": ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "larger than"),
}


@pytest.mark.parametrize("name", GREEDY)
def test_greedy_query(name: str, small: Any) -> None:
    query, says = GREEDY[name]
    reply = small.ask(query)
    assert reply.status == 503, reply.text[:500]
    assert says in reply.text
    assert "retry-after" not in reply.headers
    assert small.ask(QUICK).status == 200


@pytest.mark.parametrize("name", QUERIES)
def test_query(name: str, strict: Any) -> None:
    query, status, says = QUERIES[name]
    started = time.monotonic()
    reply = strict.ask(query)
    assert time.monotonic() - started < 10 * SECONDS
    assert status is None or reply.status == status, reply.text[:500]
    assert reply.status in (200, 400, 503, 504)
    assert says in reply.text
    assert ("retry-after" in reply.headers) is (reply.status == 503 and "busy" in reply.text)


def test_answers_are_whole_or_not_there(strict: Any) -> None:
    """An answer that runs out of time after many rows has no row in it."""
    together = "STRLEN(CONCAT(STR(?a), STR(?f), STR(?i)))"
    reply = strict.ask(f"SELECT ?a {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER({together} = 137) }}")
    assert reply.status == 504
    assert reply.media_type == "text/plain"


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port on loopback, and what was said to it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(1)
                    heard.append(connection.recv(1000))

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield server.getsockname()[1], heard
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


REMOTE = [
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{url}> AS ?g) SERVICE ?g {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SeRvIcE<{url}>{{ ?s ?p ?o }} }}",
    "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "DESCRIBE <{url}>",
    "LOAD <{url}>",
    "LOAD SILENT <{url}> INTO GRAPH <urn:x>",
    "INSERT DATA {{ <{url}> <{url}> <{url}> }}",
    "BASE <{url}> SELECT * FROM <x> {{ ?s ?p ?o }}",
]


def test_nothing_goes_out(strict: Any, listener: tuple[int, list[bytes]]) -> None:
    port, heard = listener
    url = f"http://127.0.0.1:{port}/sparql"
    for query in REMOTE:
        reply = strict.ask(query.format(url=url))
        assert reply.status in (200, 400, 406), query
    for way in ("default-graph-uri", "named-graph-uri"):
        strict.request("GET", "/sparql?" + urlencode({"query": "ASK { ?s ?p ?o }", way: url}))
    assert heard == []
    with socket.create_connection(("127.0.0.1", port)) as control:
        control.sendall(b"it would have heard")
    assert waited(lambda: heard == [b"it would have heard"])


def test_client_that_goes_away(strict: Any) -> None:
    """Its query ends with it, long before its time is up."""
    connections = []
    for _ in range(3):
        connection = socket.create_connection(tuple(strict.place.split(":")), timeout=10)
        body = urlencode({"query": ENDLESS}).encode()
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        )
        connections.append(connection)
    assert waited(lambda: strict.worker() is not None, SECONDS)
    gone = time.monotonic()
    for connection in connections:
        connection.close()
    assert waited(lambda: strict.idle, SECONDS)
    assert time.monotonic() - gone < SECONDS


def test_quick_queries_get_through(strict: Any) -> None:
    """More endless queries than may run at once, all the time; a quick one waits a moment at most."""
    over = threading.Event()
    statuses: list[int] = []

    def insist() -> None:
        while not over.is_set():
            statuses.append(strict.ask(ENDLESS).status)

    threads = [threading.Thread(target=insist) for _ in range(8)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(1)
        for _ in range(5):
            started = time.monotonic()
            assert strict.ask(QUICK).status == 200
            assert time.monotonic() - started < 20
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert set(statuses) <= {503, 504}


def test_those_who_wait_too_many_are_told_when_to_come_again(serve: Any) -> None:
    server = serve("--timeout", 3, "--concurrency", 1)
    replies: list[Any] = []
    threads = [threading.Thread(target=lambda: replies.append(server.ask(ENDLESS))) for _ in range(14)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {reply.status for reply in replies} <= {503, 504}
    busy = [reply for reply in replies if reply.status == 503]
    assert busy
    assert all(int(reply.headers["retry-after"]) > 0 for reply in busy)


def test_slow_clients_do_not_hold_the_others_up(strict: Any) -> None:
    """Half a request, on many connections."""
    host, port = strict.place.split(":")
    connections = [socket.create_connection((host, int(port)), timeout=5) for _ in range(50)]
    for connection in connections:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Le")
    assert strict.ask(QUICK).status == 200
    for connection in connections:
        connection.close()


@pytest.mark.parametrize(
    "words",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # TLS
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 2_000_000 + b"\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"GET http://attacker.example/ HTTP/1.1\r\nHost: attacker.example\r\n\r\n",
        b"\r\n\r\n\r\n",
    ],
    ids=lambda words: repr(words[:30]),
)
def test_bytes_that_are_no_request(words: bytes, kent: Any) -> None:
    host, port = kent.place.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        try:
            connection.sendall(words)
            connection.shutdown(socket.SHUT_WR)
            said = connection.recv(100)
        except OSError:  # the server had enough and closed
            said = b""
    assert said == b"" or said.split()[1][:1] == b"4"
    assert json.loads(kent.ask(QUICK).body)["boolean"] is True
