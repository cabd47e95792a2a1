"""A server with the graphs that the W3C's SPARQL protocol tests ask for; run by `conftest.w3c`."""

from __future__ import annotations

import pyoxigraph as ox

from kgcheck.engines.local import run_whole
from kgcheck.serve.knowledge import Knowledge
from kgcheck.serve.server import listen, serve
from kgcheck.serve.settings import Settings

GRAPH = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DOCUMENT = ox.NamedNode("http://xmlns.com/foaf/0.1/Document")


def main() -> None:
    """Each graph says of itself that it is a document."""
    run = run_whole(None)
    for number in (1, 2, 3):
        name = ox.NamedNode(GRAPH.format(number))
        run.store.raw.add(ox.Quad(name, TYPE, DOCUMENT, name))
    settings = Settings(port=0)
    serve(Knowledge(run), settings, listen(settings), lambda address: print(address, flush=True))  # noqa: T201


if __name__ == "__main__":
    main()
