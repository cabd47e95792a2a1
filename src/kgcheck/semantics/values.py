"""Stated values: words → Meaning."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from kgcheck.errors import MeaningError
from kgcheck.model.interval import Interval
from kgcheck.model.meaning import Meaning, UnitKind
from kgcheck.semantics.changes import interpret_change
from kgcheck.semantics.directions import find_factor, find_multiple, names_change
from kgcheck.semantics.meanings import build_meaning
from kgcheck.semantics.numbers import Numeral, is_nothing
from kgcheck.semantics.policy import Policy, load_policy
from kgcheck.semantics.quantities import Form, Quantity
from kgcheck.semantics.statements import Statement, find_quantity, read_statement
from kgcheck.semantics.text import tokenise
from kgcheck.semantics.uncertainty import split_uncertainty

_BARE_KINDS = frozenset({UnitKind.COUNT, UnitKind.MONEY, UnitKind.QUANTITY, UnitKind.TIMES})
_CACHE = 1 << 16


def interpret(
    words: str,
    *,
    kind: UnitKind | None = None,
    policy: Policy | None = None,
    natural: Interval | None = None,
    uncertainty: str | None = None,
) -> Meaning:
    """What a stated value means, in the base unit of its kind.

    Parameters
    ----------
    words
        The figure as stated, with its hedge and unit: "just under 7%", "47 per 1,000", "£50k".
    kind
        What the measure counts in. Gives a bare number its kind; where the words name a unit of
        another kind they are refused. CHANGE and POINTS are read as `interpret_change` does.
    policy
        How wide words are read; the default policy if None.
    natural
        The range of possible values; by kind if None. Half-lines end there.
    uncertainty
        A sampling interval stated apart: "+/- 1.85 percent", "95% CI 80 to 87".

    Raises
    ------
    MeaningError
        For words without a number, with several, denied, out of range, of another kind than the
        measure, or too long.

    Examples
    --------
    >>> str(interpret("2.8%").inner)
    '[0.0275, 0.0285]'
    """
    if not isinstance(words, str):
        raise MeaningError(
            f"expected words, got {type(words).__name__}", remedy="pass the words as they are stated"
        )
    return _interpret(words, kind, policy or load_policy("default"), natural, uncertainty)


@lru_cache(maxsize=_CACHE)
def _interpret(
    words: str, kind: UnitKind | None, policy: Policy, natural: Interval | None, uncertainty: str | None
) -> Meaning:
    if kind in (UnitKind.CHANGE, UnitKind.POINTS):
        return interpret_change(words, kind=kind, policy=policy, uncertainty=uncertainty)
    tokens, margin = split_uncertainty(tokenise(words))
    if uncertainty is not None:
        margin = tokenise(uncertainty)
    if find_multiple(tokens):
        raise MeaningError("the words state a change, not a value", remedy="make it a trend claim")
    if factor := find_factor(tokens):
        number = Numeral(factor[1], Fraction(1), True)
        quantity = Quantity(Form.PLAIN, number, kind=UnitKind.TIMES)
        return build_meaning(words, _settle_kind(quantity, kind), Statement(quantity, 0, 0), policy, natural)
    if find_quantity(tokens) is None and any(is_nothing(token.text) for token in tokens[:1]):
        nothing = Quantity(Form.PLAIN, Numeral(Fraction(0), Fraction(1), True), kind=kind or UnitKind.COUNT)
        if kind is UnitKind.RATIO:
            nothing = replace(nothing, form=Form.EXACT, denominator=Fraction(1))
        return build_meaning(words, kind or UnitKind.COUNT, Statement(nothing, 0, 1), policy, natural)
    statement = read_statement(tokens)
    if statement.trend:
        raise MeaningError(
            '"from x to y" states a change, not a value', remedy="make it a trend claim, or two values"
        )
    if statement.first.kind is UnitKind.TIMES and kind in (None, UnitKind.TIMES):
        return interpret_change(words, policy=policy)
    if names_change(tokens, statement.start, statement.end):
        raise MeaningError("the words state a change, not a value", remedy="make it a trend claim")
    settled = _settle_kind(statement.first, kind)
    if settled is not statement.first.kind:
        statement = _convert(statement, settled)
    return build_meaning(words, settled, statement, policy, natural, margin)


def _settle_kind(quantity: Quantity, kind: UnitKind | None) -> UnitKind:
    """The kind of a quantity, given what its measure counts in."""
    stated = quantity.kind
    if stated is None:
        if kind is None:
            return UnitKind.COUNT if quantity.number.step >= 1 else UnitKind.QUANTITY
        if kind in _BARE_KINDS:
            return kind
        raise MeaningError(
            f"a bare number cannot be read as a {kind.value}",
            remedy='write its unit ("5.4%", "3 in 10", "12 months")',
        )
    counted = quantity.form is Form.EXACT and kind is UnitKind.COUNT
    if kind is None or stated is kind or counted or (kind, stated) == (UnitKind.QUANTITY, UnitKind.DURATION):
        return kind or stated
    raise MeaningError(
        f"the words state a {stated.value}, the measure is a {kind.value}",
        remedy="check the unit in the words and the measure of the claim",
    )


def _convert(statement: Statement, kind: UnitKind) -> Statement:
    """The statement with its quantities as `kind`; "62 of 63" counted is 62."""
    first = replace(statement.first, kind=kind)
    if kind is UnitKind.COUNT and first.form is Form.EXACT:
        first = replace(first, factor=Fraction(1))
    second = replace(statement.second, kind=kind) if statement.second else None
    return replace(statement, first=first, second=second)
