"""One request over HTTP: on time, from the host that was asked, of bounded size, or not at all."""

from __future__ import annotations

import http.client
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, NoReturn, Self

from kgcheck.errors import EndpointError

ANSWER_BYTES = 1 << 28
"""No page of results is larger; a service that sends more does not keep to what it was asked."""

SERVICE_ITSELF = "Give the address of the SPARQL service itself, often one that ends in /sparql or /query."

_CHUNK = 1 << 16
_PATIENCE = 3
"""How often a service that says "later" is asked."""

_LATER = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status 2xx, header fields in lower case, the whole body."""

    headers: Mapping[str, str]
    body: bytes


class Transport:
    """Sends requests to one service. `name` is how messages call it, without its password."""

    def __init__(self, name: str, seconds: float, handlers: tuple[urllib.request.BaseHandler, ...]) -> None:
        self.name = name
        self._seconds = seconds
        self._handlers = handlers

    def send(self, request: urllib.request.Request) -> Answer:
        """The answer to a request. Raises EndpointError for everything but a whole answer with status 2xx.

        A service that asks to come back later is asked again while that takes no longer than an answer
        may take.
        """
        for attempt in range(1, _PATIENCE + 1):
            try:
                return self._send(request)
            except _Refusal as refusal:
                if refusal.status not in _LATER or attempt == _PATIENCE or refusal.pause > self._seconds:
                    self._refused(refusal)
                time.sleep(refusal.pause)
        raise AssertionError("the last attempt returns or raises")

    def _send(self, request: urllib.request.Request) -> Answer:
        with _Watch(self._seconds) as watch:
            opener = urllib.request.build_opener(
                _Http(watch), _Https(watch), _SameHost(self.name), *self._handlers
            )
            try:
                with opener.open(request, timeout=self._seconds) as response:
                    headers = {name.lower(): value for name, value in response.headers.items()}
                    body = self._read(response, headers, watch)
            except urllib.error.HTTPError as error:
                with closing(error):
                    refusal = _Refusal(error.code, error.reason, _pause(error), _beginning(error))
                if watch.expired:
                    self._late()
                raise refusal from None
            except TimeoutError:
                self._late()
            except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
                if watch.expired or isinstance(getattr(error, "reason", None), TimeoutError):
                    self._late()
                self._broken(error)
            if watch.expired:
                self._late()
        return Answer(headers, body)

    def _read(self, response: IO[bytes], headers: Mapping[str, str], watch: _Watch) -> bytes:
        expand = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32) if _compressed(headers) else None
        parts: list[bytes] = []
        size = received = 0
        while chunk := response.read(_CHUNK):
            if watch.expired:
                self._late()
            received += len(chunk)
            if expand is not None:
                chunk = expand.decompress(chunk, ANSWER_BYTES + 1)
            size += len(chunk)
            if size > ANSWER_BYTES:
                raise EndpointError(
                    f"could not check: the service sent more than {ANSWER_BYTES >> 20} MB for one page",
                    self.name,
                    remedy="Ask for smaller pages with --endpoint-page.",
                )
            parts.append(chunk)
        if expand is not None and not expand.eof and size:
            raise EndpointError(
                "could not check: the answer breaks off",
                self.name,
                remedy="Try again, or see the service's log.",
            )
        return b"".join(parts)

    def _late(self) -> NoReturn:
        raise EndpointError(
            f"could not check: the service took longer than {self._seconds:g} seconds to answer",
            self.name,
            remedy="Give it more time with --timeout, or ask for less with --endpoint-page.",
        ) from None

    def _broken(self, error: Exception) -> NoReturn:
        reason = getattr(error, "reason", None) or error
        if isinstance(error, http.client.IncompleteRead):
            message, remedy = "the answer breaks off", "Try again, or see the service's log."
        elif isinstance(reason, socket.gaierror):
            message, remedy = "no such host", "Check the address."
        elif isinstance(reason, ConnectionRefusedError):
            message, remedy = "nothing answers there", "Check the address, and that the service runs."
        else:
            said = getattr(reason, "strerror", None) or reason
            message, remedy = f"the connection failed: {said}", "Check the address and the network."
        raise EndpointError(f"could not check: {message}", self.name, remedy=remedy) from None

    def _refused(self, refusal: _Refusal) -> NoReturn:
        words = f"HTTP {refusal.status} {refusal.reason}".strip() + (
            f": {refusal.said}" if refusal.said else ""
        )
        raise EndpointError(
            f"could not check: the service answered {words}",
            self.name,
            remedy=_remedy(refusal.status),
            status=refusal.status,
        ) from None


@dataclass(frozen=True)
class _Refusal(Exception):
    """A status that is an error. `pause` is how long the service wants to be left alone, in seconds."""

    status: int
    reason: str
    pause: float
    said: str


def _compressed(headers: Mapping[str, str]) -> bool:
    return headers.get("content-encoding", "").lower() in ("gzip", "x-gzip", "deflate")


def _pause(error: urllib.error.HTTPError) -> float:
    wanted = error.headers.get("Retry-After", "") if error.headers else ""
    return float(wanted) if wanted.isdigit() else 1.0


def _beginning(error: urllib.error.HTTPError) -> str:
    """The first words of what the service says about its error; web pages are left out."""
    if "html" in (error.headers.get("Content-Type") or ""):
        return ""
    with suppress(OSError, ValueError, http.client.HTTPException):
        return " ".join(error.read(2_000).decode("utf-8", "replace").split())[:200]
    return ""


def _remedy(status: int) -> str:
    if status in (401, 403, 407):
        return "Set KGCHECK_ENDPOINT_USER and KGCHECK_ENDPOINT_PASSWORD, or KGCHECK_ENDPOINT_TOKEN."
    if status in (404, 405, 410):
        return SERVICE_ITSELF
    if status in (*_LATER, 500, 502, 504):
        return "Try again later, or ask for less with --endpoint-page."
    return "See what the service says about its limits."


class _Watch:
    """Ends the connections of a request when its time is up, however slowly they still drip."""

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def add(self, connection: socket.socket) -> None:
        """Watch over a connection."""
        with self._lock:
            self._sockets.append(connection)
            late = self.expired
        if late:
            self._expire()

    def _expire(self) -> None:
        with self._lock:
            self.expired = True
            for connection in self._sockets:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class _Http(urllib.request.HTTPHandler):
    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self._watch = watch

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        watch = self._watch

        class Connection(http.client.HTTPConnection):
            def connect(self) -> None:
                super().connect()
                watch.add(self.sock)

        return self.do_open(Connection, req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self._watch = watch

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        watch = self._watch

        class Connection(http.client.HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                watch.add(self.sock)

        return self.do_open(Connection, req)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a service that has moved on its own host; elsewhere the user alone may send us."""

    def __init__(self, name: str) -> None:
        self._name = name

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Any,
        newurl: str,
    ) -> urllib.request.Request:
        """The same request at the new address, its body kept."""
        fp.close()
        old, new = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        moved_up = (old.scheme, new.scheme) == ("http", "https")
        if new.hostname != old.hostname or not (_port(old) == _port(new) or moved_up):
            place = urllib.parse.urlunsplit((new.scheme, new.netloc.rpartition("@")[2], new.path, "", ""))
            raise EndpointError(
                f"could not check: the service sends us to another host, {place}",
                self._name,
                remedy="Give that address with --endpoint if you trust it.",
            )
        if code == 303 and req.data is not None:
            raise EndpointError("could not check: the service sends us to a page about itself", self._name)
        return urllib.request.Request(  # noqa: S310 - urllib follows to http and https alone
            newurl, req.data, {**req.headers, **req.unredirected_hdrs}, method=req.get_method()
        )


def _port(parts: urllib.parse.SplitResult) -> int | None:
    return parts.port or {"http": 80, "https": 443}.get(parts.scheme)
