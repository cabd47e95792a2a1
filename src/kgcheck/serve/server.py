"""The server itself: listens, answers until it is told to stop."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import signal
import socket
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import uvicorn

from kgcheck.errors import UsageError
from kgcheck.serve.app import create_app
from kgcheck.serve.connections import MOST, Connection
from kgcheck.serve.knowledge import Knowledge
from kgcheck.serve.settings import Settings
from kgcheck.serve.workers.pool import supported

_GRACE = 3
"""Seconds for what is being sent when the server ends."""

_LONGEST_HEAD = 256_000
"""Bytes of a request before its body; longer ones are cut off, shorter ones may be told why."""


def listen(settings: Settings) -> socket.socket:
    """The socket to serve on, bound so that nobody else takes its port.

    Raises UsageError for an address that is no address here, is not of this machine alone (unless
    `settings.names` are given), or has its port taken, and where the system cannot fork.
    """
    if not supported():
        raise UsageError(
            "kgcheck serve needs a system that forks processes, as Linux and macOS do",
            remedy="on Windows, run it within WSL",
        )
    try:
        family, _, _, _, place = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise UsageError(
            f"{settings.host!r} is no address", remedy="name one of this machine with --host"
        ) from None
    if not (ipaddress.ip_address(place[0]).is_loopback or settings.names):
        raise UsageError(
            f"{settings.host} can be reached from other machines, and kgcheck asks nobody for a password",
            remedy="if that is meant, say under which name people reach it: --public NAME",
        )
    # Unless it is told that this is TCP, asyncio leaves small packets to wait for one another.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
    except OSError as error:
        listening.close()
        reason = error.strerror or str(error)
        raise UsageError(
            f"port {settings.port} of {settings.host} cannot be had: {reason}",
            remedy="name another with --port, or any that is free with --port 0",
        ) from None
    return listening


def serve(
    knowledge: Knowledge, settings: Settings, listening: socket.socket, ready: Callable[[str], None]
) -> None:
    """Answer on a socket of `listen` until Ctrl-C or SIGTERM. `ready` is told the address.

    Raises Refusal where the processes behind the queries do not start.
    """
    settings = replace(settings, port=listening.getsockname()[1])
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    config = uvicorn.Config(
        create_app(knowledge, settings),
        http=Connection,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        limit_concurrency=MOST,
        timeout_graceful_shutdown=_GRACE,
    )
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    # uvicorn ends, and then sends itself the signal again, which would end the program with an error.
    kept = {number: signal.signal(number, _heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        _Server(config, knowledge, settings, lambda: ready(f"http://{host}:{settings.port}/")).run(
            [listening]
        )
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
        listening.close()


def _heard(number: int, frame: FrameType | None) -> None:
    """Do nothing."""


class _Server(uvicorn.Server):
    def __init__(
        self, config: uvicorn.Config, knowledge: Knowledge, settings: Settings, ready: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._knowledge = knowledge
        self._settings = settings
        self._ready = ready
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn does it; then say so."""
        self._loop = asyncio.get_running_loop()
        await self._knowledge.open(self._settings)
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End the queries at once: nobody waits for their answers."""
        super().handle_exit(sig, frame)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._knowledge.close)
