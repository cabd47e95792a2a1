"""Stated changes: words → signed Meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from kgcheck.errors import MeaningError
from kgcheck.model.interval import LIMIT, Interval
from kgcheck.model.meaning import Comparator, Meaning, UnitKind
from kgcheck.semantics.directions import find_direction, find_factor, find_multiple, is_flat, is_level
from kgcheck.semantics.hedges import read_hedge_before
from kgcheck.semantics.intervals import round_nearest
from kgcheck.semantics.meanings import build_meaning
from kgcheck.semantics.numbers import Numeral, word_at
from kgcheck.semantics.policy import Policy, load_policy
from kgcheck.semantics.quantities import Form, Quantity
from kgcheck.semantics.statements import Statement, find_quantity, read_statement
from kgcheck.semantics.text import Token, tokenise
from kgcheck.semantics.uncertainty import split_uncertainty

_MIRRORED = {
    Comparator.LESS: Comparator.MORE,
    Comparator.MORE: Comparator.LESS,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.AT_LEAST: Comparator.AT_MOST,
}
_DIRECTIONS = {"up": 1, "down": -1, "flat": 0}
_BARE_KINDS = frozenset({UnitKind.COUNT, UnitKind.MONEY, UnitKind.QUANTITY})


def interpret_change(
    words: str,
    *,
    direction: str | None = None,
    kind: UnitKind | None = None,
    policy: Policy | None = None,
    uncertainty: str | None = None,
) -> Meaning:
    """What a stated change means; down is negative.

    Percent and fractions become CHANGE (a ratio of the old value), percentage points POINTS, bare
    numbers COUNT, money MONEY, factors TIMES. "Doubled" is a CHANGE of +1, "halved" of -0.5.
    A factor has no sign: "14 times less likely" is 14 with the unit "less", the larger number over
    the smaller.

    Parameters
    ----------
    words
        "-7.8%", "19 less", "140 fewer offences", "rose by 12", "nearly doubled", "unchanged".
    direction
        "up", "down" or "flat"; gives the sign where the words do not.
    kind
        What the measure counts in; gives a bare number its kind where that is a count, money or
        a quantity.

    Raises
    ------
    MeaningError
        As `interpret`; also for a level ("fell to 3%") and for a sign against its verb.

    Examples
    --------
    >>> str(interpret_change("down 3.4%").inner)
    '[-0.0345, -0.0335]'
    """
    if not isinstance(words, str):
        raise MeaningError(
            f"expected words, got {type(words).__name__}", remedy="pass the words as they are stated"
        )
    if direction is not None and direction not in _DIRECTIONS:
        raise MeaningError(f"unknown direction {direction!r}", remedy="use up, down or flat")
    return _interpret(words, direction, kind, policy or load_policy("default"), uncertainty)


@lru_cache(maxsize=1 << 16)
def _interpret(
    words: str, direction: str | None, kind: UnitKind | None, policy: Policy, uncertainty: str | None
) -> Meaning:
    tokens, margin = split_uncertainty(tokenise(words))
    if uncertainty is not None:
        margin = tokenise(uncertainty)
    if multiple := find_multiple(tokens):
        return _interpret_multiple(words, tokens, multiple, policy)
    if factor := find_factor(tokens):
        quantity = Quantity(Form.PLAIN, Numeral(factor[1], Fraction(1), True), kind=UnitKind.TIMES)
        hedge, start = read_hedge_before(tokens, factor[0])
        statement = Statement(quantity, start, factor[0] + 1, hedge)
        return build_meaning(words, UnitKind.TIMES, statement, policy, None)
    if find_quantity(tokens) is None and is_flat(tokens):
        quantity = Quantity(
            Form.SHARE, Numeral(Fraction(0), Fraction(1), True), Fraction(1, 100), kind=UnitKind.CHANGE
        )
        return build_meaning(words, UnitKind.CHANGE, Statement(quantity, 0, len(tokens)), policy, None)
    statement = read_statement(tokens)
    if statement.trend:
        return _interpret_difference(words, statement, policy)
    if is_level(tokens, statement.start):
        raise MeaningError(
            "the words state a level, not a change", remedy="state the change, or make it a value claim"
        )
    settled = _settle_kind(statement.first, kind)
    if statement.first.form is Form.FRACTION and word_at(tokens, statement.end) == "as":
        return _interpret_part_as_many(words, statement, policy)
    if settled is UnitKind.TIMES:
        return _interpret_times(words, tokens, statement, direction, policy)
    first, second = replace(statement.first, kind=settled), statement.second
    if second is not None:
        second = replace(second, kind=settled)
        if min(first.value, second.value) < 0 and not _find_named(tokens, statement):
            statement = replace(statement, first=first, second=second)
            return build_meaning(words, settled, statement, policy, Interval(-LIMIT, LIMIT), margin)
        second = second.magnitude()
    sign = _find_sign(tokens, statement, direction)
    statement = replace(statement, first=first.magnitude(), second=second)
    highest = Decimal(1) if sign < 0 and settled in (UnitKind.CHANGE, UnitKind.POINTS) else LIMIT
    meaning = build_meaning(words, settled, statement, policy, Interval(Decimal(0), highest), margin)
    return _mirror(meaning) if sign < 0 else meaning


def _interpret_multiple(
    words: str, tokens: Sequence[Token], multiple: tuple[int, Fraction], policy: Policy
) -> Meaning:
    index, factor = multiple
    amount = abs(factor - 1)
    quantity = Quantity(Form.MULTIPLE, Numeral(amount, Fraction(1), False), kind=UnitKind.CHANGE)
    hedge, start = read_hedge_before(tokens, index)
    statement = Statement(quantity, start, index + 1, hedge)
    highest = Decimal(1) if factor < 1 else LIMIT
    meaning = build_meaning(words, UnitKind.CHANGE, statement, policy, Interval(Decimal(0), highest))
    return _mirror(meaning) if factor < 1 else meaning


def _interpret_part_as_many(words: str, statement: Statement, policy: Policy) -> Meaning:
    """ "half as many": what is left, so that the change is that share minus one."""
    left = build_meaning(words, UnitKind.RATIO, statement, policy, None)
    one = Interval.point(Decimal(1))
    return replace(
        left,
        kind=UnitKind.CHANGE,
        point=left.point - 1,
        inner=_subtract(left.inner, one),
        outer=_subtract(left.outer, one),
        reporting=_subtract(left.reporting, one),
    )


def _interpret_times(
    words: str, tokens: Sequence[Token], statement: Statement, direction: str | None, policy: Policy
) -> Meaning:
    named = _find_sign(tokens, statement, direction)
    unit = "less" if named < 0 else None
    statement = replace(statement, first=replace(statement.first, unit=unit))
    if statement.second:
        statement = replace(statement, second=replace(statement.second, unit=unit))
    return build_meaning(words, UnitKind.TIMES, statement, policy, None)


def _interpret_difference(words: str, statement: Statement, policy: Policy) -> Meaning:
    """ "from 3.6% to 5.4%": the new value minus the old one; of shares, in points."""
    old, new = statement.first, statement.second
    assert new is not None
    kinds = {quantity.kind or UnitKind.COUNT for quantity in (old, new)}
    if len(kinds) > 1:
        raise MeaningError("the two values have different units", remedy="use one unit for both")
    kind = kinds.pop()
    before = build_meaning(words, kind, replace(statement, second=None), policy, None)
    after = build_meaning(
        words, kind, replace(statement, first=new, hedge=statement.second_hedge, second=None), policy, None
    )
    return Meaning(
        words=words,
        kind=UnitKind.POINTS if kind is UnitKind.RATIO else kind,
        point=round_nearest(Fraction(after.point) - Fraction(before.point)),
        inner=_subtract(after.inner, before.inner),
        outer=_subtract(after.outer, before.outer),
        reporting=_subtract(after.reporting, before.reporting),
        granule=min(after.granule, before.granule),
        unit=after.unit,
    )


def _subtract(new: Interval, old: Interval) -> Interval:
    lower_open, upper_open = new.lower_open or old.upper_open, new.upper_open or old.lower_open
    lower = round_nearest(Fraction(new.lower) - Fraction(old.upper))
    upper = round_nearest(Fraction(new.upper) - Fraction(old.lower))
    return Interval(lower, upper, lower_open, upper_open)


def _settle_kind(quantity: Quantity, kind: UnitKind | None) -> UnitKind:
    if quantity.kind is UnitKind.RATIO:
        return UnitKind.CHANGE
    if quantity.kind is not None:
        return quantity.kind
    return kind if kind in _BARE_KINDS and kind is not None else UnitKind.COUNT


def _find_sign(tokens: Sequence[Token], statement: Statement, direction: str | None) -> int:
    """-1 or 1: from the words around the figure, from its own sign, else from `direction`."""
    named = _find_named(tokens, statement)
    printed = -1 if statement.first.value < 0 else 0
    if any(token.text == "+" for token in tokens[: statement.end]):
        printed = 1
    if named and printed and named != printed:
        raise MeaningError("the sign and the verb disagree", remedy="check the sign against the text")
    return named or printed or _DIRECTIONS.get(direction or "", 0) or 1


def _find_named(tokens: Sequence[Token], statement: Statement) -> int:
    return find_direction([*tokens[: statement.start], *tokens[statement.end :]])


def _mirror(meaning: Meaning) -> Meaning:
    """The same change downwards."""
    return replace(
        meaning,
        point=-meaning.point if meaning.point else meaning.point,
        inner=_mirror_interval(meaning.inner),
        outer=_mirror_interval(meaning.outer),
        reporting=_mirror_interval(meaning.reporting),
        comparator=_MIRRORED.get(meaning.comparator, meaning.comparator),
        uncertainty=_mirror_interval(meaning.uncertainty) if meaning.uncertainty else None,
        lower_unbounded=meaning.upper_unbounded,
        upper_unbounded=meaning.lower_unbounded,
    )


def _mirror_interval(interval: Interval) -> Interval:
    """Every number with the other sign; zero keeps none."""
    zero = Decimal(0)
    return Interval(zero - interval.upper, zero - interval.lower, interval.upper_open, interval.lower_open)
