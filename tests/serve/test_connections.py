"""Clients that are slow to ask, or to listen."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from uvicorn.server import ServerState

from kgcheck.serve import connections, sending
from kgcheck.serve.connections import Connection
from kgcheck.serve.sending import Load, Whole

Story = Callable[[str, int], Awaitable[None]]
HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n"


def run(app: Any, story: Story) -> None:
    """Serve an application for as long as a story takes."""

    async def serve() -> None:
        config = uvicorn.Config(app, http=Connection, ws="none", log_config=None)
        config.load()
        state = ServerState()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Connection(config, state, {}), "127.0.0.1", 0)
        async with server, asyncio.timeout(30):
            await story(*server.sockets[0].getsockname())

    # A thread of its own: a browser of other tests may keep a loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, serve()).result()


@pytest.fixture(autouse=True)
def _short_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(sending, "PIECE_SECONDS", 0.3)


@pytest.mark.parametrize("words", [b"", b"GET", HEAD])
def test_half_a_head_is_not_waited_for(words: bytes) -> None:
    async def story(host: str, port: int) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(words)
        started = time.monotonic()
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
        assert time.monotonic() - started < 5
        writer.close()

    run(PlainTextResponse("fine"), story)


def test_half_a_second_head_is_not_waited_for() -> None:
    async def story(host: str, port: int) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(HEAD + b"\r\n")
        assert (await reader.readuntil(b"fine")).startswith(b"HTTP/1.1 200")
        writer.write(HEAD)
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await reader.readexactly(1)
        writer.close()

    run(PlainTextResponse("fine"), story)


def test_slow_work_is_waited_for() -> None:
    """The limit is for heads: an answer may take its time, and a body too."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while (message := await receive()).get("more_body"):
            body += message["body"]
        await asyncio.sleep(0.6)
        await PlainTextResponse(body + message["body"])(scope, receive, send)

    async def story(host: str, port: int) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nab")
        await asyncio.sleep(0.6)
        writer.write(b"cd")
        assert (await reader.readuntil(b"abcd")).startswith(b"HTTP/1.1 200")
        writer.close()

    run(app, story)


def test_answer_in_pieces_is_the_whole() -> None:
    content = bytes(range(256)) * 8_000

    async def story(host: str, port: int) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(HEAD + b"Connection: close\r\n\r\n")
        _, _, body = (await reader.read()).partition(b"\r\n\r\n")
        assert body == content
        writer.close()

    run(Whole(content, "text/csv", Load()), story)


def test_who_does_not_listen_loses_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waited for them is forgotten; while it waits, others may have to come again."""
    content, load = b"x" * (32 << 20), Load()
    monkeypatch.setattr(sending, "MOST_AT_ONCE", 40 << 20)

    async def story(host: str, port: int) -> None:
        deaf = socket.create_connection((host, port))
        deaf.sendall(HEAD + b"\r\n")
        while not load.bytes:
            await asyncio.sleep(0.01)
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(HEAD + b"Connection: close\r\n\r\n")
        answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 503")
        assert b"retry-after: 2" in answer
        writer.close()
        while load.bytes:
            await asyncio.sleep(0.01)
        deaf.close()

    run(Whole(content, "text/csv", load), story)


def test_too_many_connections(kent: Any) -> None:
    """Some are told that the server is busy, more are closed; when they are gone all is well."""
    host, port = kent.place.split(":")
    held = []
    for _ in range(2 * connections.MOST + 20):
        try:
            held.append(socket.create_connection((host, int(port)), timeout=10))
        except OSError:
            break
    with socket.create_connection((host, int(port)), timeout=10) as late:
        try:
            late.sendall(HEAD + b"\r\n")
            said = late.recv(100)
        except OSError:
            said = b""
    assert said == b"" or b" 503 " in said
    for connection in held:
        connection.close()
    target = "/sparql?" + urlencode({"query": "ASK {}"})
    end = time.monotonic() + 20
    while kent_status(kent, target) != 200:
        assert time.monotonic() < end
        time.sleep(0.1)


def kent_status(kent: Any, target: str) -> int:
    try:
        return int(kent.request("GET", target).status)
    except OSError:
        return 0
