"""The parts of the page around the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kgcheck.model.finding import Finding
from kgcheck.model.report import Report, Violation
from kgcheck.model.verdict import Verdict
from kgcheck.report.caption import caption
from kgcheck.report.html.card import GLYPHS, query
from kgcheck.report.html.element import Content, Element, h
from kgcheck.report.html.names import anchor
from kgcheck.report.order import FOLDED, by_reason, tally
from kgcheck.report.plain import counted, plain, shortened
from kgcheck.report.quoting import of_document, title
from kgcheck.report.verdicts import words

if TYPE_CHECKING:
    from kgcheck.checks.registry import Check

_MOST = 200
_CLAIM = 160


def masthead(report: Report, counts: Mapping[Verdict, int]) -> Element:
    """What was checked, and what came of it."""
    numbers = tally(report)
    checked = [
        counted(numbers["documents"], "document"),
        counted(numbers["claims"], "claim"),
        counted(len(report.checks), "check"),
        f"policy {plain(report.policy)}",
    ]
    if numbers["waived"]:
        checked.append(f"{numbers['waived']:,} waived")
    return h(
        "header",
        h("p", "kgcheck report", class_="kicker"),
        h("h1", _headline(counts)),
        h("p", " · ".join(checked), class_="checked"),
        h(
            "p",
            "Wordings were compared, not facts: no finding says which statement holds, or why they differ.",
            class_="modesty",
        ),
        h(
            "nav",
            h("ul", [_tile(verdict, counts[verdict]) for verdict in Verdict if verdict is not Verdict.NONE]),
            class_="tiles",
            aria_label="Verdicts",
        ),
        class_="masthead",
    )


def _headline(counts: Mapping[Verdict, int]) -> str:
    strong = [v for v in (Verdict.CONTRADICTION, Verdict.TENSION) if counts[v]]
    if not strong:
        return "No contradiction and no tension"
    return " and ".join(words(verdict).count(counts[verdict]) for verdict in strong)


def _tile(verdict: Verdict, count: int) -> Element:
    said = words(verdict)
    content = (
        h("span", GLYPHS[verdict], class_="glyph", aria_hidden="true"),
        h("b", f"{count:,}"),
        h("span", said.one if count == 1 else said.many),
    )
    tile = h("a", content, href=f"#{verdict.value}") if count else h("span", content)
    return h("li", tile, class_=f"v-{verdict.value}")


def findings(verdict: Verdict, members: Sequence[Finding], cards: Iterable[Element]) -> Element:
    """The findings of one verdict; those that ask for nothing are folded."""
    said = words(verdict)
    heading = h(
        "h2",
        h("span", GLYPHS[verdict], class_="glyph", aria_hidden="true"),
        said.heading,
        h("span", f"{len(members):,}", class_="count"),
        id=f"{verdict.value}-h",
    )
    says = h("p", said.says, class_="lead")
    listed = h("div", cards, class_="list")
    content: Content
    if verdict in FOLDED:
        reasons = [h("li", f"{count:,} × {_why(verdict, reason)}") for reason, count in by_reason(members)]
        content = [h("details", h("summary", heading, says, h("ul", reasons[:8], class_="why")), listed)]
    else:
        content = [heading, says, listed]
    return h(
        "section",
        content,
        id=verdict.value,
        class_=f"verdicts v-{verdict.value}",
        data_verdict=str(list(Verdict).index(verdict)),
        aria_labelledby=f"{verdict.value}-h",
    )


def _why(verdict: Verdict, reason: str) -> str:
    return f"other {plain(reason)}" if verdict is Verdict.APPARENT else plain(reason)


def section(name: str, heading: str, count: int, says: str, content: Content) -> Element:
    """Any other section."""
    return h(
        "section",
        h("h2", heading, h("span", f"{count:,}", class_="count"), id=f"{name}-h"),
        h("p", says, class_="lead"),
        content,
        id=name,
        class_="other",
        aria_labelledby=f"{name}-h",
    )


def malformed(report: Report) -> Iterator[Element]:
    """What the shapes refuse, what was left out, which quotes differ, and what shapes would like."""
    broken = [violation for violation in report.violations if violation.severity == "Violation"]
    if broken:
        says = "What the shapes ask of one claim or document and do not find."
        yield section("malformed", "Malformed", len(broken), says, _listed([_violation(v) for v in broken]))
    if report.incomplete:
        out = [h("li", h("code", plain(iri))) for iri in sorted(report.incomplete)[:_MOST]]
        says = "Malformed claims that no check has looked at."
        yield section(
            "left-out", "Left out", len(report.incomplete), says, _listed(out, len(report.incomplete))
        )
    if report.quotes:
        items = []
        for problem in report.quotes[:_MOST]:
            found = f" The text has «{plain(problem.found)}»." if problem.found else ""
            quote = "" if of_document(problem) else f": «{plain(problem.quote)}».{found}"
            items.append(h("li", title(problem, report), quote, " ", h("code", plain(problem.claim))))
        says = "What a claim quotes is not in the text as recorded."
        yield section(
            "quotes",
            "Quotes that differ from their text",
            len(report.quotes),
            says,
            _listed(items, len(report.quotes)),
        )
    advice = [violation for violation in report.violations if violation.severity != "Violation"]
    if advice:
        kinds = Counter(plain(v.message.partition(": ")[2] or v.message) for v in advice)
        items = [h("li", f"{count:,} × {message}") for message, count in kinds.most_common(_MOST)]
        says = "What would make claims and documents easier to check; nothing was left out for it."
        yield section("advice", "Advice of the shapes", len(advice), says, _listed(items))


def _violation(violation: Violation) -> Element:
    value: Content = (
        [" Value: ", h("code", plain(violation.value)), "."] if violation.value is not None else None
    )
    return h("li", plain(violation.message), " ", h("code", plain(violation.focus)), value)


def _listed(items: list[Element], total: int | None = None) -> Content:
    hidden = (total or len(items)) - len(items[:_MOST])
    return [
        h("ul", items[:_MOST], class_="plain-list"),
        h("p", f"and {hidden:,} more", class_="more") if hidden > 0 else None,
    ]


def groups(report: Report) -> Iterator[Element]:
    """Which findings hang together, and the fewest statements that would settle each group."""
    tied = [group for group in report.groups if len(group.findings) > 1]
    if not tied:
        return
    items = []
    for group in tied[:_MOST]:
        settled = [report.claims[iri] for iri in group.settled_by if iri in report.claims]
        how = "the fewest possible" if group.exact else "found greedily: fewer may do"
        links = [
            h("li", h("a", shortened(name, 20), href=f"#{anchor('f', name)}")) for name in group.findings[:20]
        ]
        items.append(
            h(
                "li",
                h(
                    "p",
                    f"{counted(len(group.claims), 'statement')} in {counted(len(group.findings), 'finding')}",
                ),
                h("ul", links, class_="links"),
                h("p", f"Settled by {counted(len(settled), 'statement')} ({how}):") if settled else None,
                h("ul", (h("li", shortened(caption(claim, report).brief, _CLAIM)) for claim in settled[:20])),
            )
        )
    says = "Findings that share statements. Clearing up the statements listed settles the whole group."
    yield section("groups", "Conflict groups", len(tied), says, h("ol", items, class_="groups"))


def checks(report: Report, known: Mapping[str, Check]) -> Iterator[Element]:
    """The checks that ran, each with its query."""
    ran = [known[name] for name in report.checks if name in known]
    if not ran:
        return
    items = [
        h(
            "details",
            h("summary", h("b", check.id), h("small", plain(check.summary))),
            query(check),
            id=anchor("check", check.id),
        )
        for check in sorted(ran, key=lambda check: check.id)
    ]
    says = "Each check is one SPARQL query over the derived graph. kgcheck explain NAME says more about one."
    yield section("checks", "The checks", len(ran), says, h("div", items, class_="folds"))
