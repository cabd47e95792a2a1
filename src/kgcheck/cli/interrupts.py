"""Ctrl-C stops the program at once, also while an engine is busy.

Python hears of Ctrl-C between two steps of its own, and an engine that counts for a minute is one step.
So the system is asked to tell a second thread, which ends the program when the first does not.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kgcheck.cli.exits import INTERRUPTED

PATIENCE = 0.3
"""Seconds for the first thread to tidy up after itself."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Within this, Ctrl-C ends the program with INTERRUPTED after PATIENCE, unless it ended before.

    Worker processes end with the program. Does nothing outside of the main thread, or where Ctrl-C
    means something else already.
    """
    if (
        threading.current_thread() is not threading.main_thread()
        or signal.getsignal(signal.SIGINT) is not signal.default_int_handler
        or os.name != "posix"
    ):
        yield
        return
    heard, told = os.pipe()
    os.set_blocking(told, False)
    before = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(heard, done), daemon=True)
    watch.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        done.set()
        os.close(told)  # the other end then hears the end
        watch.join()
        os.close(heard)


def _watch(heard: int, done: threading.Event) -> None:
    while signals := os.read(heard, 64):
        ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if signal.SIGINT in signals and ours and not done.wait(PATIENCE):
            if workers := sys.modules.get("kgcheck.store.workers.process"):
                workers.kill_all()
            os._exit(INTERRUPTED)
