"""From a quantity, a hedge and a policy to intervals.

Every interval's closed hull holds the number printed: a bound such as "more than x" leaves x out by
an open end at x, so that x stays the limit of the interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from kgcheck.errors import MeaningError
from kgcheck.model.interval import LIMIT, Interval
from kgcheck.model.meaning import Comparator, UnitKind
from kgcheck.semantics.hedges import Hedge, Sense
from kgcheck.semantics.numbers import PLACES
from kgcheck.semantics.policy import Policy, Width, load_policy
from kgcheck.semantics.quantities import Form, Quantity

_COUNTING = frozenset({None, UnitKind.COUNT, UnitKind.MONEY})
_ZERO = Fraction(0)
_NO_WIDTH = Width(_ZERO, _ZERO)
_COMPARATORS = {
    Sense.ABOUT: Comparator.ABOUT,
    Sense.BELOW: Comparator.LESS,
    Sense.LESS: Comparator.LESS,
    Sense.ABOVE: Comparator.MORE,
    Sense.MORE: Comparator.MORE,
    Sense.AT_LEAST: Comparator.AT_LEAST,
    Sense.AT_MOST: Comparator.AT_MOST,
    Sense.EXACTLY: Comparator.EQUAL,
}


@dataclass(frozen=True, slots=True)
class Spread:
    """The intervals of one quantity in its base unit; see model.Meaning for what each one says."""

    point: Decimal
    inner: Interval
    outer: Interval
    reporting: Interval
    granule: Decimal
    comparator: Comparator = Comparator.EQUAL
    lower_unbounded: bool = False
    upper_unbounded: bool = False


def default_natural(kind: UnitKind, *values: Fraction) -> Interval:
    """The range of possible values of a kind, stretched where the stated numbers leave it.

    A share beyond 1 or a negative count is odd but has been said ("104% of capacity"); measures
    that know better pass their own range.
    """
    lowest, highest = _NATURAL[kind]
    if any(value < lowest for value in values):
        lowest = -LIMIT
    if any(value > highest for value in values):
        highest = LIMIT
    return Interval(lowest, highest)


_NATURAL = {
    UnitKind.COUNT: (Decimal(0), LIMIT),
    UnitKind.RATIO: (Decimal(0), Decimal(1)),
    UnitKind.CHANGE: (Decimal(-1), LIMIT),
    UnitKind.POINTS: (Decimal(-1), Decimal(1)),
    UnitKind.TIMES: (Decimal(0), LIMIT),
    UnitKind.MONEY: (Decimal(0), LIMIT),
    UnitKind.DURATION: (Decimal(0), LIMIT),
    UnitKind.QUANTITY: (-LIMIT, LIMIT),
}


def spread_quantity(quantity: Quantity, hedge: Hedge | None, policy: Policy, natural: Interval) -> Spread:
    """The intervals of a hedged quantity, within the natural range.

    Raises MeaningError where the number, or all that the hedge leaves, lies outside that range.
    """
    point = round_nearest(quantity.value)
    granule = measure_granule(quantity, policy)
    if not natural.lower <= point <= natural.upper:
        raise MeaningError(
            f"{point:f} lies outside the possible range {natural}",
            remedy="check the number, its unit and the natural range of the measure",
        )
    inner, outer = _reach(quantity, hedge, policy, granule, natural)
    reporting = _around(quantity, measure_widths(quantity, load_policy("default")).inner)
    sense = hedge.sense if hedge else None
    return Spread(
        point=point,
        inner=_clip(inner, natural),
        outer=_clip(outer, natural),
        reporting=_clip(reporting, natural),
        granule=round_nearest(abs(quantity.value - quantity.move(-granule))),
        comparator=_COMPARATORS[sense] if sense else Comparator.EQUAL,
        lower_unbounded=sense in (Sense.LESS, Sense.AT_MOST),
        upper_unbounded=sense in (Sense.MORE, Sense.AT_LEAST),
    )


def measure_granule(quantity: Quantity, policy: Policy) -> Fraction:
    """One unit of the last significant figure on the quantity's own scale, within policy limits."""
    number, place = quantity.number, quantity.number.place
    size = abs(number.value)
    match quantity.form:
        case Form.FRACTION:
            denominator = int(quantity.denominator)
            return dict(policy.fraction_granules).get(denominator, Fraction(1, denominator))
        case Form.MULTIPLE:
            return policy.multiple_granule * size
        case Form.EXACT:
            return Fraction(1)
        case Form.ONE_IN:
            base = int(quantity.denominator)
            digits = len(str(base)) - len(str(base).rstrip("0"))
            return max(Fraction(1), min(Fraction(10**digits), policy.largest_share * base))
        case Form.SHARE if number.whole and place > 1:
            share = policy.largest_share * size if size > 100 else _ZERO
            return min(place, max(policy.percent_granule, share))
        case _ if number.whole and place > 1:
            return max(number.step, min(place, policy.largest_share * size))
        case _:
            return number.step


