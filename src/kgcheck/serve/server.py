"""The server itself: listens, answers until it is told to stop."""

from __future__ import annotations

import uvicorn

from kgcheck.serve.app import create_app
from kgcheck.serve.knowledge import Knowledge
from kgcheck.serve.settings import Settings


def serve(knowledge: Knowledge, settings: Settings) -> None:
    """Answer until Ctrl-C."""
    app = create_app(knowledge, settings)
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning")
