"""What an engine says of the shapes, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One SHACL validation result; all but `message` are terms as `compiled.terms` writes them.

    Where a shape has several messages it is the first of them in order.
    """

    focus: str
    path: str | None
    value: str | None
    component: str
    severity: str
    message: str
    shape: str
