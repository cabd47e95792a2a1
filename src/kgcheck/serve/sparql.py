"""The SPARQL service: the query operation of the SPARQL 1.1 Protocol.

An answer is whole before its status line goes out, so that no client takes a part for all.
Source: SPARQL 1.1 Protocol, section 2.1.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Message

from kgcheck.serve.forms import GRAPH, ROWS, Chosen, choose, wants_page
from kgcheck.serve.guard import LARGEST_BODY
from kgcheck.serve.knowledge import Knowledge
from kgcheck.serve.question import Answer, Question
from kgcheck.serve.refusal import refused
from kgcheck.serve.sending import Load, Whole

PATH = "/sparql"
QUERY_PAGE = "/query"
"""Where people write queries."""

UPDATES = "updates are refused: this service only reads"
_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_PARAMETERS = 1_000
_SLOWEST_BODY = 10.0
"""Seconds that a client may take to send its body."""

Parameters = list[tuple[str, str]]
Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(knowledge: Knowledge, description: Callable[[Chosen, str], bytes]) -> Endpoint:
    """The function behind the address. `description` writes the service description in a form."""
    load = Load()

    async def answer(request: Request) -> Response:
        parameters = await _parameters(request)
        accept = ", ".join(request.headers.getlist("accept")) or None
        here = str(request.url.replace(path=PATH, query="", fragment=""))
        text = _text(parameters)
        if text is None:
            if request.method == "POST" or parameters:
                raise refused(400, "there is no query: name one with the parameter 'query'")
            return _described(accept, lambda chosen: description(chosen, here), load)
        forms = {"rows": choose(accept, ROWS), "truth": choose(accept, ROWS), "graph": choose(accept, GRAPH)}
        question = Question(
            text,
            **{kind: chosen.form if chosen else None for kind, chosen in forms.items()},
            default_graphs=_graphs(parameters, "default-graph-uri"),
            named_graphs=_graphs(parameters, "named-graph-uri"),
            base=here,
        )
        if not any(forms.values()):
            raise refused(406, f"there are no answers in {accept}")
        found = await while_listened_to(request, knowledge.query(question))
        chosen = forms[found.kind]
        assert chosen is not None, "the worker answers in the forms of the question"
        return Whole(found.content, chosen.media_type, load)

    return answer


def _described(accept: str | None, write: Callable[[Chosen], bytes], load: Load) -> Response:
    if wants_page(accept):
        return RedirectResponse(QUERY_PAGE, 303, headers={"Vary": "Accept"})
    chosen = choose(accept, GRAPH)
    if chosen is None:
        raise refused(406, f"the service description does not come in {accept}")
    return Whole(write(chosen), chosen.media_type, load)


async def _parameters(request: Request) -> Parameters:
    """What the request says, from the address and the body, as the kind of request has it."""
    told = _parsed(request.url.query.encode())
    if request.method != "POST":
        return told
    media_type, charset = _content_type(request.headers.get("content-type", ""))
    if media_type == _UPDATE:
        raise refused(403, UPDATES)
    if media_type not in (_FORM, _DIRECT):
        raise refused(415, f"a query is POSTed as {_FORM} or {_DIRECT}")
    if charset not in ("", "utf-8", "utf8"):
        raise refused(415, "a query is in UTF-8")
    if any(name == "query" for name, _ in told):
        raise refused(400, "a query that is POSTed stands in the body alone")
    body = await _body(request)
    if media_type == _FORM:
        return told + _parsed(body)
    try:
        return [*told, ("query", body.decode())]
    except UnicodeDecodeError:
        raise refused(400, "the query is not in UTF-8") from None


async def _body(request: Request) -> bytes:
    content = bytearray()
    try:
        async with asyncio.timeout(_SLOWEST_BODY):
            async for part in request.stream():
                content += part
                if len(content) > LARGEST_BODY:
                    raise refused(413, f"the body is larger than {LARGEST_BODY:,} bytes")
    except TimeoutError:
        raise refused(408, f"the body took longer than {_SLOWEST_BODY:g} seconds") from None
    return bytes(content)


def _parsed(words: bytes) -> Parameters:
    try:
        return parse_qsl(
            words.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise refused(400, "the parameters are not in UTF-8, or not percent-encoded") from None
    except ValueError:
        raise refused(400, f"there are more than {_MOST_PARAMETERS:,} parameters") from None


def _content_type(header: str) -> tuple[str, str]:
    """Media type and charset, in small letters; empty where there is none."""
    media_type, *parameters = (part.strip().lower() for part in header.split(";"))
    charsets = [
        value.strip('" ') for name, _, value in (p.partition("=") for p in parameters) if name == "charset"
    ]
    return media_type, charsets[0] if charsets else ""


def _text(parameters: Parameters) -> str | None:
    if any(name == "update" for name, _ in parameters):
        raise refused(403, UPDATES)
    texts = [value for name, value in parameters if name == "query"]
    if len(texts) > 1:
        raise refused(400, "there is more than one query")
    return texts[0] if texts else None


def _graphs(parameters: Parameters, which: str) -> tuple[str, ...]:
    found = tuple(value for name, value in parameters if name == which)
    for value in found:
        try:
            ox.NamedNode(value)
        except ValueError:
            raise refused(400, f"{which} is no IRI: {value[:200]}") from None
    return found


async def while_listened_to(request: Request, work: Awaitable[Answer]) -> Answer:
    """What comes of the work, which ends when the client goes away."""
    working = asyncio.ensure_future(work)
    listening = asyncio.ensure_future(_gone(request.receive))
    try:
        await asyncio.wait({working, listening}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        working.cancel()
        listening.cancel()


async def _gone(receive: Callable[[], Awaitable[Message]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
