"""The interval plot: every stated value as a bar on one axis, its hedge visible."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kgcheck.model.claim import Claim, Kind
from kgcheck.model.finding import Finding
from kgcheck.model.interval import Interval
from kgcheck.model.meaning import Meaning, UnitKind
from kgcheck.model.report import Report
from kgcheck.report.caption import caption
from kgcheck.report.figures import interval, number
from kgcheck.report.html.axis import Axis, bar, dash, scale, track
from kgcheck.report.html.element import Element, h
from kgcheck.report.html.lanes import figure, label, lane
from kgcheck.report.plain import counted

_MOST = 12
_HEIGHT = 26
_HUNDREDTHS = {UnitKind.RATIO: "%", UnitKind.CHANGE: "%", UnitKind.POINTS: ""}
_PLACES = (Kind.RANK, Kind.UNIQUENESS)
_LEGEND = (
    "Solid: as a careful writer means it. Pale: the loosest reasonable reading. Thin line: sampling error."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A value to be drawn; `turned` says that it is the rest of a stated share."""

    claim: Claim
    side: int | None
    meaning: Meaning
    inner: Interval
    outer: Interval
    turned: bool
    count: int = 1


def interval_plot(finding: Finding, report: Report) -> Element | None:
    """The plot, or None where the claims state no values that one axis can show."""
    rows = _rows(finding, report)
    if len(rows) + (finding.expected is not None) < 2:
        return None
    if finding.expected is None and len({end for row in rows for end in _visible(row)}) == 1:
        return None  # one number said by all sides, such as that of holders: a picture of it tells nothing
    sides = {row.side for row in rows if row.side is not None}
    meaning = rows[0].meaning
    axis = Axis.over([float(end) for row in rows for end in _visible(row)] + _ends(finding.expected))
    gap, says = _gap(rows, finding.expected)
    lanes = [_lane(row, report, axis, gap, several=len(sides) > 1) for row in rows[:_MOST]]
    if finding.expected is not None:
        lanes.append(_calculated(finding.expected, meaning, axis, gap))
    if len(rows) > _MOST:
        lanes.append(h("p", f"and {counted(len(rows) - _MOST, 'more value')}", class_="more"))
    lanes.append(lane(None, "", "", scale(axis, [(mark, _mark(mark, meaning)) for mark in axis.marks()])))
    return figure("The values on one axis", lanes, says, _LEGEND)


def value_plot(claim: Claim, report: Report) -> Element | None:
    """The value of one claim on an axis of its own; None where it states none."""
    meaning = claim.meaning
    if meaning is None or claim.kind in _PLACES:
        return None
    row = Row(claim, None, meaning, meaning.inner, meaning.outer, turned=False)
    axis = Axis.over([float(end) for end in _visible(row)])
    marks = [(mark, _mark(mark, meaning)) for mark in axis.marks()]
    lanes = [_lane(row, report, axis, None, several=False), lane(None, "", "", scale(axis, marks))]
    return figure("The value as it is read", lanes, "", _LEGEND)


def _rows(finding: Finding, report: Report) -> list[Row]:
    """One row per distinct value of a side, of the unit that most claims have."""
    units: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    measures = report.vocabulary.measures
    canonical = next(
        (p.claim.scope.measure for p in finding.parties if p.claim.scope.measure in measures), None
    )
    for party in finding.parties:
        claim, meaning = party.claim, party.claim.meaning
        if meaning is None:
            continue
        measure = measures.get(claim.scope.measure or "")
        turned = bool(measure and canonical and measure.iri != canonical and measure.complement == canonical)
        inner, outer = (
            (meaning.inner.complement(), meaning.outer.complement())
            if turned
            else (meaning.inner, meaning.outer)
        )
        key = (claim.kind in _PLACES, meaning.kind, meaning.unit)
        units[key].append(Row(claim, party.side, meaning, inner, outer, turned))
    if not units:
        return []
    rows = max(units.values(), key=len)
    merged: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        merged[row.side, row.inner, row.outer, row.meaning.uncertainty].append(row)
    found = [
        Row(r[0].claim, r[0].side, r[0].meaning, r[0].inner, r[0].outer, r[0].turned, len(r))
        for r in merged.values()
    ]
    return sorted(found, key=lambda row: (row.side or 0, row.inner.lower))


def _visible(row: Row) -> Iterator[Decimal]:
    """The ends to be shown; an open end runs off the axis."""
    low_open, high_open = _open(row)
    yield row.inner.lower if low_open else row.outer.lower
    yield row.inner.upper if high_open else row.outer.upper
    if low_open and high_open:
        yield row.meaning.point
    if row.meaning.uncertainty and not row.turned:
        yield row.meaning.uncertainty.lower
        yield row.meaning.uncertainty.upper


