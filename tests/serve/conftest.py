"""Servers to test: real processes on loopback, asked over real sockets."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

HERE = Path(__file__).parent
PATIENCE = 60
"""Seconds for a server to start or to end, on a machine with other things to do."""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass
class Served:
    """A running server."""

    process: subprocess.Popen[str]
    address: str
    said: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Host and port."""
        return self.address.removeprefix("http://").rstrip("/")

    def request(
        self,
        method: str = "GET",
        target: str = "/",
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = PATIENCE,
    ) -> Reply:
        """One request over a connection of its own."""
        connection = http.client.HTTPConnection(self.place, timeout=timeout)
        try:
            connection.request(method, target, body, headers or {})
            answer = connection.getresponse()
            kept = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, kept, answer.read())
        finally:
            connection.close()

    def ask(self, query: str, accept: str = "application/sparql-results+json", **options: object) -> Reply:
        """A query by POST."""
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        return self.request("POST", "/sparql", urlencode({"query": query}).encode(), headers, **options)  # type: ignore[arg-type]

    def processes(self) -> list[int]:
        """The server's process and all below it, those among them that have ended and nobody waited for."""
        return below(self.process.pid)


def below(root: int) -> list[int]:
    """A process and what it started, as long as that is there (Linux)."""
    above: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (
                (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            )
        except OSError:
            continue
        above[int(folder.name)] = int(fields[1])
    found = [root] if root in above else []
    for process in found:
        found += [other for other, parent in above.items() if parent == process]
    return found


@contextmanager
def served(command: Sequence[str], folder: Path) -> Iterator[Served]:
    """A server that is told to listen on any free port, and that ends cleanly."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.match(r"http://\S+", line)
        if found is None:
            process.kill()
            pytest.fail(f"the server said {line!r} and {process.communicate()[1]}")
        server = Served(process, found[0])
        yield server
        family = server.processes()
        process.send_signal(signal.SIGINT)
        out, complaints = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, complaints
        server.said += [out, complaints]
        assert "Traceback" not in complaints, complaints
        assert not [other for other in family if Path(f"/proc/{other}").exists()]
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


Serve = Callable[..., Served]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts `kgcheck serve` with the options given; every server has to end cleanly."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda *options: stack.enter_context(
            served(["-m", "kgcheck", "serve", "--port", "0", *map(str, options)], tmp_path)
        )


@pytest.fixture(scope="session")
def kent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over the packaged data, for tests that leave nothing behind."""
    with served(["-m", "kgcheck", "serve", "--port", "0"], tmp_path_factory.mktemp("kent")) as server:
        yield server


@pytest.fixture(scope="session")
def w3c(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that holds the graphs of the W3C's protocol tests beside the packaged data."""
    with served([str(HERE / "serve_w3c.py")], tmp_path_factory.mktemp("w3c")) as server:
        yield server
