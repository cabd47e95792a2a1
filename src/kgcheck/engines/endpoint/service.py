"""A SPARQL 1.1 service that is only asked (SPARQL 1.1 Protocol, W3C 2013)."""

from __future__ import annotations

import os
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import IO

from kgcheck import __version__
from kgcheck.engines.endpoint.results import Results, Row
from kgcheck.engines.endpoint.transport import SERVICE_ITSELF, Answer, Transport
from kgcheck.errors import EndpointError, UsageError

SECONDS = 60.0
"""How long one answer may take."""

USER, PASSWORD, TOKEN = (f"KGCHECK_ENDPOINT_{name}" for name in ("USER", "PASSWORD", "TOKEN"))
"""Environment variables with credentials: a name and a password, or a bearer token."""

_ACCEPT = "application/sparql-results+json, application/json;q=0.9"
_LONGEST_GET = 2_000
"""Characters of an address that every server and proxy takes; longer queries are posted."""

_METHOD_NOT_ALLOWED = 405


class Service:
    """A SPARQL service at an address.

    Credentials stand in the address (`https://name:password@host/…`) or in the environment; they go
    to this host alone and into no message. Raises UsageError for what is no address of a service.
    """

    def __init__(
        self, url: str, *, seconds: float = SECONDS, environment: Mapping[str, str] | None = None
    ) -> None:
        environment = os.environ if environment is None else environment
        parts = _split(url)
        host = parts.netloc.rpartition("@")[2]
        self._url = urllib.parse.urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
        self.name = urllib.parse.urlunsplit((parts.scheme, host, parts.path, "", ""))
        user = urllib.parse.unquote(parts.username or "") or environment.get(USER, "")
        password = urllib.parse.unquote(parts.password or "") or environment.get(PASSWORD, "")
        self._token = "" if user else environment.get(TOKEN, "")
        self._transport = Transport(self.name, seconds, _handlers(self._url, user, password))
        self._results = Results(self.name)
        self._gets = True

    def select(self, query: str) -> list[Row]:
        """The rows of a SELECT. Raises EndpointError for everything but a whole set of results."""
        return self._results.rows(self._ask(query))

    def ask(self, query: str) -> bool:
        """The answer to an ASK. Raises as `select` does."""
        return self._results.truth(self._ask(query))

    def _ask(self, query: str) -> bytes:
        field = urllib.parse.urlencode({"query": query})
        address = f"{self._url}{'&' if '?' in self._url else '?'}{field}"
        if self._gets and len(address) <= _LONGEST_GET:
            try:
                return self._checked(self._transport.send(self._request(address)))
            except EndpointError as error:
                if error.status != _METHOD_NOT_ALLOWED:
                    raise
                self._gets = False
        return self._checked(self._transport.send(self._request(self._url, field.encode())))

    def _request(self, address: str, body: bytes | None = None) -> urllib.request.Request:
        request = urllib.request.Request(address, body)  # noqa: S310 - `_split` lets http and https through
        request.add_header("Accept", _ACCEPT)
        request.add_header("Accept-Encoding", "gzip")
        request.add_header("User-Agent", f"kgcheck/{__version__}")
        if body is not None:
            request.add_header("Content-Type", "application/x-www-form-urlencoded")
        if self._token:
            request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        return request

    def _checked(self, answer: Answer) -> bytes:
        """The body of results. Raises EndpointError for another kind of answer, and for a part of one."""
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if "html" in kind:
            raise EndpointError(
                "could not check: a web page came back instead of results",
                self.name,
                remedy=SERVICE_ITSELF,
            )
        if not kind.endswith("json"):
            raise EndpointError(
                f"could not check: the service answered in {kind or 'a form that it does not name'}, "
                "not in SPARQL results as JSON",
                self.name,
                remedy="Give the address of a SPARQL 1.1 service.",
            )
        if "x-sql-state" in answer.headers:  # Virtuoso: rows so far, and why there are no more
            why = answer.headers.get("x-sql-message", "it gave up")
            raise EndpointError(
                f"could not check: the service sent a part of the answer: {why[:200]}",
                self.name,
                remedy="Raise its time limit, or ask for less with --endpoint-page.",
            )
        return answer.body


def _split(url: str) -> urllib.parse.SplitResult:
    remedy = "Give an address such as https://example.org/sparql."
    try:
        parts = urllib.parse.urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        valid = False
    if not valid or any(character.isspace() for character in url):
        raise UsageError("--endpoint takes an http or https address", remedy=remedy)
    return parts


def _handlers(url: str, user: str, password: str) -> tuple[urllib.request.BaseHandler, ...]:
    if not user:
        return ()
    known = urllib.request.HTTPPasswordMgrWithPriorAuth()
    known.add_password(None, url, user, password)
    return (
        _Closing(),
        urllib.request.HTTPBasicAuthHandler(known),
        urllib.request.HTTPDigestAuthHandler(known),
    )


class _Closing(urllib.request.BaseHandler):
    """Closes the answer that asks for credentials; urllib asks again and leaves it open."""

    handler_order = 100

    def http_error_401(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: object
    ) -> None:
        """Leave the rest to the handlers that follow."""
        fp.close()
