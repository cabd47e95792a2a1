"""The one figure, or range of figures, that stated words put forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kgcheck.errors import MeaningError
from kgcheck.semantics.hedges import Hedge, Sense, combine_hedges, read_hedge_after, read_hedge_before
from kgcheck.semantics.numbers import is_short_scale, read_ordinal, word_at
from kgcheck.semantics.quantities import Form, Quantity, is_year, read_quantity
from kgcheck.semantics.tables import read_table
from kgcheck.semantics.text import Token

_MONTHS = frozenset(read_table("periods.toml")["months"])
_LABELS = frozenset(read_table("numbers.toml")["labels"]["words"])
_LOWER_SENSES = frozenset({Sense.MORE, Sense.AT_LEAST, Sense.ABOVE})
_UPPER_SENSES = frozenset({Sense.LESS, Sense.AT_MOST, Sense.BELOW})
_MOST_HEDGE_WORDS = 6


@dataclass(frozen=True, slots=True)
class Statement:
    """One quantity, or two that bound a range.

    `start` and `end` delimit all of it in the tokens, hedges included. `trend` says that the words
    lead "from" the first "to" the second, `ordered_freely` that either may be the larger.
    """

    first: Quantity
    start: int
    end: int
    hedge: Hedge | None = None
    second: Quantity | None = None
    second_hedge: Hedge | None = None
    trend: bool = False
    ordered_freely: bool = False


def read_statement(tokens: Sequence[Token]) -> Statement:
    """The figure in `tokens`.

    Raises MeaningError where there is none, where a second one leaves open which is meant, and for
    a number that is denied.
    """
    found = find_quantity(tokens)
    if found is None:
        raise MeaningError("there is no number in the words", remedy="quote the figure itself")
    first, number_start, end = found
    hedge, start = read_hedge_before(tokens, number_start)
    statement = Statement(first, start, end, hedge)
    opening = word_at(tokens, start - 1)
    if ranged := _read_second(tokens, statement, opening):
        statement = ranged
    elif opening == "between":
        raise MeaningError('"between" needs two numbers', remedy='write "between x and y"')
    else:
        after, end = read_hedge_after(tokens, end)
        statement = replace(statement, hedge=combine_hedges(hedge, after), end=end)
    _refuse_loose_scale(tokens, statement)
    _refuse_more_numbers(tokens, statement)
    return statement


def find_quantity(tokens: Sequence[Token], start: int = 0) -> tuple[Quantity, int, int] | None:
    """The first quantity at or after `start`, where it begins and the index after it."""
    index = start
    while index < len(tokens):
        if ordinal := read_ordinal(tokens, index):
            index = ordinal[1]
            continue
        if not _is_label(tokens, index) and (found := read_quantity(tokens, index)):
            return found[0], index, found[1]
        index += 1
    return None


def _read_second(tokens: Sequence[Token], statement: Statement, opening: str) -> Statement | None:
    joint = word_at(tokens, statement.end)
    comma = joint == "," and word_at(tokens, statement.end + 1) in {"but", "and"}
    begin = statement.end + (2 if comma else 1)
    joint = word_at(tokens, statement.end + 1) if comma else joint
    if joint not in {"-", "to", "and", "but", "through", "until", "or"}:
        return None
    for index in range(begin, min(begin + _MOST_HEDGE_WORDS, len(tokens))):
        found = read_quantity(tokens, index)
        if found is None:
            continue
        second, end = found
        hedge, hedge_start = read_hedge_before(tokens, index, begin)
        if hedge_start != begin or not _joins(joint, opening, statement.hedge, hedge):
            return None
        trend = opening == "from" and joint == "to"
        first = statement.first if trend else _share_unit(statement.first, second)
        start = statement.start - (opening in {"between", "from"})
        return replace(
            statement,
            first=first,
            second=_share_unit(second, first),
            second_hedge=hedge,
            start=start,
            end=end,
            trend=trend,
            ordered_freely=opening == "between" or joint in {"or", "but", "and"},
        )
    return None


def _joins(joint: str, opening: str, first: Hedge | None, second: Hedge | None) -> bool:
    """Whether the words between two numbers make a range of them."""
    senses = {hedge.sense for hedge in (first, second) if hedge}
    if joint in {"and", "but"} and opening != "between":
        return (
            first is not None
            and second is not None
            and bool(
                (first.sense in _LOWER_SENSES and second.sense in _UPPER_SENSES)
                or (first.sense in _UPPER_SENSES and second.sense in _LOWER_SENSES)
            )
        )
    return opening == "from" or senses <= {Sense.ABOUT}


def _share_unit(bare: Quantity, other: Quantity) -> Quantity:
    """ "3-5%", "£3-5m", "between 3 and 5 million": what one number leaves out, the other gives."""
    result = bare
    if bare.kind is None and other.kind is not None and other.form in (Form.PLAIN, Form.SHARE):
        result = replace(
            bare, form=other.form, factor=other.factor, kind=other.kind, unit=other.unit, marked=other.marked
        )
    scale = other.number.scale
    may_scale = bare.kind is None or bare.marked
    if may_scale and bare.number.scale == 1 and abs(bare.number.value) * scale <= abs(other.number.value):
        result = replace(result, number=result.number.scaled(scale))
    return result


def _refuse_loose_scale(tokens: Sequence[Token], statement: Statement) -> None:
    if statement.first.kind is None and is_short_scale(word_at(tokens, statement.end)):
        raise MeaningError(
            f"{word_at(tokens, statement.end)!r} may be a scale or a unit",
            remedy='write "5m" or "5 million", or name the unit',
        )


def _refuse_more_numbers(tokens: Sequence[Token], statement: Statement) -> None:
    index = statement.end
    if statement.first.form is not Form.PLAIN and word_at(tokens, index) in {"of", "out"}:
        return
    while found := find_quantity(tokens, index):
        _, start, index = found
        if is_year(tokens[start]) and word_at(tokens, start - 1) not in {"and", "or", ","}:
            continue
        raise MeaningError(
            f"there are several numbers in the words, the second at {tokens[start].text!r}",
            remedy="quote only the figure that is meant",
        )


def _is_label(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number only names something ("year 11", "covid-19") or ends a path ("2015/16")."""
    if tokens[index].kind != "number" or index == 0:
        return False
    before = index - 1
    if tokens[before].text == "-" and tokens[before].glued and tokens[index].glued:
        return before > 0 and tokens[before - 1].kind == "word"
    if tokens[before].text == "/" and tokens[before].glued and tokens[index].glued:
        return before > 0 and tokens[before - 1].kind == "number"
    if word_at(tokens, before) in _MONTHS:
        return is_year(tokens[index]) or (tokens[index].text.isdigit() and int(tokens[index].text) <= 31)
    return word_at(tokens, before) in _LABELS
