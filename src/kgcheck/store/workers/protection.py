"""What a worker does to itself before it looks at any input."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import socket
import sys
from dataclasses import dataclass

from kgcheck.store.workers.limits import Limits
from kgcheck.store.workers.seccomp import refuse_calls

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


@dataclass(frozen=True, slots=True)
class Protection:
    """What is in force in a worker.

    `network` names what keeps the worker from the network: `seccomp` (no sockets), `namespace` (a
    network of its own with nothing in it), `none`, or `open` where the network was asked for.
    `memory` and `processor` tell whether the system holds the worker to its limits by itself; the
    parent's clock runs everywhere.
    """

    network: str
    memory: bool
    processor: bool


def confine(limits: Limits, *, network: bool, parent: int) -> Protection:
    """Confine this process for good. `parent` is the process without which it shall not live."""
    _die_with(parent)
    memory, processor = _limit(limits)
    if network:
        refuse_calls(network=False)
        kept = "open"
    elif refuse_calls(network=True) and _sockets_refused():
        kept = "seccomp"
    elif _own_network():
        kept = "namespace"
    else:
        kept = "none"
    return Protection(kept, memory, processor)


def protection() -> Protection:
    """What is in force in the workers of this machine, asked of one."""
    from kgcheck.store.workers.process import Worker

    with Worker("kgcheck.store.workers.entry:rest", {}, Limits(), doing="the worker process") as worker:
        worker.result()
        assert worker.protection is not None, "a worker says what protects it before it answers"
        return worker.protection


def _limit(limits: Limits) -> tuple[bool, bool]:
    if sys.platform == "win32":
        return False, False
    import resource

    def limit(what: int, value: int) -> bool:
        hard = resource.getrlimit(what)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(what, (value, value))
        except (OSError, ValueError):
            return False
        return True

    limit(resource.RLIMIT_CORE, 0)
    # Seconds are counted for all threads together; the parent's clock is the stricter one, this one
    # ends a worker whose parent is gone.
    seconds = int(limits.for_work(0).seconds or 0) + 1
    processor = limit(resource.RLIMIT_CPU, seconds * (os.cpu_count() or 1))
    # macOS accepts the limit and does not hold to it.
    memory = limit(resource.RLIMIT_AS, limits.memory) and sys.platform != "darwin"
    return memory, processor


def _die_with(parent: int) -> None:
    if platform.system() != "Linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the system was asked to tell
        os._exit(1)


def _own_network() -> bool:
    unshare = getattr(ctypes.CDLL(None), "unshare", None) if platform.system() == "Linux" else None
    return unshare is not None and (
        unshare(_CLONE_NEWNET) == 0 or unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
    )


def _sockets_refused() -> bool:
    try:
        socket.socket().close()
    except PermissionError:
        return True
    return False
