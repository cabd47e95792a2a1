"""What the steps of a run take, read off the steps that it tells."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from kgcheck.model.timing import Timed


class Stopwatch:
    """A step lasts until the next one is told; one that is told again goes on."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._seconds: dict[str, float] = {}
        self._counted: dict[str, tuple[int, int, int, float]] = {}
        self._step: str | None = None
        self._began = 0.0

    def listening(self, tell: Callable[[str], None]) -> Callable[[str], None]:
        """Takes steps and passes them on."""

        def told(step: str) -> None:
            self.begin(step)
            tell(step)

        return told

    def begin(self, step: str) -> None:
        """Here a step begins, and the one before ends."""
        self.stop()
        self._step, self._began = step, self._clock()

    def count(self, check: str, work: float, rows: int, blocks: int, findings: int) -> None:
        """What a check found, in how many seconds; one that runs in several parts is counted in all."""
        before = self._counted.get(check, (0, 0, 0, 0.0))
        self._counted[check] = (before[0] + rows, before[1] + blocks, before[2] + findings, before[3] + work)

    def stop(self) -> None:
        """Here the last step ends."""
        if self._step is not None:
            taken = self._clock() - self._began
            self._seconds[self._step] = self._seconds.get(self._step, 0.0) + taken
            self._step = None

    @property
    def timed(self) -> tuple[Timed, ...]:
        """The steps that have ended, in the order in which they began."""
        nothing = (None, None, None, None)
        return tuple(
            Timed(step, seconds, *self._counted.get(step, nothing)) for step, seconds in self._seconds.items()
        )
