"""Answers on their way: whole ones, to clients that may be slow to take them."""

from __future__ import annotations

import asyncio

from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

PIECE = 1 << 18
"""Bytes that are handed over at a time."""

PIECE_SECONDS = 30.0
"""Seconds that a client may take for one piece."""

MOST_AT_ONCE = 512 << 20
"""Bytes of all answers that clients have not taken yet."""

RETRY = 2
"""Seconds after which a client may try again."""


class Load:
    """How many bytes are on their way."""

    def __init__(self) -> None:
        self.bytes = 0


class Whole(Response):
    """An answer that is there as a whole, sent in pieces; refused (503) while too much is on its way.

    A client that stops taking pieces loses its connection; it knows by the length that some are missing.
    """

    def __init__(self, content: bytes, media_type: str, load: Load) -> None:
        super().__init__(content, media_type=media_type, headers={"Vary": "Accept"})
        self._load = load

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        size = len(self.body)
        if self._load.bytes and self._load.bytes + size > MOST_AT_ONCE:
            reason = "the server is busy: other clients have not taken their answers yet\n"
            await PlainTextResponse(reason, 503, {"Retry-After": str(RETRY)})(scope, receive, send)
            return
        self._load.bytes += size
        try:
            await self._send(send)
        except TimeoutError:
            return  # the server closes a connection with less than was promised
        finally:
            self._load.bytes -= size

    async def _send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        content = memoryview(self.body)
        for start in range(0, max(len(content), 1), PIECE):
            end = start + PIECE
            async with asyncio.timeout(PIECE_SECONDS):
                await send(
                    {
                        "type": "http.response.body",
                        "body": bytes(content[start:end]),
                        "more_body": end < len(content),
                    }
                )
