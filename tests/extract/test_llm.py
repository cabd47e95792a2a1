"""The extractor `llm` against a server on this machine that speaks the protocol."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from kgcheck.errors import InputError, UsageError
from kgcheck.extract import SourceText, extract
from kgcheck.extract.llm import SCHEMA, Endpoint, LanguageModel
from kgcheck.extract.plugins import load_extractor

TEXT = (
    "The library lent out its books as ever, a third fewer than before. "
    "Visitors thanked the staff for 12 talks.\n"
)
Answer = Callable[[dict[str, Any]], tuple[int, bytes]]


def claim(**fields: Any) -> dict[str, Any]:
    """A claim of an answer, complete."""
    empty = dict.fromkeys(SCHEMA["properties"]["claims"]["items"]["properties"])
    return {**empty, "comparator": "=", "unit": "-", "kind": "quote", **fields}


def answered(content: str) -> tuple[int, bytes]:
    """A chat completion with this content."""
    return 200, json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], Endpoint]]:
    """Start a server that answers as told, and give its endpoint."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Answer) -> Endpoint:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                asked["path"], asked["key"] = self.path, self.headers.get("Authorization")
                code, body = answer(asked)
                self.send_response(code)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Keep quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "a-model", "secret", seconds=5)

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def run(endpoint: Endpoint) -> Any:
    """The extraction of TEXT with the model's help."""
    return extract(SourceText("x", TEXT), [LanguageModel(endpoint)])


def test_a_good_answer_is_proposed(serve: Callable[[Answer], Endpoint]) -> None:
    seen: list[dict[str, Any]] = []

    def answer(asked: dict[str, Any]) -> tuple[int, bytes]:
        seen.append(asked)
        return answered(json.dumps({"claims": [claim(quote="lent out its books as ever", kind="quote")]}))

    found = run(serve(answer))
    quotes = {one.quote: one for one in found.proposals}
    assert quotes["lent out its books as ever"].notes["extractor"] == "llm"
    assert seen[0]["path"] == "/v1/chat/completions"
    assert seen[0]["key"] == "Bearer secret"
    assert seen[0]["model"] == "a-model"
    assert seen[0]["response_format"]["json_schema"]["schema"] == json.loads(json.dumps(SCHEMA))
    assert seen[0]["messages"][-1]["content"] == TEXT


def test_what_the_model_makes_up_is_dropped(serve: Callable[[Answer], Endpoint]) -> None:
    made_up = [
        claim(quote="the library closed for ever", kind="quote"),
        claim(quote="12 talks", kind="statistic", value=120, unit="count"),
        claim(quote="12 talks", kind="statistic", value=True, unit="count"),
        claim(quote=TEXT.strip(), kind="quote"),
        claim(quote="12 talks", kind="statistic", value=12, unit="count", comparator="roughly"),
        claim(quote="12 talks", kind="statistic", value=12, unit="count", direction="sideways"),
        claim(quote="12 talks", kind="rumour", value=12, unit="count"),
        claim(quote="12 talks", kind="statistic", value=float("nan"), unit="count"),
        {"quote": 7},
        "not even a claim",
    ]
    before = extract(SourceText("x", TEXT))
    found = run(serve(lambda _: answered(json.dumps({"claims": made_up}))))
    assert [one.quote for one in found.proposals] == [one.quote for one in before.proposals]
    assert sum(found.dropped.values()) == len(made_up)


@pytest.mark.parametrize(
    "content",
    ["", "no JSON", "[]", '{"claims": 3}', '{"claim": []}', "null", '{"claims": [', "[" * 100_000],
    ids=lambda content: content[:12],
)
def test_a_malformed_answer_is_counted(serve: Callable[[Answer], Endpoint], content: str) -> None:
    found = run(serve(lambda _: answered(content)))
    assert found.dropped == {"quote": 1}
    assert found.proposals  # those of the rules


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"broken"),
        (401, b"{}"),
        (429, b"{}"),
        (200, b""),
        (200, b"<html>"),
        (200, b"{}"),
        (200, b'{"choices": []}'),
        (200, b'{"choices": [{"message": {"content": null, "refusal": "no"}}]}'),
        (200, b"[" * 100_000),
        (200, b"\xff\xfe"),
    ],
    ids=lambda answer: f"{answer[0]} {answer[1][:12]!r}",
)
def test_a_failing_server_is_named(serve: Callable[[Answer], Endpoint], answer: tuple[int, bytes]) -> None:
    endpoint = serve(lambda _: answer)
    with pytest.raises(InputError) as caught:
        run(endpoint)
    assert caught.value.path == endpoint.url


def raw(pieces: list[bytes], pause: float = 0) -> tuple[str, socket.socket]:
    """The address of a server that sends these bytes to whoever asks, and then hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def send() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(1 << 16)
            for piece in pieces:
                with suppress(OSError):
                    connection.sendall(piece)
                time.sleep(pause)

    threading.Thread(target=send, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}/v1", listener


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"


@pytest.mark.parametrize(
    ("pieces", "pause"),
    [
        ([], 0),
        ([b"nonsense\r\n\r\n"], 0),
        ([HEAD, b'{"choices": ['], 0),
        ([HEAD], 3),
        ([HEAD, *[b" "] * 30], 0.2),
    ],
    ids=["hangs up", "no HTTP", "breaks off", "falls silent", "drips"],
)
def test_a_connection_that_fails_is_named(pieces: list[bytes], pause: float) -> None:
    """A server that breaks off, falls silent or never ends is given up after the time that is set."""
    url, listener = raw(pieces, pause)
    begun = time.monotonic()
    with listener, pytest.raises(InputError) as caught:
        run(Endpoint(url, "a-model", seconds=1))
    assert caught.value.path == url
    assert time.monotonic() - begun < 10


def test_nobody_there() -> None:
    with pytest.raises(InputError):
        run(Endpoint("http://127.0.0.1:9/v1", "a-model", seconds=2))


def test_nothing_is_asked_unless_it_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KGCHECK_LLM_URL", raising=False)
    with pytest.raises(UsageError) as caught:
        load_extractor("llm")
    assert "KGCHECK_LLM_URL" in (caught.value.remedy or "")


def test_an_unknown_extractor_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        load_extractor("no-such-extractor")
    assert "llm" in (caught.value.remedy or "")
