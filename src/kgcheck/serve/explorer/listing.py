"""A page of a list as triples: a Hydra collection and what the graph says of its members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyoxigraph as ox

from kgcheck.namespaces import expand
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.describing import described
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.paging import Slice
from kgcheck.serve.explorer.places import address

HYDRA = "http://www.w3.org/ns/hydra/core#"


def listed(
    explorer: Explorer, asked: Asked, part: Slice[Any], members: Sequence[str], query: dict[str, str]
) -> Iterator[ox.Triple]:
    """The page, its neighbours, its members, and what is known of them."""

    def page(number: int) -> ox.NamedNode:
        turned = {**query, "page": str(number)} if number > 1 else query
        return ox.NamedNode(asked.absolute(address(asked.path, turned)))

    def say(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(subject, ox.NamedNode(HYDRA + name), value)

    whole, this = page(1), page(part.page)
    yield ox.Triple(whole, ox.NamedNode(expand("rdf:type")), ox.NamedNode(HYDRA + "Collection"))
    yield say(whole, "totalItems", ox.Literal(part.total))
    if part.pages > 1:
        yield say(whole, "view", this)
        yield ox.Triple(this, ox.NamedNode(expand("rdf:type")), ox.NamedNode(HYDRA + "PartialCollectionView"))
        yield say(this, "first", whole)
        yield say(this, "last", page(part.pages))
        if part.page > 1:
            yield say(this, "previous", page(part.page - 1))
        if part.page < part.pages:
            yield say(this, "next", page(part.page + 1))
    for iri in members:
        yield say(whole, "member", ox.NamedNode(iri))
    yield from described(explorer.store, *members)
