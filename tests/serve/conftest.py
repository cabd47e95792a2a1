"""Servers to test: real processes on loopback, asked over real sockets."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kgcheck.serve.workers.pool import SPARES

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

    @property
    def idle(self) -> bool:
        """Whether no worker is at work, nor has ended without being waited for, for a moment at least."""
        for _ in range(3):
            if {state(process) for process in self.processes()[2:]} - {"S"}:
                return False
            time.sleep(0.02)
        return True

    def worker(self) -> int | None:
        """The process of a worker that is at work."""
        busy = [process for process in self.processes()[2:] if state(process) == "R"]
        return busy[0] if busy else None

    def processes(self) -> list[int]:
        """The server's process and all below it, those among them that have ended and nobody waited for."""
        return below(self.process.pid)


def state(process: int) -> str:
    """What a process does: R runs, S sleeps, Z has ended and was not waited for; empty when it is gone."""
    try:
        stat = (Path("/proc") / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[0]


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
def launched(command: Sequence[str], folder: Path) -> Iterator[Served]:
    """A server that listens where it says; it is killed in the end if it still runs."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("the processes of a server are looked up in /proc, which is not here")
    process = subprocess.Popen(
        [sys.executable, *command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.match(r"http://\S+", line)
        if found is None:
            process.kill()
            pytest.fail(f"the server said {line!r} and {process.communicate()[1]}")
        server = Served(process, found[0])
        end = time.monotonic() + PATIENCE
        while not (server.idle and len(server.processes()) == 2 + SPARES):  # its workers are at rest
            assert time.monotonic() < end
        yield server
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


@contextmanager
def served(command: Sequence[str], folder: Path) -> Iterator[Served]:
    """A server that has to end cleanly on Ctrl-C, with nothing left of it."""
    with launched(command, folder) as server:
        yield server
        family = server.processes()
        server.process.send_signal(signal.SIGINT)
        _, complaints = server.process.communicate(timeout=PATIENCE)
        assert server.process.returncode == 0, complaints
        assert "Traceback" not in complaints, complaints
        assert not [process for process in family if Path(f"/proc/{process}").exists()]


COMMAND = ("-m", "kgcheck", "serve", "--port", "0")
Serve = Callable[..., Served]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts `kgcheck serve` with the options given; every server has to end cleanly."""
    with ExitStack() as stack:
        yield lambda *options: stack.enter_context(served([*COMMAND, *map(str, options)], tmp_path))


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Serve]:
    """The same for a server that the test itself ends."""
    with ExitStack() as stack:
        yield lambda *options: stack.enter_context(launched([*COMMAND, *map(str, options)], tmp_path))


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Starts servers that tests share, with the options given; every server has to end cleanly."""
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("shared")
        yield lambda *options: stack.enter_context(served([*COMMAND, *map(str, options)], folder))


@pytest.fixture(scope="session")
def kent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over the packaged data, for tests that leave nothing behind."""
    with served(COMMAND, tmp_path_factory.mktemp("kent")) as server:
        yield server


@pytest.fixture(scope="session")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over the packaged data that gives a query two seconds and little memory."""
    options = ("--timeout", "2", "--memory", "300MB", "--concurrency", "4")
    folder = tmp_path_factory.mktemp("impatient")
    with served([*COMMAND, *options], folder) as server:
        yield server


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over the packaged data that gives a query little memory, and time enough to use it up."""
    options = ("--timeout", "90", "--memory", "256MB")
    with served([*COMMAND, *options], tmp_path_factory.mktemp("small")) as server:
        yield server


@pytest.fixture(scope="session")
def w3c(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that holds the graphs of the W3C's protocol tests beside the packaged data."""
    with served([str(HERE / "serve_w3c.py")], tmp_path_factory.mktemp("w3c")) as server:
        yield server
