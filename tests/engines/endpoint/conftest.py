"""Services to ask: real ones that the tests start on this machine, and one that misbehaves on demand."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kgcheck.assets import folder
from kgcheck.cli.run import run
from kgcheck.model.report import Report
from kgcheck.namespaces import SKOLEM
from kgcheck.store import Store

PATIENCE = 60
"""Seconds that a server may take to start."""


@dataclass(frozen=True)
class Outcome:
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def check(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Run `kgcheck check` with these arguments, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"KGCHECK_ENDPOINT_{name}", raising=False)

    def invoke(*arguments: str) -> Outcome:
        capfd.readouterr()
        code = run(["check", *arguments])
        streams = capfd.readouterr()
        return Outcome(code, streams.out, streams.err)

    return invoke


@dataclass(frozen=True)
class Data:
    """One data set as files: documents in graphs of their own, and everything in one graph."""

    graphs: Path
    triples: Path


Make = Callable[[str], Data]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory, synthetic: Callable[[int], str]) -> Make:
    """The data set `kent` (what is packaged) or `synthetic-N` (so many claims), with blank nodes."""
    made: dict[str, Data] = {}

    def make(name: str) -> Data:
        if name not in made:
            place = tmp_path_factory.mktemp(name)
            source = folder("data")
            if name != "kent":
                source = place / "source.trig"
                source.write_text(synthetic(int(name.removeprefix("synthetic-"))), encoding="utf-8")
            made[name] = _dump([source], place)
        return made[name]

    return make


def _dump(sources: list[Path], place: Path) -> Data:
    """The sources as a service would hold them: placed in graphs, things without a name without one."""
    store = Store()
    store.load_ontology()
    store.load(sources)
    quads = [
        ox.Quad(_unnamed(quad.subject), quad.predicate, _unnamed(quad.object), quad.graph_name)
        for quad in store.raw
    ]
    found = Data(place / "data.nq", place / "data.nt")
    ox.serialize(quads, str(found.graphs), ox.RdfFormat.N_QUADS)
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads}
    ox.serialize(triples, str(found.triples), ox.RdfFormat.N_TRIPLES)
    return found


def _unnamed(term: Any) -> Any:
    if isinstance(term, ox.NamedNode) and term.value.startswith(SKOLEM):
        return ox.BlankNode(f"n{term.value.removeprefix(SKOLEM)}")
    return term


def fingerprints(report: Report) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Everything by which two runs can differ: identity, version, verdict, and the checks that agree."""
    return sorted((found.id, found.fingerprint, found.verdict.value, found.also) for found in report.findings)


@pytest.fixture(scope="session")
def identity() -> Callable[[Report], Any]:
    """What a run found, in a form that compares."""
    return lambda report: (
        fingerprints(report),
        sorted(report.claims.items()),
        sorted(report.documents.items()),
        [(violation.focus, violation.path, violation.message) for violation in report.violations],
        report.incomplete,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    query = urllib.parse.urlencode({"query": "ASK {}"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}")
        try:
            opener.open(f"{url}?{query}", timeout=5).close()
            return
        except urllib.error.HTTPError as error:  # it answers
            error.close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not start within {PATIENCE} seconds")


@contextmanager
def _running(arguments: list[str], url: str, place: Path) -> Iterator[str]:
    with (place / "server.log").open("wb") as log:
        process = subprocess.Popen(arguments, cwd=place, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            _wait(url, process)
            yield url
        finally:
            process.kill()
            process.wait()


Serve = Callable[[Path], Any]


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Serves a file by the Oxigraph server, read-only: `with oxigraph(file) as url`."""
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if program is None:
        pytest.skip("there is no oxigraph server here: pip install oxigraph")

    @contextmanager
    def serve(file: Path, *options: str) -> Iterator[str]:
        place = tmp_path_factory.mktemp("oxigraph")
        store = ox.Store(str(place / "store"))
        store.bulk_load(path=str(file), format=ox.RdfFormat.from_extension(file.suffix[1:]))
        store.flush()
        del store
        port = free_port()
        arguments = [
            program,
            "serve-read-only",
            "-l",
            str(place / "store"),
            "-b",
            f"127.0.0.1:{port}",
            *options,
        ]
        with _running(arguments, f"http://127.0.0.1:{port}/query", place) as url:
            yield url

    return serve


_VIRTUOSO = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
DisableUnixSocket = 1
CaseMode = 2
DirsAllowed = .
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = .
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
"""


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Serves a file by Virtuoso: `with virtuoso(file) as url`; it gives so many rows at most."""
    program, console = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or console is None:
        pytest.skip("there is no Virtuoso here: apt-get install virtuoso-opensource")

    @contextmanager
    def serve(file: Path, *, rows: int = 10_000) -> Iterator[str]:
        place = tmp_path_factory.mktemp("virtuoso")
        sql, port = free_port(), free_port()
        (place / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=sql, port=port, rows=rows))
        shutil.copy(file, place / "data")
        arguments = [program, "+foreground", "+configfile", "virtuoso.ini"]
        with _running(arguments, f"http://127.0.0.1:{port}/sparql", place) as url:
            # 512: the file may name graphs; what it leaves without one goes to urn:x:all.
            load = "EXEC=DB.DBA.TTLP(file_to_string_output('data'), '', 'urn:x:all', 512);"
            done = subprocess.run(
                [console, str(sql), "dba", "dba", load],
                capture_output=True,
                text=True,
                timeout=300,
                check=True,
            )
            assert "Error" not in done.stdout + done.stderr, done.stdout + done.stderr
            yield url

    return serve


@dataclass
class Reply:
    """What the misbehaving service is about to send."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    pause: float = 0.0
    """Seconds before each piece of the body."""

    pieces: int = 1
    length: int | None = None
    """What Content-Length says, where that is not so."""


@dataclass(frozen=True)
class Asked:
    """What it was asked."""

    method: str
    query: str
    headers: dict[str, str]


Misbehave = Callable[[Asked, Reply], Reply]


@dataclass
class Fake:
    """A SPARQL service over a store in this process; `misbehave` has the last word on every answer."""

    url: str
    store: ox.Store
    asked: list[Asked] = field(default_factory=list)
    misbehave: Misbehave = lambda _, reply: reply

    def reply(self, asked: Asked) -> Reply:
        """The right answer."""
        try:
            found = self.store.query(asked.query)
        except SyntaxError as error:
            return Reply(400, {"Content-Type": "text/plain"}, str(error).encode())
        body = found.serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[union-attr, call-overload]
        return Reply(headers={"Content-Type": "application/sparql-results+json"}, body=body)


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A service that holds nothing yet."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(urllib.parse.urlsplit(self.path).query)

        def do_POST(self) -> None:
            self.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def answer(self, form: str) -> None:
            query = urllib.parse.parse_qs(form).get("query", [""])[0]
            asked = Asked(self.command, query, {name.lower(): text for name, text in self.headers.items()})
            service.asked.append(asked)
            reply = service.misbehave(asked, service.reply(asked))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            length = len(reply.body) if reply.length is None else reply.length
            self.send_header("Content-Length", str(length))
            self.end_headers()
            size = -(-len(reply.body) // reply.pieces) or 1
            for start in range(0, len(reply.body), size):
                if stopped.wait(reply.pause):
                    return
                self.wfile.write(reply.body[start : start + size])
                self.wfile.flush()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def handle(self) -> None:
            with suppress(ConnectionError):  # the client had enough
                super().handle()

    stopped = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service = Fake(f"http://127.0.0.1:{server.server_port}/sparql", ox.Store())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield service
    stopped.set()
    server.shutdown()
    server.server_close()
