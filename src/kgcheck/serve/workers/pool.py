"""The server's end: hands questions to workers, hears their answers, ends them."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Container, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import count
from typing import IO, Any

import pyoxigraph as ox

from kgcheck.serve.question import Answer, Question
from kgcheck.serve.refusal import Refusal, refused
from kgcheck.serve.settings import Settings
from kgcheck.serve.workers import asking, spawner
from kgcheck.serve.workers.memory import Memory
from kgcheck.serve.workers.places import RETRY, Places, Turn
from kgcheck.store.workers.frames import DATA, RESULT
from kgcheck.store.workers.limits import Limits, size_words
from kgcheck.store.workers.process import import_path

_START = (
    "import json, sys; given = json.loads(sys.argv[1]); sys.path[:] = given['path']; "
    "from kgcheck.serve.workers.spawner import main; main(given)"
)
_HEAD = 5
_FAREWELL = 2.0
"""Seconds in which the spawner ends."""

_AGAIN = 1.0
"""Seconds until a spawner that died is started anew."""


MOST_HELD = 512 << 20
"""Bytes of all answers together that are not whole yet."""

SPARES = 2
"""Workers that wait for a query at least, so that none need wait for its worker."""


@dataclass(slots=True)
class _Worker:
    """A process that answers questions over a socket; `end` tells its exit status.

    `free` says that it waits for a question; `streams` are there from the first one on.
    """

    number: int
    place: socket.socket
    end: asyncio.Future[int]
    free: bool = True
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def listen(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The two ends of talking to it."""
        if self.streams is None:
            self.streams = await asyncio.open_connection(sock=self.place)
        return self.streams

    def hang_up(self) -> None:
        """Close the socket; the worker ends if it waits for a question."""
        if self.streams is None:
            self.place.close()
        else:
            self.streams[1].transport.abort()


