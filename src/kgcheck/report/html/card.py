"""One finding, in the order in which an editor can act on it within a minute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict
from kgcheck.model.waiver import Waiver
from kgcheck.report.caption import caption
from kgcheck.report.gist import common_scope, review
from kgcheck.report.html.arithmetic import written_out
from kgcheck.report.html.element import Content, Element, Shared, h
from kgcheck.report.html.gate import gate_table
from kgcheck.report.html.intervals import interval_plot
from kgcheck.report.html.names import anchor
from kgcheck.report.html.roots import Lineage
from kgcheck.report.html.statement import Link, nowhere, quotes
from kgcheck.report.html.timeline import timeline
from kgcheck.report.plain import counted, plain
from kgcheck.report.verdicts import action, words

if TYPE_CHECKING:
    from kgcheck.checks.registry import Check

GLYPHS = {
    Verdict.CONTRADICTION: "≠",
    Verdict.TENSION: "≈",
    Verdict.APPARENT: "∥",
    Verdict.CORROBORATION: "≡",
    Verdict.REPETITION: "=",
    Verdict.NONE: "i",
}
"""A sign for each verdict, so that colour is never alone."""


@dataclass(slots=True)
class Cards:
    """Composes the cards of one report; queries are shared among them.

    `link` leads on from each statement, `heading` is the level of a card's title on the page.
    """

    report: Report
    checks: Mapping[str, Check]
    link: Link = nowhere
    heading: str = "h3"
    lineage: Lineage = field(init=False)
    waived: Mapping[str, Waiver] = field(init=False)
    _queries: dict[str, Shared] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.waived = self.report.waived
        self.lineage = Lineage.of(self.report)

    def card(self, finding: Finding) -> Element:
        """The whole finding."""
        name = anchor("f", finding.id)
        return h(
            "article",
            self._head(finding, name),
            quotes(finding, self.report, self.link),
            timeline(finding, self.report),
            interval_plot(finding, self.report),
            written_out(finding, self.report),
            gate_table(finding, self.report),
            h("dl", self._closing(finding), class_="closing"),
            self._behind(finding),
            id=name,
            class_=f"finding v-{finding.verdict.value}",
            tabindex="-1",
            aria_labelledby=f"{name}-t",
        )

    def _head(self, finding: Finding, name: str) -> Element:
        about = common_scope(finding, self.report)
        return h(
            "header",
            h(
                "p",
                h(
                    "span",
                    h("span", GLYPHS[finding.verdict], class_="glyph", aria_hidden="true"),
                    words(finding.verdict).one,
                    class_="verdict",
                ),
                h("span", plain(finding.check), class_="check"),
                h(
                    "a",
                    "link",
                    href=f"#{name}",
                    class_="permalink",
                    aria_label=f"Link to finding {finding.id}",
                ),
                class_="tag",
            ),
            h(self.heading, plain(finding.message), id=f"{name}-t"),
            self._standing(finding),
            h("p", action(finding), class_="action"),
            h("p", h("span", "About", class_="fact"), " ", about, class_="about") if about else None,
        )

    def _standing(self, finding: Finding) -> Content:
        """Whether somebody waived it, and what it was in an earlier report."""
        waiver = self.waived.get(finding.id)
        change = self.report.change.of(finding.id) if self.report.change else None
        told = [f"{change} since the baseline"] if change in ("new", "changed") else []
        if waiver:
            told.append(
                f"waived by {plain(waiver.by)} until {waiver.expires.isoformat()}: {plain(waiver.reason)}"
            )
        return h("ul", (h("li", text) for text in told), class_="remarks") if told else None

    def _closing(self, finding: Finding) -> Iterator[Content]:
        nearest = self.report.claims.get(finding.nearest) if finding.nearest else None
        roots = None
        if finding.roots is not None:
            roots = "one: all go back to it" if finding.roots == 1 else str(finding.roots)
        rows: list[tuple[str, Content]] = [
            ("An innocent explanation", plain(finding.innocent)),
            ("What would settle it", plain(finding.settle)),
            ("Nearest to the source", caption(nearest, self.report).brief if nearest else None),
            ("Independent roots", [h("p", roots), self.lineage.picture(finding)] if roots else None),
            ("Read by", review(finding)),
        ]
        if finding.context:
            rows.append(("In between", f"{counted(len(finding.context), 'statement')} that fit both sides"))
        rows.append(("To ask the source", plain(finding.question)))
        for name, content in rows:
            if content:
                yield h(
                    "div",
                    h("dt", name),
                    h("dd", content),
                    class_="ask" if name.startswith("To ask") else None,
                )

    def _behind(self, finding: Finding) -> Element:
        check = self.checks.get(finding.check)
        seen = f"Seen also by {', '.join(map(plain, finding.also))}." if finding.also else None
        return h(
            "details",
            h("summary", "The query behind it"),
            h("p", plain(check.summary) if check else None, " ", seen) if check or seen else None,
            self._query(check) if check else None,
            h(
                "p",
                "Finding ",
                h("code", plain(finding.id)),
                ", fingerprint ",
                h("code", plain(finding.fingerprint)),
                ", block ",
                h("code", plain(finding.block)),
                class_="ids",
            ),
            class_="behind",
        )

    def _query(self, check: Check) -> Shared:
        if check.id not in self._queries:
            self._queries[check.id] = query(check)
        return self._queries[check.id]


def query(check: Check) -> Shared:
    """A check's SPARQL, written out once per page."""
    block = h(
        "pre", h("code", check.query.strip()), tabindex="0", role="group", aria_label=f"SPARQL of {check.id}"
    )
    return Shared(check.id, block)