def measure_widths(quantity: Quantity, policy: Policy) -> Width:
    """How far an unhedged quantity reaches to either side, on its own scale."""
    number, granule = quantity.number, measure_granule(quantity, policy)
    is_round = number.whole and number.place > 1
    match quantity.form:
        case Form.EXACT:
            return _NO_WIDTH
        case Form.FRACTION:
            return _times(policy.fraction, granule)
        case Form.MULTIPLE:
            return _times(policy.multiple, granule)
        case Form.ONE_IN:
            small = quantity.denominator <= policy.small_denominator
            return Width(policy.one_in.inner * (1 if small else granule), policy.one_in.outer * granule)
        case Form.SHARE if is_round:
            return Width(
                policy.round_share.inner * number.step,
                max(policy.digits.outer * number.step, policy.round_share.outer * granule),
            )
        case Form.PLAIN if number.whole and quantity.kind in _COUNTING:
            exact = not is_round or abs(number.value) <= policy.exact_up_to
            return _NO_WIDTH if exact else _times(policy.round, granule)
        case Form.PLAIN if is_round:
            digits, loose = _times(policy.digits, number.step), _times(policy.round, granule)
            return Width(max(digits.inner, loose.inner), max(digits.outer, loose.outer))
        case _:
            return _times(policy.digits, number.step)


def _reach(
    quantity: Quantity, hedge: Hedge | None, policy: Policy, granule: Fraction, natural: Interval
) -> tuple[Interval, Interval]:
    """Inner and outer before they are cut to the natural range."""
    widths = measure_widths(quantity, policy)
    sense = hedge.sense if hedge else None
    if sense is None:
        return _around(quantity, widths.inner), _around(quantity, widths.outer)
    if sense is Sense.EXACTLY:
        exact = _around(quantity, _ZERO)
        return exact, exact
    about = _times(policy.about, granule)
    if sense is Sense.ABOUT:
        return (
            _around(quantity, max(widths.inner, about.inner)),
            _around(quantity, max(widths.outer, about.outer)),
        )
    near = _times(policy.near, granule)
    slack = about if hedge and hedge.about else _NO_WIDTH
    low, high = quantity.move(-slack.inner), quantity.move(slack.inner)
    loose_low, loose_high = quantity.move(-slack.outer), quantity.move(slack.outer)
    reach = policy.bound * granule
    is_open = not (hedge and hedge.about)
    match sense:
        case Sense.BELOW:
            return (
                _build(quantity.move(-near.inner), high, upper_open=is_open),
                _build(quantity.move(-max(near.outer, slack.outer)), loose_high, upper_open=is_open),
            )
        case Sense.ABOVE:
            return (
                _build(low, quantity.move(near.inner), lower_open=is_open),
                _build(loose_low, quantity.move(max(near.outer, slack.outer)), lower_open=is_open),
            )
        case Sense.MORE | Sense.AT_LEAST:
            strict = sense is Sense.MORE and is_open
            return (
                _build(low, quantity.move(reach), lower_open=strict),
                _build(loose_low, Fraction(natural.upper), lower_open=strict),
            )
        case _:
            strict = sense is Sense.LESS and is_open
            return (
                _build(quantity.move(-reach), high, upper_open=strict),
                _build(Fraction(natural.lower), loose_high, upper_open=strict),
            )


def _around(quantity: Quantity, width: Fraction) -> Interval:
    return _build(quantity.move(-width), quantity.move(width))


def _times(width: Width, unit: Fraction) -> Width:
    return Width(width.inner * unit, width.outer * unit)


def _build(
    lower: Fraction, upper: Fraction, *, lower_open: bool = False, upper_open: bool = False
) -> Interval:
    limit = Fraction(LIMIT)
    low, high = max(lower, -limit), min(upper, limit)
    if low > high or (low == high and (lower_open or upper_open)):
        raise MeaningError("the words leave no possible value", remedy="check the hedge and the number")
    return Interval(round_down(low), round_up(high), lower_open, upper_open)


def _clip(interval: Interval, natural: Interval) -> Interval:
    """The part of `interval` that is possible; an end that is cut is closed."""
    lower, lower_open = interval.lower, interval.lower_open
    upper, upper_open = interval.upper, interval.upper_open
    if lower < natural.lower:
        lower, lower_open = natural.lower, False
    if upper > natural.upper:
        upper, upper_open = natural.upper, False
    if lower > upper or (lower == upper and (lower_open or upper_open)):
        raise MeaningError(
            f"the words leave nothing of the possible range {natural}",
            remedy="check the hedge and the natural range of the measure",
        )
    return Interval(lower, upper, lower_open, upper_open)


def round_down(value: Fraction) -> Decimal:
    """The largest decimal of 12 places that is not above `value`."""
    return _plain(floor(value * 10**PLACES))


def round_up(value: Fraction) -> Decimal:
    """The smallest decimal of 12 places that is not below `value`."""
    return _plain(ceil(value * 10**PLACES))


def round_nearest(value: Fraction) -> Decimal:
    """The nearest decimal of 12 places; ties go to the even one."""
    return _plain(round(value * 10**PLACES))


def _plain(scaled: int) -> Decimal:
    """`scaled` × 10^-12 without trailing zeros and without an exponent."""
    digits = 10**PLACES
    whole, rest = divmod(abs(scaled), digits)
    text = f"{whole}.{rest:0{PLACES}d}".rstrip("0").rstrip(".") if rest else str(whole)
    return Decimal(f"-{text}" if scaled < 0 else text)
