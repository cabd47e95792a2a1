"""Why a request gets no answer."""

from __future__ import annotations

from dataclasses import dataclass

from kgcheck.errors import KgcheckError


@dataclass(eq=False)
class Refusal(KgcheckError):
    """A request that is not answered, or not to the end: `status` is that of HTTP.

    `wait` are seconds after which asking again makes sense, None where it makes none.
    """

    status: int = 400
    wait: int | None = None


def refused(status: int, reason: str, *, wait: int | None = None) -> Refusal:
    """A refusal with its reason, one sentence without its full stop."""
    return Refusal(reason, status=status, wait=wait)
