"""One finding, in the order in which an editor can act on it within a minute."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.report.caption import caption
from kgcheck.report.gist import common_scope, names, review
from kgcheck.report.order import split
from kgcheck.report.plain import counted, plain
from kgcheck.report.text.fields import INDENT, fields, headed
from kgcheck.report.text.gate import gate_table
from kgcheck.report.text.palette import LABEL, VERDICTS
from kgcheck.report.text.quotes import quotes
from kgcheck.report.verdicts import action


def _footing(finding: Finding, report: Report, *, verbose: bool) -> list[tuple[str, RenderableType]]:
    rows: list[tuple[str, RenderableType]] = []
    nearest = report.claims.get(finding.nearest) if finding.nearest else None
    if nearest is not None:
        rows.append(("nearest", Text(f"to the source: {caption(nearest, report).brief}")))
    if finding.roots is not None:
        one = finding.roots == 1
        rows.append(("roots", Text("one: all go back to it" if one else f"{finding.roots} independent")))
    rows.append(("reviewed", Text(review(finding))))
    if finding.context:
        rows.append(("between", Text(f"{counted(len(finding.context), 'statement')} that fit both sides")))
    if finding.also and verbose:
        rows.append(("seen by", Text(f"also {', '.join(map(plain, finding.also))}")))
    return rows


def finding_card(
    finding: Finding, report: Report, width: int, *, number: int | None = None, verbose: bool = False
) -> RenderableType:
    """A finding as a block of text, `width` columns wide."""
    style = VERDICTS[finding.verdict]
    label = f"{number}." if number is not None else ""
    title = headed(label, Text(plain(finding.message), style="bold"), style)
    tag = Text(f"{plain(finding.check)} · {plain(finding.id)}", style=LABEL)

    opening: list[tuple[str, RenderableType]] = [("action", Text(action(finding)))]
    if about := common_scope(finding, report):
        opening.append(("about", Text(about)))

    inner = width - INDENT
    telling, idle = split(finding.reasons)
    body: list[RenderableType] = [
        tag,
        fields(opening),
        Text(""),
        quotes(finding, report, inner, style, verbose=verbose),
    ]
    shown = finding.reasons if verbose else telling
    if shown:
        body.append(Text(""))
        first, second = names(finding, report)
        body.append(gate_table(shown, inner, a=first, b=second))
    if idle and not verbose:
        body.append(Text(f"   equal: {', '.join(plain(r.dimension) for r in idle)}", style=LABEL))
    body.append(Text(""))

    closing: list[tuple[str, RenderableType]] = [
        ("innocent", Text(plain(finding.innocent))),
        ("settled by", Text(plain(finding.settle))),
        ("ask", Text(plain(finding.question))),
        *_footing(finding, report, verbose=verbose),
    ]
    body.append(fields([row for row in closing if not isinstance(row[1], Text) or row[1].plain]))
    return Group(title, Padding(Group(*body), (0, 0, 1, INDENT)))
