"""Writing the derived graph while it is still being thought out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

import pyoxigraph as ox

from kgcheck.derive.columns import HEAD

_PORTION = 1 << 20
"""Characters of Turtle that are written at a time."""

_WAITING = 4
"""Portions that may wait to be written: what makes them is not to run away from what reads them."""


class Recorder:
    """Writes statements into one graph of a store: all of them, once the block of `with` has ended.

    Oxigraph reads Turtle without holding Python up, so it does that beside what makes the statements.
    Statements that nobody recorded to the end are of no use: after an error some are there.
    """

    def __init__(self, store: ox.Store, graph: ox.NamedNode) -> None:
        self._store = store
        self._graph = graph
        self._thread = ThreadPoolExecutor(1, "kgcheck-recorder")
        self._under_way: deque[Future[None]] = deque()
        self._portion: list[str] = []
        self._size = 0

    def __enter__(self) -> Recorder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._pass_on()
        self._thread.shutdown(cancel_futures=error is not None)
        if error is None:
            while self._under_way:
                self._under_way.popleft().result()

    def say(self, subject: str, statements: Iterable[str]) -> None:
        """Record what is said of a thing: at least one statement, as `:property value` after `HEAD`.

        Raises ValueError where the name of the thing is no IRI.
        """
        said = f"{ox.NamedNode(subject)} {';'.join(statements)} .\n"
        self._portion.append(said)
        self._size += len(said)
        if self._size >= _PORTION:
            self._pass_on()

    def _pass_on(self) -> None:
        if len(self._under_way) >= _WAITING:
            self._under_way.popleft().result()
        text = "".join((HEAD, *self._portion)).encode()
        self._portion, self._size = [], 0
        self._under_way.append(self._thread.submit(self._write, text))

    def _write(self, text: bytes) -> None:
        self._store.load(text, ox.RdfFormat.TURTLE, to_graph=self._graph, lenient=True)