def supported() -> bool:
    """Whether this system can fork processes and hand sockets to them, as Linux and macOS do."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


class Pool:
    """Workers over one graph, for as long as the server lives. All methods belong to its event loop."""

    def __init__(self, quads: Iterable[ox.Quad], settings: Settings) -> None:
        self._limits = Limits(settings.memory, settings.seconds)
        self._places = Places(settings.concurrency)
        self._memory = Memory()
        self._numbers = count(1)
        self._ends: dict[int, asyncio.Future[int]] = {}
        self._spares: list[_Worker] = []
        self._held = 0  # bytes of answers that are not whole yet
        self._stopped = False
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._ready: asyncio.Future[None] | None = None
        self._news = b""
        self._snapshot: IO[bytes] = tempfile.TemporaryFile(prefix="kgcheck-")  # noqa: SIM115 - see `stop`
        ox.serialize(quads, self._snapshot, ox.RdfFormat.N_QUADS)
        self._snapshot.flush()

    async def start(self) -> None:
        """Start the spawner and wait until it has read the graph. Raises Refusal where it does not."""
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        self._snapshot.seek(0)
        given = {
            "path": import_path(),
            "control": theirs.fileno(),
            "memory": self._limits.memory,
            "seconds": self._limits.seconds,
        }
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this very Python
                [sys.executable, "-I", "-S", "-c", _START, json.dumps(given)],
                stdin=self._snapshot,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                process_group=0,  # Ctrl-C is for the server alone
            )
        ours.setblocking(False)
        self._control, self._news = ours, b""
        self._ready = loop.create_future()
        loop.add_reader(ours, self._hear)
        await self._ready
        self._stock()

    def stop(self) -> None:
        """End all workers and the spawner; what they were asked is refused."""
        self._stopped = True
        self._close()
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_FAREWELL)  # it ends its workers first
            self._end_all()
        self._snapshot.close()

    async def ask(self, question: Question) -> Answer:
        """What a worker answers. Raises Refusal for what it cannot, may not, or has no time to answer.

        When this is cancelled, the worker is killed.
        """
        worker: _Worker | None = None

        def slow() -> None:
            self._memory.slow(question)
            self._order(spawner.YIELD, worker)

        turn = await self._places.enter(
            lambda: self._order(spawner.KILL, worker), slow, long=question in self._memory
        )
        try:
            worker = self._spares.pop() if self._spares else self._fork()
            try:
                async with asyncio.timeout(self._limits.seconds):
                    answer = await self._hear_out(worker, question)
            except TimeoutError:
                raise refused(504, f"the query took longer than {self._limits.seconds:g} seconds") from None
            if answer is not None:
                if not turn.overdue:
                    self._memory.quick(question)
                return answer
            status = await worker.end
            if turn.evicted:
                raise refused(
                    503, "the server is busy: other queries wait, and this one takes long", wait=RETRY
                )
            raise self._died(status)
        finally:
            if worker is None:
                self._places.leave(turn)
            elif worker.free and not turn.overdue and not worker.end.done():
                self._spares.append(worker)
                self._places.leave(turn)
            else:
                worker.hang_up()
                self._order(spawner.KILL, worker)
                worker.end.add_done_callback(lambda _: self._next(turn))

    def _next(self, turn: Turn) -> None:
        """A worker is gone: let another query have its place, or have a worker wait for one."""
        self._places.leave(turn)
        self._stock()

    def _stock(self) -> None:
        with suppress(Refusal):
            while len(self._spares) < SPARES and not self._stopped:
                self._spares.append(self._fork())

    def _fork(self) -> _Worker:
        """Have a worker forked. Raises Refusal (503) while there is nobody to do it."""
        if self._control is None or self._ready is None or not self._ready.done():
            raise refused(503, "the server is starting or ending", wait=RETRY)
        number = next(self._numbers)
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [spawner.ORDER.pack(spawner.FORK, number)], [theirs.fileno()])
            except OSError:
                ours.close()
                raise refused(503, "the server is busy", wait=RETRY) from None
        end = asyncio.get_running_loop().create_future()
        self._ends[number] = end
        return _Worker(number, ours, end)

    def _order(self, what: bytes, worker: _Worker | None) -> None:
        if worker is not None and worker.number in self._ends and self._control is not None:
            with suppress(OSError):
                self._control.send(spawner.ORDER.pack(what, worker.number))

    async def _hear_out(self, worker: _Worker, question: Question) -> Answer | None:
        """The answer of a worker; None where it ended without one."""
        worker.free = False
        reader, writer = await worker.listen()
        most = self._limits.output()
        content = bytearray()
        try:
            writer.write(json.dumps(asdict(question)).encode() + b"\n")
            while True:
                head = await reader.readexactly(_HEAD)
                kind, size = head[:1], int.from_bytes(head[1:])
                if len(content) + size > most:
                    raise refused(503, f"the answer is larger than {size_words(most)}: ask for less at once")
                if self._held + size > MOST_HELD:
                    raise refused(503, "the server is busy with other large answers", wait=RETRY)
                told = await reader.readexactly(size)
                if kind == DATA:
                    content += told
                    self._held += size
                    continue
                last = json.loads(told)
                worker.free = last.pop("again")
                if kind == RESULT:
                    return Answer(**last, content=bytes(content))
                raise self._failed(last)
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        finally:
            self._held -= len(content)

    def _failed(self, told: dict[str, Any]) -> Refusal:
        limit = told.get("limit")
        if limit == asking.MEMORY:
            return self._out_of_memory()
        if limit == asking.DEPTH:
            return refused(400, "the query goes too deep")
        return refused(told["status"], told["reason"])

    def _died(self, status: int) -> Refusal:
        if self._stopped:
            return refused(503, "the server is ending")
        if status == spawner.NOT_STARTED:
            return refused(503, "the system has no room for another process", wait=RETRY)
        ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        if ended_by == signal.SIGABRT:  # how the engine ends when it gets no more memory
            return self._out_of_memory()
        if ended_by == signal.SIGXCPU:
            return refused(504, f"the query took longer than {self._limits.seconds:g} seconds")
        return refused(
            503, "the query brought its process down: it may be nested too deeply, or be too large"
        )

    def _out_of_memory(self) -> Refusal:
        return refused(503, f"the query needed more than {size_words(self._limits.memory)} of memory")

    def _hear(self) -> None:
        """The spawner has news, or is gone."""
        assert self._control is not None
        try:
            told = self._control.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError:
            told = b""
        if not told:
            self._lost()
            return
        self._news += told
        while len(self._news) >= spawner.NEWS.size:
            kind, number, status = spawner.NEWS.unpack_from(self._news)
            self._news = self._news[spawner.NEWS.size :]
            if kind == spawner.READY and self._ready is not None and not self._ready.done():
                self._ready.set_result(None)
            elif kind == spawner.ENDED and number in self._ends:
                self._ends.pop(number).set_result(status)
                self._discard({number})

    def _close(self) -> None:
        if self._control is not None:
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()
            self._control = None
        for end in self._ends.values():
            end.set_result(0)
        self._discard(self._ends.keys())
        self._ends.clear()

    def _discard(self, numbers: Container[int]) -> None:
        """Forget spare workers that have ended."""
        for worker in [worker for worker in self._spares if worker.number in numbers]:
            self._spares.remove(worker)
            worker.hang_up()

    def _end_all(self) -> None:
        """Kill what is left of the spawner and its workers, which are of one group."""
        assert self._process is not None
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _lost(self) -> None:
        """The spawner died, which it does only when something kills it."""
        self._close()
        self._end_all()
        assert self._ready is not None
        if not self._ready.done():
            self._ready.set_exception(refused(503, "the process that holds the graph does not start"))
        elif not self._stopped:
            self._revival = asyncio.ensure_future(self._revive())

    async def _revive(self) -> None:
        while not self._stopped:
            await asyncio.sleep(_AGAIN)
            with suppress(Refusal):
                await self.start()
                return
