"""The process that holds the graph and forks workers.

It never looks at a query. The server tells it in messages of fixed size over a socket whom to fork or
to kill, and hears from it whose worker has ended; when the server is gone, the socket closes, and the
spawner ends with all its workers.
"""

from __future__ import annotations

import gc
import os
import selectors
import signal
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pyoxigraph as ox

from kgcheck.namespaces import DERIVED
from kgcheck.serve.workers.asking import own_size, work
from kgcheck.store.workers.limits import Limits

ORDER = struct.Struct(">cQ")
"""From the server: FORK (a socket comes with it), YIELD or KILL, and the number of the worker."""

NEWS = struct.Struct(">cQi")
"""To the server: READY, or ENDED with the number of the worker and its exit status."""

FORK, YIELD, KILL = b"F", b"Y", b"K"
READY, ENDED = b"R", b"E"

NOT_STARTED = -1
"""The status of a worker that could not be forked."""

NICENESS = 15
"""Of a worker that has to let others go first."""


def main(arguments: Mapping[str, Any]) -> NoReturn:
    """Read the graph from standard input, then serve the socket with the number `arguments["control"]`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=arguments["control"])
    graph = _read_graph()
    # What is there now is in use for good: workers need not look at it, nor copy the pages it is on.
    gc.collect()
    gc.freeze()
    limits = Limits(arguments["memory"] + own_size(), arguments["seconds"])
    with suppress(BrokenPipeError, ConnectionResetError):
        _Spawner(control, graph, limits).run()
    os._exit(0)


def _read_graph() -> ox.Store:
    """All named graphs, and in the default graph what they hold together, but for derived statements."""
    graph = ox.Store()
    with os.fdopen(os.dup(0), "rb") as source:
        graph.bulk_load(source, ox.RdfFormat.N_QUADS, lenient=True)
    graph.update(f"INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{DERIVED}>) }}")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    return graph


class _Spawner:
    def __init__(self, control: socket.socket, graph: ox.Store, limits: Limits) -> None:
        self._control = control
        self._graph = graph
        self._limits = limits
        self._processes: dict[int, int] = {}  # number of a worker → its process
        self._heard, self._told = os.pipe()

    def run(self) -> None:
        """Fork and kill as told, until the server is gone."""
        for end in (self._heard, self._told):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._told, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            self._control.send(NEWS.pack(READY, 0, 0))
            self._serve()
        finally:  # the server may go while it is told of an end
            for process in self._processes.values():
                os.kill(process, signal.SIGKILL)
            for process in self._processes.values():
                os.waitpid(process, 0)

    def _serve(self) -> None:
        with selectors.DefaultSelector() as watch:
            watch.register(self._control, selectors.EVENT_READ)
            watch.register(self._heard, selectors.EVENT_READ)
            there = True
            while there:
                ready = {key.fileobj for key, _ in watch.select()}
                if self._heard in ready:
                    with suppress(BlockingIOError):
                        os.read(self._heard, 4096)
                    self._bury()
                if self._control in ready:
                    there = self._obey()

    def _obey(self) -> bool:
        order, sockets, _, _ = socket.recv_fds(self._control, ORDER.size, 1)
        if not order:
            return False
        kind, number = ORDER.unpack(order)
        if kind == FORK:
            self._fork(number, sockets[0])
        elif process := self._processes.get(number):  # it is there still: it has not been waited for
            if kind == KILL:
                os.kill(process, signal.SIGKILL)
            else:
                os.setpriority(os.PRIO_PROCESS, process, NICENESS)
        return True

    def _fork(self, number: int, place: int) -> None:
        spawner = os.getpid()
        try:
            process = os.fork()
        except OSError:
            os.close(place)
            self._control.send(NEWS.pack(ENDED, number, NOT_STARTED))
            return
        if process == 0:
            self._become_worker(spawner, place)
        os.close(place)
        self._processes[number] = process

    def _become_worker(self, spawner: int, place: int) -> NoReturn:
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for end in (self._heard, self._told, self._control.detach()):
                os.close(end)
            work(place, self._graph, self._limits, spawner)
            os._exit(0)
        finally:
            os._exit(1)

    def _bury(self) -> None:
        """Wait for the workers that have ended."""
        while self._processes:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            number = next(number for number, its in self._processes.items() if its == process)
            del self._processes[number]
            self._control.send(NEWS.pack(ENDED, number, status))
