"""A page, before anybody has said in which form it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kgcheck.report.html.element import Content

Json = Any


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: for people, as data, and as triples; each is made only when it is asked for.

    `section` is the entry of the main menu that it belongs to.
    """

    title: str
    body: Callable[[], Content]
    record: Callable[[], Json]
    triples: Callable[[], Iterable[ox.Triple]]
    section: str = ""
    status: int = 200


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is asked for stands at another address: 303 See Other."""

    path: str


class Missing(Exception):
    """There is no such thing. `near` are names and addresses of what may have been meant."""

    def __init__(self, what: str, near: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.near = tuple(near)
