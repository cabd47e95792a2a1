"""From a statement to a Meaning: what values and changes have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from kgcheck.errors import MeaningError
from kgcheck.model.interval import Interval
from kgcheck.model.meaning import Comparator, Meaning, UnitKind
from kgcheck.semantics.hedges import Hedge, Sense
from kgcheck.semantics.intervals import Spread, default_natural, round_nearest, spread_quantity
from kgcheck.semantics.policy import Policy
from kgcheck.semantics.quantities import Form, Quantity
from kgcheck.semantics.statements import Statement
from kgcheck.semantics.text import Token
from kgcheck.semantics.uncertainty import read_uncertainty

_OPEN = frozenset({Sense.MORE, Sense.LESS, Sense.ABOVE, Sense.BELOW})


def build_meaning(
    words: str,
    kind: UnitKind,
    statement: Statement,
    policy: Policy,
    natural: Interval | None,
    margin: Sequence[Token] = (),
) -> Meaning:
    """The Meaning of a statement whose quantities are of `kind`. Raises MeaningError."""
    first, second = statement.first, statement.second
    if second is not None and second.value < first.value:
        if not statement.ordered_freely and second.value >= 0:
            raise MeaningError(
                "the range runs downwards", remedy='write "between x and y", or quote the odds as "x in y"'
            )
        first, second = second, first
        statement = replace(
            statement, first=first, second=second, hedge=statement.second_hedge, second_hedge=statement.hedge
        )
    values = [first.value] if second is None else [first.value, second.value]
    if statement.hedge and statement.hedge.sense in (Sense.MORE, Sense.ABOVE) and first.value == 1:
        values.append(first.value + 1)  # "more than 100%" speaks of what lies beyond
    natural = natural or default_natural(kind, *values)
    spread = (
        spread_quantity(first, statement.hedge, policy, natural)
        if second is None
        else _spread_range(statement, first, second, policy, natural)
    )
    hedges = [hedge.words for hedge in (statement.hedge, statement.second_hedge) if hedge]
    return Meaning(
        words=words,
        kind=kind,
        point=spread.point,
        inner=spread.inner,
        outer=spread.outer,
        reporting=spread.reporting,
        granule=spread.granule,
        comparator=spread.comparator,
        hedge=" … ".join(hedges) or None,
        unit=first.unit or (second.unit if second else None),
        base=_base(first),
        uncertainty=read_uncertainty(margin, first, natural) if margin else None,
        lower_unbounded=spread.lower_unbounded,
        upper_unbounded=spread.upper_unbounded,
    )


def _base(quantity: Quantity) -> Decimal | None:
    """m of an exact "n of m"."""
    return Decimal(int(quantity.denominator)) if quantity.form is Form.EXACT else None


def _spread_range(
    statement: Statement, first: Quantity, second: Quantity, policy: Policy, natural: Interval
) -> Spread:
    """ "between x and y" is [x, y]; "more than x and less than y" leaves both out.

    A range has no digits to round: its ends are where the speaker put them, unless a hedge says
    that they are approximate. Its point is the middle.
    """
    if first.kind is not second.kind or first.unit != second.unit:
        raise MeaningError("the ends of the range have different units", remedy="use one unit for both")
    low = spread_quantity(first, Hedge(Sense.EXACTLY, ""), policy, natural)
    high = spread_quantity(second, Hedge(Sense.EXACTLY, ""), policy, natural)
    lower_open, upper_open = _is_open(statement.hedge), _is_open(statement.second_hedge)
    if low.inner.lower == high.inner.upper and (lower_open or upper_open):
        raise MeaningError("the range is empty", remedy="check both ends")
    plain = Interval(low.inner.lower, high.inner.upper, lower_open, upper_open)
    inner = outer = plain
    if any(hedge and hedge.sense is Sense.ABOUT for hedge in (statement.hedge, statement.second_hedge)):
        about = Hedge(Sense.ABOUT, "")
        wide_low = spread_quantity(first, about, policy, natural)
        wide_high = spread_quantity(second, about, policy, natural)
        inner = wide_low.inner.hull(wide_high.inner)
        outer = wide_low.outer.hull(wide_high.outer)
    return Spread(
        point=round_nearest((Fraction(plain.lower) + Fraction(plain.upper)) / 2),
        inner=inner,
        outer=outer,
        reporting=plain,
        granule=min(low.granule, high.granule),
        comparator=Comparator.RANGE,
    )


def _is_open(hedge: Hedge | None) -> bool:
    return hedge is not None and hedge.sense in _OPEN
