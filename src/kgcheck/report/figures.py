"""Numbers and periods as people write them, cleaned for display."""

from __future__ import annotations

from kgcheck.model.interval import Interval
from kgcheck.model.meaning import Meaning
from kgcheck.model.period import Period
from kgcheck.report.plain import plain
from kgcheck.semantics import wording
from kgcheck.semantics.wording import day, number, span

__all__ = ["day", "interval", "issued", "number", "period", "reading", "span"]


def interval(bounds: Interval, meaning: Meaning) -> str:
    """ "2.75 to 2.85%" in the unit of `meaning`; one number where the ends meet."""
    return plain(wording.interval(bounds, meaning))


def reading(meaning: Meaning) -> str:
    """How stated words are read: the careful interval, and the loose one where it is wider."""
    text = interval(meaning.inner, meaning)
    if meaning.outer != meaning.inner:
        text += f"; at the loosest {interval(meaning.outer, meaning)}"
    if meaning.uncertainty is not None:
        text += f"; sampling {interval(meaning.uncertainty, meaning)}"
    return text


def period(value: Period) -> str:
    """A claim's period: the words as stated, then the days they name."""
    return plain(wording.period(value))


def issued(value: Period, basis: str | None) -> str:
    """When a document came out, and whether that is stated or worked out."""
    if value.hull is None:
        return f"no later than {day(value.not_after)}" if value.not_after else "undated"
    text = span(value.hull) if value.certain else f"about {span(value.hull)}"
    return f"{text} (inferred)" if basis == "inferred" else text
