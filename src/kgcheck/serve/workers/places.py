"""Who may run, who waits, who has to go: so that quick queries get through whatever else is asked.

A query begins in one of the quick places. If it has not ended after SLICE seconds, it moves to one of
the few long places, where it may stay until its time is up. Where none is free, it goes on in its quick
place for as long as nobody waits for it; then it has to go.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from kgcheck.serve.refusal import refused

SLICE = 0.25
"""Seconds on the clock after which a query is no quick one."""

QUEUE = 8
"""Queries that may wait, for each that may run."""

PATIENCE = 5.0
"""Seconds that a query waits for a place."""

RETRY = 2
"""Seconds after which a client may try again."""


class Turn:
    """One query's place. `slow` is called when it is no quick one, `evict` when it has to go."""

    def __init__(self, evict: Callable[[], None], slow: Callable[[], None]) -> None:
        self._evict = evict
        self.slow = slow
        self.evicted = False
        self.overdue = False
        self.clock: asyncio.TimerHandle | None = None

    def go(self) -> None:
        """Have the query stop; its place is free when `Places.leave` is called."""
        self.evicted = True
        self._evict()


class Places:
    """`count` places, a quarter of them, but at least one, for long queries; one alone is a quick one."""

    def __init__(self, count: int) -> None:
        self._most_long = max(count // 4, 1) if count > 1 else 0
        self._most_quick = count - self._most_long
        self._most_waiting = QUEUE * count
        self._quick: list[Turn] = []
        self._long: list[Turn] = []
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._called = 0  # have been called to a place and not taken it yet

    @property
    def running(self) -> int:
        """Queries that have a place."""
        return len(self._quick) + len(self._long)

    @property
    def _free(self) -> int:
        return self._most_quick - len(self._quick) - self._called

    async def enter(self, evict: Callable[[], None], slow: Callable[[], None] = lambda: None) -> Turn:
        """Wait for a place. Raises Refusal (503) where too many wait already, or it takes too long."""
        if self._free <= 0 or self._waiting:
            await self._wait()
            self._called -= 1
        turn = Turn(evict, slow)
        self._quick.append(turn)
        turn.clock = asyncio.get_running_loop().call_later(SLICE, self._overdue, turn)
        return turn

    async def _wait(self) -> None:
        if len(self._waiting) >= self._most_waiting:
            raise refused(503, "the server is busy and too many queries wait already", wait=RETRY)
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        self._make_room()
        try:
            async with asyncio.timeout(PATIENCE):
                await place
        except BaseException as end:
            if place.done() and not place.cancelled():
                self._called -= 1
                self._call_next()  # the place came too late: it is another's
            elif place in self._waiting:
                self._waiting.remove(place)
            if isinstance(end, TimeoutError):
                raise refused(
                    503, f"the server is busy: no place became free in {PATIENCE:g} seconds", wait=RETRY
                ) from None
            raise

    def leave(self, turn: Turn) -> None:
        """Give the place back. Its process is gone."""
        assert turn.clock is not None
        turn.clock.cancel()
        (self._quick if turn in self._quick else self._long).remove(turn)
        self._promote()
        self._call_next()

    def _overdue(self, turn: Turn) -> None:
        turn.overdue = True
        turn.slow()
        self._promote()
        self._call_next()
        self._make_room()

    def _promote(self) -> None:
        """Move overdue queries to long places that are free, the oldest first."""
        for turn in [turn for turn in self._quick if turn.overdue and not turn.evicted]:
            if len(self._long) >= self._most_long:
                return
            self._quick.remove(turn)
            self._long.append(turn)

    def _make_room(self) -> None:
        """Send overdue queries away, as many as wait for a place, the oldest first."""
        wanted = len(self._waiting) - sum(turn.evicted for turn in self._quick)
        for turn in [turn for turn in self._quick if turn.overdue and not turn.evicted][: max(wanted, 0)]:
            turn.go()

    def _call_next(self) -> None:
        while self._free > 0 and self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                self._called += 1
