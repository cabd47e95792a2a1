"""`kgcheck serve` starts, says where, and ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - to be refused
BLOCKING = "import sys; sys.modules[{name!r}] = None; from kgcheck.cli import main; sys.exit(main())"


def kgcheck(
    *arguments: str, program: tuple[str, ...] = ("-m", "kgcheck")
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *program, *arguments], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("name", ["starlette", "uvicorn"])
def test_missing_extra_is_told(name: str) -> None:
    done = kgcheck("serve", program=("-c", BLOCKING.format(name=name)))
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"needs {name}" in done.stderr
    assert "pip install 'kgcheck[serve]'" in done.stderr


def test_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = kgcheck("serve", "--port", str(other.getsockname()[1]))
    assert done.returncode == 2
    assert "in use" in done.stderr
    assert "--port 0" in done.stderr


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "nowhere.invalid", "", "192.0.2.1"])
def test_host_that_is_not_had(host: str) -> None:
    done = kgcheck("serve", "--host", host, "--port", "0")
    assert done.returncode == 2
    assert "kgcheck: error:" in done.stderr
    assert "Traceback" not in done.stderr


def test_other_machines_only_by_name(serve: Any) -> None:
    server = serve("--host", EVERYWHERE, "--public", "Graph.example.org", "--public", "10.0.0.7")
    assert server.address.startswith(f"http://{EVERYWHERE}:")
    for host, status in (
        ("graph.example.org:80", 200),
        ("10.0.0.7", 200),
        ("localhost", 200),
        ("b.example", 421),
    ):
        reply = server.request("GET", "/sparql?query=ASK%7B%7D", headers={"Host": host})
        assert reply.status == status, host


def test_cors(serve: Any) -> None:
    server = serve("--cors", "https://friend.example")
    asked = {
        "Origin": "https://friend.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "cors",
    }
    preflight = server.request("OPTIONS", "/sparql", headers=asked)
    assert preflight.status == 200
    assert preflight.headers["access-control-allow-origin"] == "https://friend.example"
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]
    simple = {name: asked[name] for name in ("Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode")}
    reply = server.request("GET", "/sparql?query=ASK%7B%7D", headers=simple)
    assert reply.status == 200
    assert reply.headers["access-control-allow-origin"] == "https://friend.example"
    assert "access-control-allow-credentials" not in reply.headers
    assert "Origin" in reply.headers["vary"]
    error = server.request("GET", "/sparql?query=ASK%7B", headers=simple)
    assert error.status == 400
    assert error.headers["access-control-allow-origin"] == "https://friend.example"
    stranger = server.request(
        "GET", "/sparql?query=ASK%7B%7D", headers={**simple, "Origin": "https://b.example"}
    )
    assert stranger.status == 403
    assert "access-control-allow-origin" not in stranger.headers


def test_cors_for_all(serve: Any) -> None:
    server = serve("--cors", "*")
    headers = {"Origin": "https://anybody.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    reply = server.request("GET", "/sparql?query=ASK%7B%7D", headers=headers)
    assert reply.status == 200
    assert reply.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "origin", ["example.org", "https://example.org/path", "null", "https://a.b https://c.d"]
)
def test_origin_that_is_none(origin: str) -> None:
    done = kgcheck("serve", "--port", "0", "--cors", origin)
    assert done.returncode == 2
    assert "https://example.org" in done.stderr


def test_folders_and_stores(serve: Any, tmp_path: Path, checkout: Path) -> None:
    """What is named is served, and nothing else; the store may go on being changed."""
    document = next(path for path in sorted((checkout / "data" / "kent" / "documents").glob("*.ttl")))
    assert kgcheck("add", str(document), "--store", str(tmp_path / "store")).returncode == 0
    server = serve("--store", tmp_path / "store", checkout / "data" / "kent" / "agents.ttl")
    reply = server.ask("SELECT (COUNT(?d) AS ?n) { ?d a kgc:Document }", "text/csv")
    assert reply.text.split() == ["n", "1"]
    assert kgcheck("remove", document.stem, "--store", str(tmp_path / "store")).returncode == 0
    assert server.ask("SELECT (COUNT(?d) AS ?n) { ?d a kgc:Document }", "text/csv").text.split() == ["n", "1"]


def test_nothing_to_serve(tmp_path: Path) -> None:
    (tmp_path / "empty.ttl").write_text("", encoding="utf-8")
    done = kgcheck("serve", "--port", "0", str(tmp_path / "empty.ttl"))
    assert done.returncode == 2
    assert "nothing to check" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_end_in_the_middle_of_work(number: signal.Signals, launch: Any) -> None:
    """At once, cleanly, with the queries that run told so, and no process left."""
    server = launch("--timeout", 100)
    replies: list[Any] = []
    asking = [threading.Thread(target=lambda: replies.append(server.ask(ENDLESS))) for _ in range(3)]
    for thread in asking:
        thread.start()
    while server.worker() is None or len(server.processes()) < 5:
        time.sleep(0.05)
    family = server.processes()
    started = time.monotonic()
    server.process.send_signal(number)
    out, complaints = server.process.communicate(timeout=30)
    assert time.monotonic() - started < 10
    for thread in asking:
        thread.join()
    assert server.process.returncode == 0, complaints
    assert out == ""
    assert complaints == "kgcheck: no PATH and no kgcheck.toml here: using the packaged data\n"
    assert [reply.status for reply in replies] == [503] * 3
    assert not [other for other in family if Path(f"/proc/{other}").exists()]


def test_killed_server_leaves_nothing(launch: Any) -> None:
    server = launch()
    family = server.processes()
    server.process.kill()
    server.process.communicate()
    end = time.monotonic() + 20
    while time.monotonic() < end and any(map(_alive, family)):
        time.sleep(0.05)
    assert not [other for other in family if _alive(other)]


def _alive(process: int) -> bool:
    try:
        stat = (Path("/proc") / str(process) / "stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"  # ended; nobody is left who could wait for it


def test_graph_that_does_not_come_up() -> None:
    """As when the system gives no memory to the process that holds it."""
    program = (
        "import sys; from kgcheck.serve.workers import pool; pool._START = 'raise SystemExit(1)'\n"
        "from kgcheck.cli import main; sys.exit(main())"
    )
    done = kgcheck("serve", "--port", "0", program=("-c", program))
    assert (done.returncode, done.stdout) == (2, "")
    assert "kgcheck: error: the process that holds the graph does not start" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_needs_no_server() -> None:
    program = (
        "import sys\nfrom kgcheck.cli.program import program\n"
        "try: program.main(['serve', '--help'])\nexcept SystemExit: pass\n"
        "heavy = ('starlette', 'uvicorn', 'pyoxigraph')\n"
        "print('imported:', *(name for name in heavy if name in sys.modules))"
    )
    done = kgcheck(program=("-c", program))
    assert done.stdout.splitlines()[-1].split() == ["imported:"]
