"""The addresses of the explorer."""

from __future__ import annotations

from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kgcheck.serve.explorer import policy
from kgcheck.serve.explorer.answering import answered, asked_by, sent
from kgcheck.serve.explorer.drawing import drawn
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.files import read
from kgcheck.serve.explorer.negotiation import HTML, by_suffix
from kgcheck.serve.explorer.page import Missing
from kgcheck.serve.explorer.views import query
from kgcheck.serve.explorer.views.missing import missing
from kgcheck.serve.knowledge import Knowledge
from kgcheck.serve.question import Question
from kgcheck.serve.refusal import Refusal
from kgcheck.serve.sparql import while_listened_to

_FOR_EVER = "public, max-age=31536000, immutable"


def routes(knowledge: Knowledge) -> list[BaseRoute]:
    """All pages, over what the server knows. The last of them takes every address that is left."""
    explorer = Explorer(knowledge)

    def page(request: Request) -> Response:
        return answered(explorer, request)

    def graph(request: Request) -> Response:
        try:
            content, own = drawn(explorer, request.path_params["name"])
        except Missing as error:
            return sent(explorer, missing(error), asked_by(request), HTML)
        headers = {"Content-Security-Policy": policy.of_drawing(own), "Cache-Control": "no-cache"}
        return Response(content, 200, headers, "text/html")

    async def asking(request: Request) -> Response:
        """The query page; a query of its plain form is run in a worker, as those of programs are."""
        asked = asked_by(request)
        answer = trouble = None
        if text := asked.query.get("query"):
            question = Question(text, base=asked.absolute("/sparql"))
            try:
                answer = await while_listened_to(request, knowledge.query(question))
            except Refusal as refusal:
                trouble = refusal
        ended = by_suffix(request.url.path)
        asked = replace(asked, path="/query", form=ended[1] if ended else asked.form)
        found = query.page(explorer, asked, answer, trouble)
        return await run_in_threadpool(sent, explorer, found, asked, asked.form, editor=True)

    return [
        Route("/assets/{name}", file, methods=["GET"]),
        Route("/findings/{name}/graph", graph, methods=["GET"]),
        *(
            Route(path, asking, methods=["GET"])
            for path in ("/query", "/query.ttl", "/query.jsonld", "/query.json")
        ),
        Route("/{rest:path}", page, methods=["GET"]),
    ]


async def file(request: Request) -> Response:
    """A style, script or picture. One that is asked for by its digest never changes."""
    found = read(request.path_params["name"])
    if found is None:
        return Response("There is no such file.\n", 404, media_type="text/plain")
    fixed = request.query_params.get("v") == found.digest
    headers = {"Cache-Control": _FOR_EVER if fixed else "no-cache"}
    return Response(found.content, 200, headers, found.media_type)
