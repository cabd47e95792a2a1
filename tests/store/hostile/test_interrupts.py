"""Ctrl-C stops at once, and no worker outlives the program, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")

NUMBERS = " ".join(map(str, range(1000)))
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE {{ {} FILTER(?a + ?b + ?c < 0) }}".format(
    " ".join(f"VALUES ?{name} {{ {NUMBERS} }}" for name in "abc")
)
IN_PROCESS = """
import sys
import pyoxigraph as ox
import kgcheck.cli.commands.checks_command as module
from kgcheck.cli.run import run
numbers = " ".join(map(str, range(1000)))
values = " ".join(f"VALUES ?{name} {{ {numbers} }}" for name in "abcd")
module.command.callback = lambda **_: ox.Store().query(f"ASK {{ {values} FILTER(?a + ?b + ?c + ?d < 0) }}")
sys.exit(run(["checks"]))
"""


def children(pid: int) -> list[int]:
    """The processes whose parent is `pid`."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                found.append(int(entry.name))
    return found


def running(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(condition: object, seconds: float = 10) -> bool:
    assert callable(condition)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def started(tmp_path: Path) -> Iterator[object]:
    processes: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def busy(pid: int) -> bool:
    """Whether the process has used a good deal of processor time: by now it is at work."""
    fields = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12]) > 0.5 * os.sysconf("SC_CLK_TCK")


def at_work(process: subprocess.Popen[str]) -> int:
    """The worker of the program, once it is busy."""
    assert wait_until(lambda: children(process.pid))
    (worker,) = children(process.pid)
    assert wait_until(lambda: busy(worker))
    return worker


def test_interrupt_in_a_running_query(started: object) -> None:
    assert callable(started)
    process = started("-m", "kgcheck", "query", ENDLESS)
    worker = at_work(process)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 130
    assert time.monotonic() - began < 8  # at once, on a machine that may do other work
    assert not running(worker)
    assert process.stdout.read() == ""
    assert "Traceback" not in process.stderr.read()


def test_interrupt_while_reading(started: object, tmp_path: Path) -> None:
    assert callable(started)
    lines = "".join(f"<urn:a{n}> <urn:p> <urn:b{n}> .\n" for n in range(1_000_000))
    (tmp_path / "long.ttl").write_text(lines, "utf-8")
    process = started("-m", "kgcheck", "check", "long.ttl")
    worker = at_work(process)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 130
    assert time.monotonic() - began < 8  # at once, on a machine that may do other work
    assert not running(worker)


def test_interrupt_while_an_engine_is_busy_in_the_program_itself(started: object) -> None:
    assert callable(started)
    process = started("-c", IN_PROCESS)
    assert wait_until(lambda: busy(process.pid))
    time.sleep(0.5)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 130
    assert time.monotonic() - began < 8  # at once, on a machine that may do other work


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_workers_die_with_the_program(end: signal.Signals, started: object) -> None:
    assert callable(started)
    process = started("-m", "kgcheck", "query", ENDLESS)
    worker = at_work(process)
    process.send_signal(end)
    assert process.wait(timeout=10) == -end
    assert wait_until(lambda: not running(worker), 3)


def test_a_worker_that_is_killed_is_no_answer(started: object) -> None:
    assert callable(started)
    process = started("-m", "kgcheck", "query", ENDLESS)
    os.kill(at_work(process), signal.SIGKILL)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (2, "")
    assert "could not check: the query was killed from outside" in err
