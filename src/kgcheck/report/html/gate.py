"""The gate's table: dimension by dimension, what each side says and what follows from it."""

from __future__ import annotations

from kgcheck.model.finding import Finding, Reason
from kgcheck.model.report import Report
from kgcheck.report.gist import names
from kgcheck.report.html.element import Content, Element, h
from kgcheck.report.order import split
from kgcheck.report.plain import plain


def gate_table(finding: Finding, report: Report) -> Content:
    """The lines that tell, the deciding one marked; below them what is merely equal."""
    if not finding.reasons:
        return None
    first, second = names(finding, report)
    telling, idle = split(finding.reasons)
    titles = ("dimension", "relation", first, second, "what follows")
    table = h(
        "div",
        h(
            "table",
            h("thead", h("tr", (h("th", title, scope="col") for title in titles))),
            h("tbody", map(_row, telling)),
            class_="gate",
        ),
        class_="wide",
        tabindex="0",
        role="group",
        aria_label="How the statements compare, dimension by dimension",
    )
    same = h("p", f"Equal: {', '.join(plain(reason.dimension) for reason in idle)}", class_="idle")
    return [table if telling else None, same if idle else None]


def _row(reason: Reason) -> Element:
    mark = h("span", "decides", class_="decides") if reason.decides else None
    return h(
        "tr",
        h("th", plain(reason.dimension), mark, scope="row"),
        h("td", plain(reason.relation), class_=f"relation r-{reason.relation}"),
        h("td", plain(reason.a)),
        h("td", plain(reason.b)),
        h("td", plain(reason.note or "")),
        class_="deciding" if reason.decides else None,
    )
