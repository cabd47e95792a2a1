"""What became of findings: the waived ones, waivers that no longer hold, and an earlier report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.model.waiver import Standing
from kgcheck.report.html.element import Content, Element, h
from kgcheck.report.html.index import WAIVED
from kgcheck.report.html.names import anchor
from kgcheck.report.html.sections import section
from kgcheck.report.order import ordered
from kgcheck.report.plain import plain

_MOST = 200


def waived(members: Sequence[Finding], cards: Iterable[Element]) -> Element:
    """Findings that somebody has decided to live with, folded."""
    heading = h("h2", "Waived", h("span", f"{len(members):,}", class_="count"), id="waived-h")
    says = h("p", "Somebody has looked at these and given a reason; they do not fail the run.", class_="lead")
    return h(
        "section",
        h("details", h("summary", heading, says), h("div", cards, class_="list")),
        id="waived",
        class_="verdicts v-none",
        data_verdict=str(WAIVED),
        aria_labelledby="waived-h",
    )


def waivers(report: Report) -> Iterator[Element]:
    """Waivers that need a look."""
    told = [decision for decision in report.decisions if decision.standing is not Standing.WAIVED]
    if told:
        items = [
            h(
                "li",
                h("b", decision.standing.value),
                f": {plain(decision.note)}. ",
                h("code", plain(decision.waiver.finding)),
                f" {plain(decision.waiver.reason)} ({plain(decision.waiver.by)})",
            )
            for decision in told[:_MOST]
        ]
        says = "An expired one fails the run; a reopened one no longer covers its finding."
        content = h("ul", items, class_="plain-list")
        yield section("waivers", "Waivers that do not hold", len(told), says, content)


def changes(report: Report) -> Iterator[Element]:
    """What is new, changed and gone since an earlier report."""
    change = report.change
    if change is None:
        return
    items = []
    for finding in ordered(report.findings):
        if (became := change.of(finding.id)) in ("new", "changed"):
            link = h("a", plain(finding.message), href=f"#{anchor('f', finding.id)}")
            items.append(h("li", h("b", became), " ", link))
    for gone in change.gone:
        items.append(h("li", h("b", "gone"), f" {plain(gone.message)} ", h("code", plain(gone.id))))
    more = h("p", f"and {len(items) - _MOST:,} more", class_="more") if len(items) > _MOST else None
    content: Content = [h("ul", items[:_MOST], class_="plain-list"), more]
    yield section("changes", f"Since {change.since}", len(items), f"{change.counts}.", content)
