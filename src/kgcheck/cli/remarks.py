"""What the library says in its log, shown on standard error with -v."""

from __future__ import annotations

import logging
from collections.abc import Callable

from kgcheck.cli.output import note
from kgcheck.cli.settings import Settings

_SPOKEN = "kgcheck.validation"


class _Remarks(logging.Handler):
    def __init__(self, settings: Settings) -> None:
        super().__init__(logging.INFO)
        self._settings = settings

    def emit(self, record: logging.LogRecord) -> None:
        if self._settings.verbose:
            note(record.getMessage())


def show_remarks(settings: Settings) -> Callable[[], None]:
    """Show what validation says in the log from now on; what is returned ends it."""
    logger = logging.getLogger(_SPOKEN)
    handler, level = _Remarks(settings), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)

    def end() -> None:
        logger.removeHandler(handler)
        logger.setLevel(level)

    return end
