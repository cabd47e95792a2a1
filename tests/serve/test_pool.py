"""The processes behind the queries."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kgcheck.serve.question import Answer, Question
from kgcheck.serve.refusal import Refusal
from kgcheck.serve.settings import Settings
from kgcheck.serve.workers import pool
from kgcheck.serve.workers.pool import SPARES

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUICK = "ASK { ?claim kgc:statedValue ?words }"


def waited(condition: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether a condition comes true within some time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def told(process: int, name: str) -> str:
    """What Linux says of a process under a name."""
    lines = (Path("/proc") / str(process) / "status").read_text(encoding="utf-8").splitlines()
    return next(line.partition(":")[2].strip() for line in lines if line.startswith(f"{name}:"))


@contextmanager
def at_work(server: Any) -> Iterator[int]:
    """The process of a worker at an endless query."""

    def ask() -> None:
        with suppress(OSError):
            server.ask(ENDLESS)

    asking = threading.Thread(target=ask)
    asking.start()
    assert waited(lambda: server.worker() is not None)
    yield server.worker()
    asking.join()


def test_every_worker_is_waited_for(kent: Any) -> None:
    for _ in range(20):
        assert kent.ask(QUICK).status == 200
    assert waited(lambda: kent.idle)


def test_worker_is_confined(serve: Any) -> None:
    """It has no network and starts no programs (seccomp), little more memory than its spawner, one socket."""
    server = serve("--timeout", 4, "--memory", "256MB")
    spawner = server.processes()[1]
    with at_work(server) as worker:
        assert waited(lambda: told(worker, "Seccomp") == "2")
        assert told(worker, "NoNewPrivs") == "1"
        limits = (Path("/proc") / str(worker) / "limits").read_text(encoding="utf-8")
        most = int(
            next(line for line in limits.splitlines() if line.startswith("Max address space")).split()[3]
        )
        size = int(told(spawner, "VmSize").split()[0]) << 10
        assert 0 < most - size <= (256 << 20) + (16 << 20)
        places = [str(file.readlink()) for file in (Path("/proc") / str(worker) / "fd").iterdir()]
        assert sum(place.startswith("socket:") for place in places) == 1
        # After a moment it has to let others go first.
        assert waited(lambda: os.getpriority(os.PRIO_PROCESS, worker) == 15)


def test_graph_comes_back_when_its_process_is_killed(serve: Any) -> None:
    """As a system does that is short of memory."""
    server = serve("--timeout", 5)
    spawner = server.processes()[1]
    os.kill(spawner, signal.SIGKILL)
    assert server.ask(QUICK).status in (200, 503)
    assert waited(lambda: server.ask(QUICK).status == 200)
    assert spawner not in server.processes()


def test_spare_workers_that_are_killed_are_not_used(serve: Any) -> None:
    server = serve()
    killed = server.processes()[2:]
    for spare in killed:
        os.kill(spare, signal.SIGKILL)
    assert waited(lambda: not set(killed) & set(server.processes()))
    for _ in range(3):
        assert server.ask(QUICK).status == 200


def test_server_that_ends_while_a_worker_ends_leaves_nothing(serve: Any) -> None:
    """The spawner has news for a server that has hung up (`serve` looks at what is left)."""
    server = serve()
    _, spawner, worker, *_ = server.processes()
    os.kill(spawner, signal.SIGSTOP)
    os.kill(worker, signal.SIGKILL)
    # It goes on after the server has hung up, and before the server gives it up.
    threading.Timer(0.5, os.kill, (spawner, signal.SIGCONT)).start()


def test_quick_worker_takes_the_next_query(serve: Any) -> None:
    """And the one after a query that could not be answered, but none after a slow one."""
    server = serve("--timeout", 1)
    workers = server.processes()[2:]
    for query, status in ((QUICK, 200), ("ASK {", 400), ("ASK { SERVICE <x:y> {} }", 400), (QUICK, 200)):
        assert server.ask(query).status == status
    assert server.processes()[2:] == workers
    assert server.ask(ENDLESS).status == 504
    assert waited(lambda: server.idle and len(server.processes()) == 2 + SPARES)
    assert server.processes()[2:] != workers


def test_killed_worker_is_told(serve: Any) -> None:
    server = serve("--timeout", 30)
    replies: list[Any] = []
    asking = threading.Thread(target=lambda: replies.append(server.ask(ENDLESS)))
    asking.start()
    assert waited(lambda: server.worker() is not None)
    os.kill(server.worker(), signal.SIGKILL)
    asking.join()
    assert replies[0].status == 503
    assert "brought its process down" in replies[0].text
    assert server.ask(QUICK).status == 200


def test_large_answers_at_once_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server holds no more of them than it may, all clients together."""
    monkeypatch.setattr(pool, "MOST_HELD", 3 << 20)
    name = ox.NamedNode("urn:x:graph")
    quads = [ox.Quad(ox.NamedNode(f"urn:x:{n}"), name, ox.Literal("x" * 1000), name) for n in range(2000)]

    async def story() -> None:
        asked = pool.Pool(quads, Settings(seconds=60))
        await asked.start()
        try:
            large = [asked.ask(Question("SELECT * { ?s ?p ?o }")) for _ in range(4)]
            ends = await asyncio.gather(*large, return_exceptions=True)
            answers = [end for end in ends if isinstance(end, Answer)]
            refusals = [end for end in ends if isinstance(end, Refusal)]
            assert len(answers) + len(refusals) == 4
            assert answers
            assert all(len(answer.content) > 2_000_000 for answer in answers)
            assert all(refusal.status == 503 and refusal.wait for refusal in refusals)
            assert (await asked.ask(Question("SELECT * { ?s ?p ?o }"))).kind == "rows"
        finally:
            asked.stop()

    # A thread of its own: a browser of other tests may keep a loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, story()).result()
