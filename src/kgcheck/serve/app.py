"""The application: the SPARQL service and the explorer behind one address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kgcheck.serve import sparql
from kgcheck.serve.description import Description
from kgcheck.serve.explorer.routes import routes
from kgcheck.serve.guard import Guard
from kgcheck.serve.knowledge import Knowledge
from kgcheck.serve.refusal import Refusal
from kgcheck.serve.settings import Settings


def create_app(knowledge: Knowledge, settings: Settings) -> Starlette:
    """Everything that the server answers. It answers queries from its start-up to its shutdown."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await knowledge.open(settings)
        try:
            yield
        finally:
            knowledge.close()

    service = sparql.endpoint(knowledge, Description(knowledge.store))
    around = [Middleware(Guard, settings=settings)]
    if settings.origins:
        around.append(
            Middleware(
                CORSMiddleware,
                allow_origins=settings.origins,
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["Accept", "Content-Type"],
                expose_headers=["Retry-After"],
            )
        )
    return Starlette(
        routes=[
            Route(sparql.PATH, service, methods=["GET", "POST"]),
            Route(f"{sparql.PATH}/", service, methods=["GET", "POST"]),
            *routes(knowledge),
        ],
        middleware=around,
        exception_handlers={Refusal: _refusal, ClientDisconnect: _gone},
        lifespan=lifespan,
    )


async def _refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    headers = {} if error.wait is None else {"Retry-After": str(error.wait)}
    return PlainTextResponse(f"{error.message}\n", error.status, headers)


async def _gone(request: Request, error: Exception) -> Response:
    """Nobody reads this; 499 is what logs call it."""
    return Response(status_code=499)
