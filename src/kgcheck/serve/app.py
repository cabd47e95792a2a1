"""The application: the SPARQL service and the explorer behind one address."""

from __future__ import annotations

from starlette.applications import Starlette

from kgcheck.serve.explorer.routes import routes
from kgcheck.serve.knowledge import Knowledge
from kgcheck.serve.settings import Settings


def create_app(knowledge: Knowledge, settings: Settings) -> Starlette:
    """Everything that the server answers."""
    return Starlette(routes=routes(knowledge))
