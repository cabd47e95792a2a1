"""The parent's end: start a worker, listen to it, stop it."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NoReturn, Self, cast

import kgcheck
from kgcheck.errors import LimitError
from kgcheck.store.workers.frames import AT, DATA, HELLO, RESULT, Broken, read_frame, revive_error
from kgcheck.store.workers.limits import Limits, size_words
from kgcheck.store.workers.protection import Protection

_START = "import sys; sys.path[:] = sys.argv[1:]; from kgcheck.store.workers.entry import main; main()"
_LONGEST_COMPLAINT = 4096
_MORE_TIME = "Give it more with --timeout, if you trust it."
_MORE_MEMORY = "Allow more with --memory, if you trust it."

_log = logging.getLogger("kgcheck.workers")
_running: set[Worker] = set()

Feed = Callable[[BinaryIO], object]


class Worker:
    """One worker at one task, as a context: at its end the process is gone, whatever happened.

    `task` names a function `module:function` (see `entry.Task`), `doing` says in messages what the
    work is ("reading", "the query"). `given` is the size in bytes of what the worker reads by itself;
    together with the limits it bounds what may come back. `network` leaves the network open.

    Every method raises LimitError when the worker runs out of what it may use, or dies, and the error
    that the task raised when that was a KgcheckError.
    """

    def __init__(
        self,
        task: str,
        arguments: Mapping[str, Any],
        limits: Limits,
        *,
        doing: str,
        given: int = 0,
        network: bool = False,
    ) -> None:
        self.protection: Protection | None = None
        self._limits = limits.for_work(0)
        self._doing = doing
        self._at: str | None = None
        self._left = self._limits.output(given)
        self._answer: tuple[Any] | None = None
        self._late = False
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - this very Python
            [sys.executable, "-I", "-S", "-c", _START, *import_path()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            **_group(),
        )
        _running.add(self)
        self._clock = threading.Timer(self._limits.seconds or 0, self._too_late)
        self._clock.daemon = True
        try:
            self._clock.start()
            self._ask(
                {
                    "task": task,
                    "arguments": arguments,
                    "memory": self._limits.memory,
                    "seconds": self._limits.seconds,
                    "network": network,
                    "parent": os.getpid(),
                }
            )
        except BaseException:
            self.close()
            raise

    def _ask(self, request: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # how it ended is told when it is listened to
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Kill the process if it still runs, and wait until it is gone."""
        self._clock.cancel()
        self.kill()
        self._process.wait()
        _running.discard(self)
        for stream in (self._process.stdin, self._process.stdout, self._complaints):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()

    def _too_late(self) -> None:
        self._late = True
        self.kill()

    def kill(self) -> None:
        """End the process; `close` is still to be called."""
        with self._lock:
            if self._process.poll() is None:
                if hasattr(os, "killpg"):
                    with suppress(ProcessLookupError):
                        os.killpg(self._process.pid, signal.SIGKILL)
                else:
                    self._process.kill()

    def feed(self, write: Feed | None = None) -> None:
        """Hand over data: `write` is called with the stream that the task reads from. Once at most."""
        stdin = self._process.stdin
        assert stdin is not None
        try:
            if write is not None:
                write(cast(BinaryIO, stdin))
            stdin.close()
        except OSError:
            self.result()
            raise

    def result(self) -> Any:
        """The result of the task; bytes that nobody read are passed over."""
        while self.next() is not None:
            pass
        assert self._answer is not None
        return self._answer[0]

    def next(self) -> bytes | None:
        """The next bytes that are handed back; None when the answer is there."""
        assert self._process.stdout is not None
        while self._answer is None:
            try:
                kind, content = read_frame(cast(BinaryIO, self._process.stdout))
            except (Broken, ValueError):
                self._died()
            self._left -= len(content)
            if self._left < 0:
                raise self._too_much()
            if kind == DATA:
                return content
            if kind == AT:
                self._doing, self._at = json.loads(content)
            elif kind == HELLO:
                self.protection = Protection(**json.loads(content))
                _tell(self.protection)
            elif kind == RESULT:
                self._answer = (json.loads(content),)
            else:
                self._failed(content)
        return None

    def __iter__(self) -> Iterator[bytes]:
        """All bytes that are handed back, in pieces."""
        while (content := self.next()) is not None:
            yield content

    def _failed(self, content: bytes) -> NoReturn:
        limit = json.loads(content).get("limit")
        if limit is None:
            raise revive_error(content) from None
        if limit == "memory":
            raise self._out_of_memory()
        if limit == "output":
            raise self._too_much()
        raise self._limit("goes too deep", "Nest it less deeply.")

    def _died(self) -> NoReturn:
        """Tell why the worker ended without an answer."""
        if self._late:
            raise self._limit(f"took longer than {self._limits.seconds:g} seconds", _MORE_TIME)
        # It closed its end; the rest takes a moment.
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        code = self._process.poll()
        self._complaints.seek(0, os.SEEK_END)
        self._complaints.seek(max(0, self._complaints.tell() - _LONGEST_COMPLAINT))
        said = self._complaints.read().decode(errors="replace").strip()
        if "memory allocation of" in said or said.endswith("MemoryError"):
            raise self._out_of_memory()
        name = _signal_name(code)
        if name == "SIGXCPU":
            raise self._limit(f"took more than {self._limits.seconds:g} seconds per processor", _MORE_TIME)
        if name == "SIGKILL":
            raise self._limit("was killed from outside, as a system does that is short of memory", None)
        if name is not None:
            raise self._limit(
                f"brought its worker process down ({name})", "It may be nested too deeply, or be too large."
            )
        last = said.splitlines()[-1] if said else f"exit code {code}"
        raise self._limit(f"ended without an answer: {last}", None)

    def _out_of_memory(self) -> LimitError:
        return self._limit(f"needed more than {size_words(self._limits.memory)} of memory", _MORE_MEMORY)

    def _too_much(self) -> LimitError:
        size = size_words(self._limits.memory)
        return self._limit(f"gave back more than fits with a memory of {size}", _MORE_MEMORY)

    def _limit(self, what: str, remedy: str | None) -> LimitError:
        path = None if self._at is None else Path(self._at)
        return LimitError(f"could not check: {self._doing} {what}", path, remedy=remedy)


@cache
def _tell(kept: Protection) -> None:
    """Say once what keeps workers from the network, and louder when nothing does."""
    if kept.network == "none":
        _log.warning(
            "this system offers nothing that keeps a worker process from the network; "
            "what asks for it is refused before it is parsed (docs/safety.md)"
        )
    else:
        _log.info("workers are confined: %s", kept)


def kill_all() -> None:
    """Kill all workers, for a program that ends without closing them."""
    for worker in list(_running):
        worker.kill()


def call(
    task: str,
    arguments: Mapping[str, Any],
    limits: Limits,
    *,
    doing: str,
    feed: Feed | None = None,
    given: int = 0,
) -> Any:
    """Have a worker do a task and return its result. Raises as `Worker` does."""
    with Worker(task, arguments, limits, doing=doing, given=given) as worker:
        worker.feed(feed)
        return worker.result()


def import_path() -> list[str]:
    """Where this process imports from, but for the working folder: strangers' files may lie there."""
    home = str(Path(kgcheck.__file__).resolve().parents[1])
    here = Path.cwd()
    return [home, *(entry for entry in sys.path if entry and entry != home and Path(entry) != here)]


def _group() -> dict[str, Any]:
    """A process group of its own, so that Ctrl-C reaches the parent alone, which then stops the worker."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"process_group": 0}


def _signal_name(code: int | None) -> str | None:
    if code is None or code >= 0:
        return None
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
