"""The timeline: when each grade was given, each run lasted, each post was held, each figure holds."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kgcheck.model.claim import Claim, Kind
from kgcheck.model.finding import Finding
from kgcheck.model.period import Span
from kgcheck.model.report import Report
from kgcheck.report.caption import caption
from kgcheck.report.figures import period
from kgcheck.report.html.axis import Axis, bar, dash, dates, day_number, scale, track
from kgcheck.report.html.element import Element, h
from kgcheck.report.html.lanes import figure, label, lane
from kgcheck.report.order import deciding
from kgcheck.report.plain import counted

_TOLD_BY_TIME = (Kind.GRADE, Kind.RUN, Kind.ROLE)
_MONTHS = {"year": 12, "quarter": 3, "month": 1}
_MOST = 14
_HEIGHT = 26
_LEGEND = (
    "Solid: certainly within the time meant. Pale: possibly. Dashed: the run counted back. "
    "Upright line: when the document came out."
)


def timeline(finding: Finding, report: Report) -> Element | None:
    """The plot, or None where time does not matter or fewer than two claims have one."""
    decided = deciding(finding)
    about_time = any(party.claim.kind in _TOLD_BY_TIME for party in finding.parties)
    if not about_time and not (decided and decided.dimension == "period"):
        return None
    groups: dict[tuple[object, ...], list[tuple[Claim, int | None]]] = defaultdict(list)
    for party in finding.parties:
        claim = party.claim
        if claim.scope.period.hull is not None:
            key = (
                party.side,
                claim.scope.period.hull,
                claim.grade,
                claim.run_length,
                claim.person,
                claim.kind,
            )
            groups[key].append((claim, party.side))
    days = [day for members in groups.values() for day in _days(members[0][0], report)]
    if len(groups) < 2:
        return None
    axis = Axis.over([day_number(day) for day in days])
    rows = sorted(groups.values(), key=lambda members: (_start(members[0][0]), members[0][1] or 0))
    several = len({side for members in rows for _, side in members if side is not None}) > 1
    lanes = [_lane(members, report, axis, several=several) for members in rows[:_MOST]]
    if len(rows) > _MOST:
        lanes.append(h("p", f"and {counted(len(rows) - _MOST, 'more row')}", class_="more"))
    lanes.append(lane(None, "", "", scale(axis, dates(axis))))
    return figure("On a timeline", lanes, "", _LEGEND)


def _start(claim: Claim) -> date:
    span = _counted_back(claim) or claim.scope.period.hull
    assert span is not None
    return span.start


def _days(claim: Claim, report: Report) -> list[date]:
    found = [span for span in (claim.scope.period.hull, _counted_back(claim), _issued(claim, report)) if span]
    return [day for span in found for day in (span.start, span.end)]


def _issued(claim: Claim, report: Report) -> Span | None:
    document = report.documents.get(claim.document)
    return document.issued.hull if document else None


def _counted_back(claim: Claim) -> Span | None:
    """The time that a run of years, quarters or months covers. Rounds have no length of their own."""
    months = _MONTHS.get(claim.run_unit or "")
    hull = claim.scope.period.hull
    if claim.kind is not Kind.RUN or not claim.run_length or months is None or hull is None:
        return None
    place = hull.end.year * 12 + hull.end.month - 1 - months * claim.run_length
    if place < 12:
        return None
    year, month = divmod(place, 12)
    start = date(year, month + 1, min(hull.end.day, 28))
    return Span(start, hull.end) if start <= hull.end else None


def _lane(members: list[tuple[Claim, int | None]], report: Report, axis: Axis, *, several: bool) -> Element:
    claim, side = members[0]
    parts: list[Element] = []
    if back := _counted_back(claim):
        parts.append(_span(back, axis, "run", 10, 6))
    hull, core = claim.scope.period.hull, claim.scope.period.core
    if hull is not None:
        parts.append(_span(hull, axis, "outer", 6, 14))
    if core is not None:
        parts.append(_span(core, axis, "inner", 6, 14))
    if issued := _issued(claim, report):
        middle = (day_number(issued.start) + day_number(issued.end)) / 2
        parts.append(dash(axis.at(middle), 2, 24, "issued"))
    said = caption(claim, report)
    others = f" and {counted(len(members) - 1, 'more statement')}" if len(members) > 1 else ""
    detail = f"{period(claim.scope.period)} · {said.quoted_by or said.speaker}{others}"
    return lane(side, label(said, side, several), detail, track(_HEIGHT, *parts))


def _span(span: Span, axis: Axis, look: str, y: float, height: float) -> Element:
    start, end = axis.at(day_number(span.start)), axis.at(day_number(span.end) + 1)
    if end - start < 0.8:  # a day must be seen on an axis of ten years
        start, end = start - 0.4, start + 0.4
    return bar(round(start, 3), round(end, 3), y, height, look)
