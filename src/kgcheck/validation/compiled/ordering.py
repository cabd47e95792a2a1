"""Which of two literals comes first, as rdflib and pySHACL order them."""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from kgcheck.validation.compiled.terms import day, is_blank, is_literal, name, number, to_literal

if TYPE_CHECKING:
    from rdflib import Literal


@lru_cache(maxsize=65_536)
def compare(value: str, bound: str) -> int | None:
    """-1, 0 or 1 as the literal `value` is less than, equal to or greater than `bound`; None if neither."""
    a, b = number(value), number(bound)
    if a is not None and b is not None:
        return (a > b) - (a < b)
    first, second = to_literal(value), to_literal(bound)
    if isinstance(first.value, str) != isinstance(second.value, str):
        return None
    try:
        return _compare_literals(first, second)
    except (TypeError, NotImplementedError):
        return None


def _compare_literals(a: Literal, b: Literal) -> int:
    if a.eq(b):
        return 0
    # rdflib would order days and times with a zone against those without.
    if a.value.__class__ in (datetime, time):
        if a.value == b.value:
            return 0
        return 1 if a.value > b.value else -1
    return 1 if a > b else -1


@lru_cache(maxsize=65_536)
def comes_before(value: str, other: str, *, or_equals: bool) -> bool:
    """Whether `value` is less than `other`, or equal to it if that is enough.

    What cannot be compared does not come before anything, as the standard has it (sections 4.5.3 and 4.5.4);
    pySHACL gives up on some of these, and on everything else with them.
    """
    if is_blank(value) or is_blank(other):
        return False
    for read in (number, day):
        a, b = read(value), read(other)
        if a is not None and b is not None:
            return a <= b if or_equals else a < b  # type: ignore[operator]
    text, words = _text(value), _text(other)
    if text is not None and words is not None:
        return text <= words if or_equals else text < words
    if text is not None or words is not None:
        return False
    try:
        first, second = to_literal(value), to_literal(other)
        return bool(first <= second if or_equals else first < second)
    except TypeError:
        return False


def _text(term: str) -> str | None:
    """The words of an IRI or of a literal that is a string; None for other literals."""
    if is_literal(term) and not isinstance(to_literal(term).value, str):
        return None
    return name(term)
