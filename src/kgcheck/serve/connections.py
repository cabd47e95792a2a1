"""Connections that do not wait for ever for a client to say what it wants."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0
"""Seconds that a client may take for a request line and its headers; uvicorn has no limit of its own."""

MOST = 256
"""Connections; to some more the server says that it is busy, all others are closed at once."""


class Connection(H11Protocol):
    """uvicorn's, with a limit on the time for a head and on the number of connections."""

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        super().connection_made(cast(asyncio.Transport, transport))
        if len(self.connections) > 2 * MOST:
            self.transport.abort()
            return
        self._watch()

    def data_received(self, data: bytes) -> None:
        """It has said something."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """It has gone."""
        self._stop_watching()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if not self._waits_for_head():
            self._stop_watching()
        elif self._patience is None:
            self._patience = self.loop.call_later(HEAD_SECONDS, self._too_late)

    def _stop_watching(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _waits_for_head(self) -> bool:
        answered = cast(Any, self.cycle) is None or self.cycle.response_complete
        return answered and self.conn.their_state is h11.IDLE

    def _too_late(self) -> None:
        self._patience = None
        if self._waits_for_head():
            self.transport.abort()