def _open(row: Row) -> tuple[bool, bool]:
    ends = (row.meaning.lower_unbounded, row.meaning.upper_unbounded)
    return (ends[1], ends[0]) if row.turned else ends


def _ends(bounds: Interval | None) -> list[float]:
    return [float(bounds.lower), float(bounds.upper)] if bounds else []


def _lane(row: Row, report: Report, axis: Axis, gap: tuple[float, float] | None, *, several: bool) -> Element:
    low_open, high_open = _open(row)
    outer = (
        0.0 if low_open else axis.at(float(row.outer.lower)),
        100.0 if high_open else axis.at(float(row.outer.upper)),
    )
    inner = axis.at(float(row.inner.lower)), axis.at(float(row.inner.upper))
    parts = _band(axis, gap)
    parts += [bar(*outer, 6, 14, "outer"), bar(*inner, 6, 14, "inner")]
    parts.append(dash((inner[0] + inner[1]) / 2, 4, 22, "point"))
    if row.meaning.uncertainty is not None and not row.turned:
        low, high = (axis.at(end) for end in _ends(row.meaning.uncertainty))
        parts += [bar(low, high, 12.5, 1, "sampling")]
        parts += [dash(end, 9, 17, "sampling-end") for end in (low, high)]
    if low_open:
        parts.append(h("text", "‹", x="0%", y=18, text_anchor="start", class_="open"))
    if high_open:
        parts.append(h("text", "›", x="100%", y=18, text_anchor="end", class_="open"))
    said = caption(row.claim, report)
    detail = interval(row.inner, row.meaning)
    if row.turned:
        detail += ", the rest of the share stated"
    others = f" and {counted(row.count - 1, 'more statement')}" if row.count > 1 else ""
    detail += f" · {said.quoted_by or said.speaker}{others}"
    return lane(row.side, label(said, row.side, several), detail, track(_HEIGHT, *parts))


def _calculated(bounds: Interval, meaning: Meaning, axis: Axis, gap: tuple[float, float] | None) -> Element:
    ends = [axis.at(end) for end in _ends(bounds)]
    parts = [*_band(axis, gap), bar(ends[0], ends[1], 6, 14, "calculated")]
    parts.append(dash((ends[0] + ends[1]) / 2, 4, 22, "point"))
    return lane(None, "by calculation", interval(bounds, meaning), track(_HEIGHT, *parts))


def _band(axis: Axis, gap: tuple[float, float] | None) -> list[Element]:
    if gap is None:
        return []
    return [bar(axis.at(gap[0]), axis.at(gap[1]), 0, _HEIGHT, "gap")]


def _hull(rows: list[Row], *, loose: bool) -> Interval:
    found = [row.outer if loose else row.inner for row in rows]
    hull = found[0]
    for bounds in found[1:]:
        hull = hull.hull(bounds)
    return hull


def _gap(rows: list[Row], expected: Interval | None) -> tuple[tuple[float, float] | None, str]:
    """What lies between two sides, and one sentence about it."""
    sides: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        sides[row.side].append(row)
    if expected is not None:
        stated = [row for row in rows if row.side == rows[0].side]
        pairs = [(_hull(stated, loose=False), _hull(stated, loose=True), expected, expected)]
    elif len(sides) == 2:
        one, other = sides.values()
        pairs = [
            (
                _hull(one, loose=False),
                _hull(one, loose=True),
                _hull(other, loose=False),
                _hull(other, loose=True),
            )
        ]
    else:
        return None, ""
    inner_a, outer_a, inner_b, outer_b = pairs[0]
    meaning = rows[0].meaning
    if outer_a.disjoint(outer_b):
        low, high = sorted((outer_a, outer_b), key=lambda bounds: bounds.lower)
        if low.upper == high.lower:
            return None, "The bars only touch."
        width = Interval.point(high.lower - low.upper)
        return (float(low.upper), float(high.lower)), f"A gap of {_width(width, meaning)} at the loosest."
    low_end, high_end = max(outer_a.lower, outer_b.lower), min(outer_a.upper, outer_b.upper)
    shared = interval(Interval(low_end, high_end), meaning).removeprefix("exactly ")
    if inner_a.disjoint(inner_b):
        return None, f"Careful readings are apart; loose ones meet at {shared}."
    return None, f"The bars overlap at {shared}."


def _width(bounds: Interval, meaning: Meaning) -> str:
    words = interval(bounds, meaning).removeprefix("exactly ")
    return words.replace("%", " percentage points") if meaning.kind is UnitKind.RATIO else words


def _mark(value: float, meaning: Meaning) -> str:
    suffix = _HUNDREDTHS.get(meaning.kind)
    if suffix is None:
        return number(Decimal(str(value)))
    return number(round(Decimal(str(value)) * 100, 10)) + suffix
