"""A canary on loopback that must hear nothing, and the program in a process of its own."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ANSWER = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "heard"}}]}}'


class Canary:
    """A web server that writes down every request; `heard` are their paths."""

    def __init__(self) -> None:
        heard = self.heard = list[str]()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                heard.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.send_header("Content-Length", str(len(ANSWER)))
                self.end_headers()
                self.wfile.write(ANSWER)

            do_POST = do_GET  # noqa: N815 - the name that the library looks for

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()


@pytest.fixture(scope="session")
def _canary() -> Iterator[Canary]:
    canary = Canary()
    yield canary
    canary.server.shutdown()
    canary.server.server_close()


@pytest.fixture
def canary(_canary: Canary) -> Iterator[Canary]:
    """Heard nothing at the beginning; a test that asks for it says what it heard in the end."""
    _canary.heard.clear()
    return _canary


@pytest.fixture
def silence(canary: Canary) -> Iterator[str]:
    """The address of a canary that must have heard nothing when the test is over."""
    yield canary.url
    assert canary.heard == []


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    code: int
    out: str
    err: str
    seconds: float


Program = Callable[..., Ended]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Runs `kgcheck` in a process of its own, in an empty folder; nothing may take a minute."""

    def run(*arguments: str | Path) -> Ended:
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "kgcheck", *map(str, arguments)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, "COLUMNS": "200"},
        )
        return Ended(done.returncode, done.stdout, done.stderr, time.monotonic() - began)

    return run


@pytest.fixture
def could_not_check(program: Program) -> Callable[..., str]:
    """Runs `kgcheck` and asserts that it could not check; returns what it said on standard error."""

    def run(*arguments: str | Path) -> str:
        ended = program(*arguments)
        assert ended.code == 2, (ended.code, ended.err)
        assert ended.out == ""
        assert "kgcheck: error: " in ended.err
        assert "Traceback" not in ended.err
        assert "unexpected" not in ended.err
        return ended.err

    return run
