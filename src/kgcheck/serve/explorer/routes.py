"""The addresses of the explorer."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kgcheck.serve.knowledge import Knowledge


def routes(knowledge: Knowledge) -> list[BaseRoute]:
    """All pages, over what the server knows."""

    async def overview(request: Request) -> Response:
        report = knowledge.report
        counts = (len(report.documents), len(report.claims), len(report.findings))
        return PlainTextResponse("{} documents, {} claims, {} findings\n".format(*counts))

    return [Route("/", overview)]
