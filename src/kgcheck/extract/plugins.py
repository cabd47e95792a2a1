"""Extractors that others bring: the entry point group `kgcheck.extractors`."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol

from kgcheck.errors import UsageError

if TYPE_CHECKING:
    from kgcheck.extract.documents import SourceText
    from kgcheck.extract.proposals import Proposal
    from kgcheck.extract.rules import Reading

GROUP = "kgcheck.extractors"


class Extractor(Protocol):
    """Proposes claims beyond those of the rules. Whatever it proposes has to pass the gate."""

    def propose(self, source: SourceText, reading: Reading) -> Iterable[Proposal]:
        """Claims of `source`; `reading` is what the rules made of it."""
        ...


def load_extractor(name: str) -> Extractor:
    """The extractor of that name, made without arguments.

    Raises UsageError where there is none or where it needs something that is not there.
    """
    found = {point.name: point for point in entry_points(group=GROUP)}
    if name not in found:
        known = ", ".join(sorted(found)) or "none is installed"
        raise UsageError(f"there is no extractor {name!r}", remedy=f"known extractors: {known}")
    try:
        extractor: Extractor = found[name].load()()
    except ImportError as error:
        raise UsageError(
            f"the extractor {name!r} needs {error.name}", remedy=f"install {error.name}, or kgcheck[{name}]"
        ) from error
    return extractor
