"""Data behind a SPARQL 1.1 service: fetched in pages, then checked as if it lay in a file.

The service is only ever asked to SELECT and ASK. Whatever it does wrong, be it silence, an error, half
an answer or somebody else's page, becomes an EndpointError: what it holds is then unknown, never
"clean".
"""

from kgcheck.engines.endpoint.fetching import DEFAULT_GRAPH, Fetched, fetch
from kgcheck.engines.endpoint.pages import ROWS
from kgcheck.engines.endpoint.service import SECONDS, Service

__all__ = ["DEFAULT_GRAPH", "ROWS", "SECONDS", "Fetched", "Service", "fetch"]
