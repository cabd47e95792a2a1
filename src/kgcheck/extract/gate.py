"""What every proposal has to pass, whoever made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from kgcheck.errors import MeaningError
from kgcheck.extract.figures import find_figures
from kgcheck.extract.proposals import KINDS, Proposal
from kgcheck.extract.ranks import read_place
from kgcheck.extract.words import read_words

LONGEST = 100
"""The most characters of a quoted fragment."""

_TOLERANCE = 0.005
_SCALES = {"percent": 1.0, "ratio": 100.0, "per_1000": 0.1}


class Gate:
    """Lets proposals through whose quote stands at its place and whose value is what the words say.

    `dropped` counts the others by reason: `quote`, `value`, `kind`, `long`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.dropped: Counter[str] = Counter()

    def passed(self, proposals: Iterable[Proposal]) -> list[Proposal]:
        """The proposals that pass, in their order."""
        kept = []
        for proposal in proposals:
            reason = self.refusal(proposal)
            if reason is None:
                kept.append(proposal)
            else:
                self.dropped[reason] += 1
        return kept

    def refusal(self, proposal: Proposal) -> str | None:
        """Why a proposal does not pass, or None."""
        start, end = proposal.start, proposal.end
        if not 0 <= start < end <= len(self.text):
            return "quote"
        if self.text[start:end] != proposal.quote:
            return "quote"
        if proposal.kind not in KINDS:
            return "kind"
        if end - start > LONGEST and proposal.kind != "role":
            return "long"
        return None if _says(proposal) else "value"


def _says(proposal: Proposal) -> bool:
    """Whether the words of the quote give the value."""
    value = proposal.value
    if value is None:
        return proposal.kind in {"trend", "quote", "role"}
    if proposal.kind == "grade":
        return _names_grade(proposal)
    if proposal.kind == "rank":
        return read_place(proposal.quote, proposal.unit) == value
    wanted = value if isinstance(value, list) else [value]
    said = _numbers(proposal.quote, proposal.unit)
    return all(
        isinstance(one, int | float)
        and any(_same(one * _SCALES.get(proposal.unit, 1.0), other) for other in said)
        for one in wanted
    )


@lru_cache(maxsize=1 << 14)
def _numbers(quote: str, unit: str) -> tuple[float, ...]:
    """Every number that a quote can be read to state, on the scale of the unit."""
    return tuple(_read_numbers(quote, unit))


def _read_numbers(quote: str, unit: str) -> Iterable[float]:
    from kgcheck.extract.statistics import word_figures
    from kgcheck.semantics.directions import find_factor, find_multiple

    words = read_words(quote, 0, len(quote))
    scale = _SCALES.get(unit, 1.0)
    bare: list[float] = []
    try:
        for figure in find_figures(words, []):
            for value in figure.value if isinstance(figure.value, list) else [figure.value]:
                yield value * _SCALES.get(figure.unit, 1.0)
                bare.append(value)
                yield value * scale  # a bare number takes its unit from the head of a table
                if unit in {"GBP", "USD", "EUR", "money", "count"}:
                    yield from (value * factor for factor in (1e3, 1e6, 1e9))
            if figure.quantity.denominator > 1:
                yield float(figure.quantity.denominator)
    except MeaningError:
        return
    if multiple := find_multiple(words.tokens) or find_factor(words.tokens):
        yield float(multiple[1])
    if unit == "ratio" and len(bare) == 2 and bare[1]:
        yield bare[0] / bare[1] * scale
    yield from word_figures(quote)


def _same(a: float, b: float) -> bool:
    return abs(abs(a) - abs(b)) <= _TOLERANCE * max(1e-9, abs(a))


def _names_grade(proposal: Proposal) -> bool:
    from kgcheck.extract.grades import grades_in

    return isinstance(proposal.value, str) and proposal.value in grades_in(proposal.stated or proposal.quote)
