"""Whatever a worker does, its parent gets an answer or a LimitError, and the worker is gone."""

from __future__ import annotations

import io
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from kgcheck.errors import LimitError, SyntaxInFile
from kgcheck.store.workers import Inlet, Limits, Protection, Worker, call, process, protection

linux = pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
QUICK = Limits(seconds=20)


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parent)


def probe(name: str, limits: Limits = QUICK, **arguments: Any) -> Any:
    return call(f"probes:{name}", arguments, limits, doing="the probe")


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_data_and_arguments_go_there_and_back() -> None:
    content = os.urandom(3_000_000)
    with Worker("probes:echo", {"ü": [1, None, "\ud800"]}, QUICK, doing="the probe", given=100) as worker:
        worker.feed(lambda out: out.write(content))
        assert io.BufferedReader(Inlet(worker)).read() == content
        assert worker.result() == {"ü": [1, None, "\ud800"]}


@pytest.mark.parametrize(
    ("name", "message", "remedy"),
    [
        ("sleep", "could not check: sleeping took longer than 0.5 seconds", "--timeout"),
        ("leave", "could not check: the probe ended without an answer: exit code 3", None),
        ("fail", "could not check: the probe ended without an answer: ZeroDivisionError: for once", None),
        ("recursion", "could not check: the probe goes too deep", "less deeply"),
        (
            "chatter",
            "could not check: the probe gave back more than fits with a memory of 512 MB",
            "--memory",
        ),
    ],
)
def test_ends(name: str, message: str, remedy: str | None) -> None:
    seconds = 0.5 if name == "sleep" else 20
    began = time.monotonic()
    with pytest.raises(LimitError) as caught:
        probe(name, Limits(memory=512 << 20, seconds=seconds))
    assert caught.value.message == message
    assert (remedy or "") in (caught.value.remedy or "")
    assert (caught.value.path == Path("pillow.ttl")) == (name == "sleep")
    assert time.monotonic() - began < 10


@linux
@pytest.mark.parametrize("name", ["memory", "engine_memory"])
def test_memory(name: str) -> None:
    with pytest.raises(LimitError) as caught:
        probe(name, Limits(memory=512 << 20, seconds=30))
    assert caught.value.message == "could not check: the probe needed more than 512 MB of memory"
    assert "--memory" in (caught.value.remedy or "")


@linux
@pytest.mark.parametrize(
    ("signal", "message"),
    [
        ("SIGSEGV", "brought its worker process down (SIGSEGV)"),
        ("SIGABRT", "brought its worker process down (SIGABRT)"),
        ("SIGKILL", "was killed from outside, as a system does that is short of memory"),
    ],
)
def test_death(signal: str, message: str) -> None:
    with pytest.raises(LimitError) as caught:
        probe("die", signal=signal)
    assert caught.value.message == f"could not check: the probe {message}"


def test_errors_on_purpose_come_through() -> None:
    with pytest.raises(SyntaxInFile) as caught:
        probe("refuse")
    assert str(caught.value) == "a.ttl:3:4: no (mend it)"


def test_nothing_is_left_behind() -> None:
    before = len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0
    pids = []
    for name in ("sleep", "leave", "die"):
        worker = Worker(f"probes:{name}", {"signal": "SIGTERM"}, Limits(seconds=20), doing="the probe")
        pids.append(worker._process.pid)
        worker.close()
    assert all(map(gone, pids))
    assert threading.active_count() < 20
    if sys.platform == "linux":
        assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_worker_whose_parent_stops_caring_is_gone_at_once() -> None:
    def interrupt() -> None:
        with Worker("probes:sleep", {}, QUICK, doing="the probe") as worker:
            nonlocal pid
            pid = worker._process.pid
            raise KeyboardInterrupt

    pid = 0
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupt()
    assert gone(pid)
    assert time.monotonic() - began < 8


@linux
def test_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyoxigraph.py").write_text("raise SystemExit('a stranger was imported')", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    seen = probe("surroundings")
    assert str(tmp_path) not in seen["path"]
    assert "" not in seen["path"]
    assert seen["group"] == seen["pid"]
    assert len(seen["files"]) <= 5  # standard streams, the channel, and the folder that is listed


def test_a_system_without_protection_says_so(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "kgcheck.workers"):
        for kept in ("seccomp", "none", "none"):
            process._tell(Protection(kept, memory=False, processor=kept == "none"))
    assert [record.levelname for record in caplog.records] == ["INFO", "WARNING"]
    assert "nothing that keeps a worker process from the network" in caplog.messages[1]


@linux
def test_protection_is_told() -> None:
    kept = protection()
    assert kept.network in ("seccomp", "namespace")
    assert kept.memory
    assert kept.processor
