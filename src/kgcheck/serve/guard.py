"""What every request passes and every answer carries, whatever page it is for."""

from __future__ import annotations

import asyncio
import ipaddress
from contextlib import suppress

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kgcheck.serve.settings import Settings

LONGEST_ADDRESS = 32_000
"""Bytes of a path and its query."""

LARGEST_HEAD = 64_000
"""Bytes of all headers together."""

LARGEST_BODY = 1_000_000
"""Bytes of a body; a query may have 200,000 characters, which forms write with up to nine bytes each."""

_MOST_PASSED_OVER = 10 * LARGEST_BODY
_PATIENCE = 2.0

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What an answer carries unless it says otherwise itself."""


class Guard:
    """An application around another, which sees only requests that it may answer.

    A page on the web can have a browser ask this server in two ways: under a name of its own that
    leads here (DNS rebinding), which the Host header tells, and across sites, which browsers tell.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._names = THIS_MACHINE | {_bracketed(name.lower()) for name in (settings.host, *settings.names)}
        self._origins = frozenset(settings.origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, guarded)
        else:
            await _pass_over(receive)
            await refusal(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if _name(headers.get("host", "")) not in self._names:
            return _refuse(421, "this server is not known under that name")
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return _refuse(414, f"the address is longer than {LONGEST_ADDRESS:,} bytes: POST the query")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LARGEST_HEAD:
            return _refuse(431, f"the headers are larger than {LARGEST_HEAD:,} bytes")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return _refuse(413, f"the body is larger than {LARGEST_BODY:,} bytes")
        if self._from_elsewhere(headers):
            return _refuse(403, "pages of other sites may not ask this server; see kgcheck serve --cors")
        return None

    def _from_elsewhere(self, headers: Headers) -> bool:
        """Whether a page of another site asks that was not let in. Links from there are fine."""
        if "*" in self._origins or headers.get("origin") in self._origins:
            return False
        return (
            headers.get("sec-fetch-site") in ("cross-site", "same-site")
            and headers.get("sec-fetch-mode") != "navigate"
        )


async def _pass_over(receive: Receive) -> None:
    """Read a body that nobody wants, within reason: many clients listen only when they have said all."""
    size = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            while size < _MOST_PASSED_OVER and (message := await receive()).get("more_body"):
                size += len(message["body"])


def _refuse(status: int, reason: str) -> PlainTextResponse:
    # Some of the request may be left unread, so that the connection is of no further use.
    return PlainTextResponse(f"{reason}\n", status, headers={"Connection": "close"})


def _name(host: str) -> str:
    """The name in a Host header, without the port: an address is reached through tunnels as well."""
    name, bracket, _ = host.lower().partition("]")
    return name + bracket if bracket else host.lower().partition(":")[0]


def _bracketed(name: str) -> str:
    """A name as it stands in a Host header."""
    try:
        return f"[{name}]" if ipaddress.ip_address(name).version == 6 else name
    except ValueError:
        return name
