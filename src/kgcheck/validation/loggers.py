"""Libraries that say in the log or in warnings what kgcheck tells in its own words."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from warnings import catch_warnings, filterwarnings


@contextmanager
def silenced(name: str) -> Iterator[None]:
    """Disable the logger `name` for a while and leave it as it was."""
    logger = logging.getLogger(name)
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before


@contextmanager
def quiet_rdflib() -> Iterator[None]:
    """Let rdflib read and compare literals without a word.

    It logs a traceback for each ill-typed literal, of which a shape tells in better words, and warns of
    a truth value such as "yes". It compares terms of different kinds by way of `not NotImplemented`,
    which Python deprecates; the answer, that they do not compare, is the right one.
    """
    with silenced("rdflib.term"), catch_warnings():
        filterwarnings("ignore", "Parsing weird boolean", UserWarning)
        filterwarnings("ignore", "NotImplemented should not be used", DeprecationWarning)
        yield
