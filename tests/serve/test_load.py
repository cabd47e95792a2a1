"""Fifty clients at once, some of them with queries that never end.

The short story holds what must hold on any machine however busy; the long one (`-m slow`) prints what it
measured and holds memory and times too.
"""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from kgcheck.serve.workers.pool import SPARES

QUICK = [
    "SELECT ?claim ?words WHERE { ?claim kgc:statedValue ?words } LIMIT 20",
    "SELECT ?d (COUNT(?c) AS ?n) WHERE { ?c kgc:inDocument ?d } GROUP BY ?d ORDER BY DESC(?n)",
    "ASK { ?finding kgc:verdict 'contradiction' }",
    "SELECT ?f ?m WHERE { ?f a kgc:Finding ; kgc:verdict 'tension' ; kgc:message ?m }",
    "CONSTRUCT { ?c ?p ?o } WHERE { ?c a kgc:RankClaim ; ?p ?o }",
]
ENDLESS = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?f ?a ?i",
    "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>|^!<x:y>)* ?b . ?c (!<x:y>|^!<x:y>)* ?d }",
]
CLIENTS, OF_THEM_ENDLESS = 50, 15


@dataclass
class Told:
    """What clients heard: statuses, and seconds that answered quick queries took."""

    quick: Counter[int] = field(default_factory=Counter)
    endless: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


def visit(server: Any, number: int, over: threading.Event, told: Told, lock: threading.Lock) -> None:
    """One client: asks over one connection until it is over, and comes again when it is told to."""
    endless = number < OF_THEM_ENDLESS
    connection = http.client.HTTPConnection(server.place, timeout=120)
    turn = number
    while not over.is_set():
        turn += 1
        query = (ENDLESS if endless else QUICK)[turn % (len(ENDLESS) if endless else len(QUICK))]
        if number % 2:
            query += f" # {number}.{turn}"  # one that was never asked before
        body = urlencode({"query": query})
        started = time.monotonic()
        connection.request("POST", "/sparql", body, {"Content-Type": "application/x-www-form-urlencoded"})
        reply = connection.getresponse()
        reply.read()
        took = time.monotonic() - started
        with lock:
            (told.endless if endless else told.quick)[reply.status] += 1
            if not endless and reply.status == 200:
                told.seconds.append(took)
        over.wait(float(reply.headers.get("Retry-After", "0.02")))
    connection.close()


def memory(server: Any) -> int:
    """Bytes of the server and the spawner that are theirs alone or shared, workers aside (Linux)."""
    total = 0
    for process in server.processes()[:2]:
        lines = (Path("/proc") / str(process) / "status").read_text(encoding="utf-8").splitlines()
        total += int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) << 10
    return total


def waited(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether a condition comes true within some time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def crowd(server: Any, seconds: float, look: Callable[[], None]) -> Told:
    """Have the clients ask for so long; `look` is called once a second."""
    told, over, lock = Told(), threading.Event(), threading.Lock()
    threads = [
        threading.Thread(target=visit, args=(server, number, over, told, lock)) for number in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(1)
        look()
    over.set()
    for thread in threads:
        thread.join()
    return told


def test_crowd(serve: Any) -> None:
    server = serve("--timeout", 2, "--memory", "300MB", "--concurrency", 8)
    most = []
    told = crowd(server, 5, lambda: most.append(len(server.processes())))
    assert max(most) <= 2 + 8 + SPARES
    assert told.quick[200] > CLIENTS
    assert set(told.quick) <= {200, 503}
    assert set(told.endless) <= {503, 504}
    assert waited(lambda: server.idle)
    assert server.ask(QUICK[0]).status == 200


@pytest.mark.slow
def test_crowd_for_a_minute(serve: Any, capsys: pytest.CaptureFixture[str]) -> None:
    server = serve("--timeout", 5, "--memory", "300MB", "--concurrency", 8)
    for query in QUICK:
        server.ask(query)
    sizes, most = [], []

    def look() -> None:
        sizes.append(memory(server))
        most.append(len(server.processes()))

    told = crowd(server, 60, look)
    assert waited(lambda: server.idle)
    seconds = sorted(told.seconds)
    quantiles = statistics.quantiles(seconds, n=100)
    with capsys.disabled():
        print(  # noqa: T201 - what was measured is what this test is for
            f"\n{CLIENTS} clients, {OF_THEM_ENDLESS} of them endless, 60 s: "
            f"quick {dict(told.quick)}, median {quantiles[49] * 1000:.0f} ms, "
            f"95 of 100 within {quantiles[94] * 1000:.0f} ms, 99 within {quantiles[98] * 1000:.0f} ms, "
            f"longest {seconds[-1] * 1000:.0f} ms; endless {dict(told.endless)}; "
            f"memory {min(sizes) >> 20} to {max(sizes) >> 20} MB, "
            f"at first {sizes[5] >> 20}, at last {sizes[-1] >> 20}; processes at most {max(most)}"
        )
    assert max(most) <= 2 + 8 + SPARES
    assert told.quick[200] > 0.9 * told.quick.total()
    assert quantiles[49] < 2
    assert set(told.endless) <= {503, 504}
    assert sizes[-1] < 1.3 * sizes[5]
    assert server.ask(QUICK[0]).status == 200
