"""What the steps of a run took."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timed:
    """A step of a run, in seconds on the clock.

    Of a check, `rows` is how many rows its query gave, `blocks` how many blocks stand in them, and
    `findings` how many it formed of them, before those that another check told better are set aside.
    `work` is how long that took: `seconds` are fewer where it was done while another check was told.
    All four are None for other steps.
    """

    step: str
    seconds: float
    rows: int | None = None
    blocks: int | None = None
    findings: int | None = None
    work: float | None = None
