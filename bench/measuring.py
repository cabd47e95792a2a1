"""What a process takes: time on the clock, time of processors, memory of it and its descendants."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_SOON, _LATER = 0.01, 0.05
"""Seconds between two looks: in the first second, and from then on."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds on the clock and of all processors, bytes at the peak, and what the process told."""

    seconds: float
    processor: float
    memory: int
    code: int
    told: Any = None


class Failed(RuntimeError):
    """A process that was to be measured did not do its work."""


def measure(words: list[str], *, codes: tuple[int, ...] = (0,)) -> Measured:
    """Run a program of Python to its end. Raises Failed for another exit code than those of `codes`.

    The memory is what the process and its descendants held together, where the platform tells, and
    else what the largest of them held.
    """
    import time

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, *words], stdout=out, stderr=errors)
        watch = _Watch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = watch.stop()
        if process.returncode not in codes:
            errors.seek(0)
            raise Failed(f"{' '.join(words)}: {errors.read().decode(errors='replace')[-2000:]}")
        out.seek(0)
        text = out.read().decode()
    told = json.loads(text) if text.startswith("{") else text
    unit = 1 if sys.platform == "darwin" else 1024
    return Measured(
        seconds,
        usage.ru_utime + usage.ru_stime,
        peak or usage.ru_maxrss * unit,
        process.returncode,
        told,
    )


def task(name: str, **arguments: Any) -> Measured:
    """Run one of `bench.tasks` in a process of its own."""
    return measure(["-m", "bench.tasks", name, json.dumps(arguments, default=str)])


def kgcheck(*words: str | Path) -> Measured:
    """Run the command line; findings are no failure."""
    return measure(["-m", "kgcheck", *map(str, words)], codes=(0, 1))


class _Watch:
    """Looks at a process and its descendants, again and again."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._over = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        if (_PROC / "self" / "statm").exists():
            self._thread.start()

    def stop(self) -> int:
        self._over.set()
        if self._thread.ident is not None:
            self._thread.join()
        return self._peak

    def _look(self) -> None:
        looks = 0
        while not self._over.wait(_SOON if looks < 1 / _SOON else _LATER):
            looks += 1
            self._peak = max(self._peak, sum(_own(pid) for pid in _family(self._pid)))


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        try:
            found += map(int, (_PROC / str(parent) / "task" / str(parent) / "children").read_text().split())
        except (OSError, ValueError):
            continue
    return found


def _own(pid: int) -> int:
    """Bytes that a process holds and shares with no other, as far as the system tells at little cost."""
    try:
        _, resident, shared, *_ = map(int, (_PROC / str(pid) / "statm").read_text().split())
    except (OSError, ValueError):
        return 0
    return (resident - shared) * _PAGE
