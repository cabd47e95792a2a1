"""Who may run, who waits, who has to go: so that quick queries get through whatever else is asked.

A query begins in one of the quick places. If it has not ended after SLICE seconds, it moves to one of
the few long places, where it may stay until its time is up. Where none is free, it goes on in its quick
place for as long as nobody waits for it; then it has to go. A query that is known to take long waits
for a long place from the start.
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


class _Lane:
    """So many places, and who waits for one of them."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.turns: list[Turn] = []
        self.waiting: deque[asyncio.Future[None]] = deque()
        self._called = 0  # have been called to a place and not taken it yet

    @property
    def free(self) -> int:
        return self.most - len(self.turns) - self._called

    async def wait(self, make_room: Callable[[], None]) -> None:
        """Return when a place is free. Raises Refusal where too many wait already, or for too long."""
        if self.free > 0 and not self.waiting:
            return
        if len(self.waiting) >= QUEUE * self.most:
            raise refused(503, "the server is busy and too many queries wait already", wait=RETRY)
        place = asyncio.get_running_loop().create_future()
        self.waiting.append(place)
        make_room()
        try:
            async with asyncio.timeout(PATIENCE):
                await place
            self._called -= 1
        except BaseException as end:
            if place.done() and not place.cancelled():
                self._called -= 1
                self.call_next()  # the place came too late: it is another's
            elif place in self.waiting:
                self.waiting.remove(place)
            if isinstance(end, TimeoutError):
                reason = f"the server is busy: no place became free in {PATIENCE:g} seconds"
                raise refused(503, reason, wait=RETRY) from None
            raise

    def call_next(self) -> None:
        """Call those who wait to the places that are free."""
        while self.free > 0 and self.waiting:
            place = self.waiting.popleft()
            if not place.done():
                place.set_result(None)
                self._called += 1


class Places:
    """`count` places, a quarter of them, but at least one, for long queries; one alone is a quick one."""

    def __init__(self, count: int) -> None:
        self._long = _Lane(max(count // 4, 1) if count > 1 else 0)
        self._quick = _Lane(count - self._long.most)

    @property
    def running(self) -> int:
        """Queries that have a place."""
        return len(self._quick.turns) + len(self._long.turns)

    async def enter(
        self, evict: Callable[[], None], slow: Callable[[], None] = lambda: None, *, long: bool = False
    ) -> Turn:
        """Wait for a place; with `long` for one in which the query may stay.

        Raises Refusal (503) where too many wait already, or it takes too long.
        """
        lane = self._long if long and self._long.most else self._quick
        await lane.wait(self._make_room)
        turn = Turn(evict, slow)
        lane.turns.append(turn)
        turn.clock = asyncio.get_running_loop().call_later(SLICE, self._overdue, turn)
        return turn

    def leave(self, turn: Turn) -> None:
        """Give the place back. Nobody works there any more."""
        assert turn.clock is not None
        turn.clock.cancel()
        (self._quick if turn in self._quick.turns else self._long).turns.remove(turn)
        self._move_on()

    def _overdue(self, turn: Turn) -> None:
        turn.overdue = True
        turn.slow()
        self._move_on()
        self._make_room()

    def _move_on(self) -> None:
        """Move overdue queries to long places that are free, the oldest first, and call who waits."""
        for turn in [turn for turn in self._quick.turns if turn.overdue and not turn.evicted]:
            if self._long.free <= 0:
                break
            self._quick.turns.remove(turn)
            self._long.turns.append(turn)
        self._long.call_next()
        self._quick.call_next()

    def _make_room(self) -> None:
        """Send overdue queries away, as many as wait for a quick place, the oldest first."""
        wanted = len(self._quick.waiting) - sum(turn.evicted for turn in self._quick.turns)
        for turn in [turn for turn in self._quick.turns if turn.overdue and not turn.evicted][
            : max(wanted, 0)
        ]:
            turn.go()
