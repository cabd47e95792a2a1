"""What a request asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kgcheck.serve.explorer.negotiation import HTML, Form

LONGEST = 8000


@dataclass(frozen=True, slots=True)
class Asked:
    """The names of the path, the query, and where the server says it is (`http://127.0.0.1:8000`).

    `form` is the one that the headers ask for, None where the client takes none.
    """

    names: tuple[str, ...]
    query: Mapping[str, str]
    base: str
    path: str = "/"
    form: Form | None = HTML

    def get(self, name: str) -> str:
        """One value of the query, empty where it is not given; none is longer than LONGEST."""
        return self.query.get(name, "")[:LONGEST]

    def absolute(self, path: str) -> str:
        """The whole address of a page."""
        return self.base.rstrip("/") + path

    def kept(self, *names: str) -> dict[str, str]:
        """Those of the query's values that are given."""
        return {name: value for name in names if (value := self.get(name))}
