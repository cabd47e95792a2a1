"""Arithmetic written out: the figures, what they make, and what was stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation

from kgcheck.model.claim import Claim
from kgcheck.model.finding import Finding
from kgcheck.model.interval import Interval
from kgcheck.model.report import Report
from kgcheck.report.caption import caption
from kgcheck.report.figures import interval
from kgcheck.report.html.element import Element, h
from kgcheck.report.plain import counted
from kgcheck.report.scope import dimensions

_MOST = 24
_NEAR = Decimal("1e-9")

Ends = tuple[Decimal, Decimal]
Sum = tuple[list[Claim], list[str]]


def written_out(finding: Finding, report: Report) -> Element | None:
    """The calculation, or None where the finding is about none."""
    expected = finding.expected
    if expected is None:
        return None
    result = next((party.claim for party in finding.parties if party.role == "result"), None)
    operands = [party.claim for party in finding.parties if party.role == "operand"]
    if result is None or result.meaning is None or not operands:
        return None
    ordered, signs = _operation(operands, expected) or (operands, ["", *["and"] * (len(operands) - 1)])
    names = _names(ordered, report)
    rows = [
        _row(sign, words(claim, report), name)
        for sign, claim, name in zip(signs[:_MOST], ordered[:_MOST], names[:_MOST], strict=True)
    ]
    if len(ordered) > _MOST:
        rows.append(_row("", "…", f"and {counted(len(ordered) - _MOST, 'more figure')}"))
    rows.append(_row("=", interval(expected, result.meaning), "by calculation", "result"))
    rows.append(
        _row("", words(result, report), f"as stated by {caption(result, report).attribution}", "stated")
    )
    return h(
        "figure",
        h("figcaption", h("b", "The calculation")),
        h("table", h("tbody", rows), class_="sum"),
        class_="plot",
    )


def words(claim: Claim, report: Report) -> str:
    """The figure as stated."""
    said = caption(claim, report)
    return said.stated or said.quote


def _row(sign: str, value: str, name: str, look: str = "") -> Element:
    return h(
        "tr",
        h("td", sign, class_="sign"),
        h("td", value, class_="value"),
        h("td", name, class_="name"),
        class_=look or None,
    )


def _names(claims: Sequence[Claim], report: Report) -> list[str]:
    """What tells the figures apart."""
    scopes = [dimensions(claim, report.vocabulary) for claim in claims]
    telling = {name for scope in scopes for name in scope if len({s.get(name) for s in scopes}) > 1}
    chosen = telling or {"measure"}
    return [", ".join(text for name, text in scope.items() if name in chosen) for scope in scopes]


def _operation(operands: Sequence[Claim], expected: Interval) -> Sum | None:
    """The order of the figures and the signs before them that give what was calculated."""
    if any(claim.meaning is None for claim in operands):
        return None
    ends = [(c.meaning.inner.lower, c.meaning.inner.upper) for c in operands if c.meaning]
    total = sum(low for low, _ in ends), sum(high for _, high in ends)
    if _same((Decimal(total[0]), Decimal(total[1])), expected):
        return list(operands), ["", *["+"] * (len(operands) - 1)]
    if len(operands) != 2:
        return None
    for first, second in ((0, 1), (1, 0)):
        for signs, found in _two(ends[first], ends[second]):
            if _same(found, expected):
                return [operands[first], operands[second]], signs
    return None


def _two(a: Ends, b: Ends) -> Iterator[tuple[list[str], Ends]]:
    yield ["", "−"], (a[0] - b[1], a[1] - b[0])
    try:
        yield ["from", "to"], ((b[0] - a[1]) / a[1], (b[1] - a[0]) / a[0])
        yield ["", "÷"], (a[0] / b[1], a[1] / b[0])
    except (DivisionByZero, InvalidOperation):
        return


def _same(found: Ends, expected: Interval) -> bool:
    return all(
        abs(one - other) <= max(abs(other), Decimal(1)) * _NEAR
        for one, other in zip(found, (expected.lower, expected.upper), strict=True)
    )
