"""The parts of the page around the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from kgcheck import __version__
from kgcheck.model.finding import Finding
from kgcheck.model.report import QuoteProblem, Report, Violation
from kgcheck.model.verdict import Verdict
from kgcheck.report.caption import caption
from kgcheck.report.order import AGREEMENTS, by_reason, tally
from kgcheck.report.plain import counted, plain, plain_lines
from kgcheck.report.quoting import of_document, title
from kgcheck.report.silence import nothing
from kgcheck.report.text.fields import INDENT, fields, headed
from kgcheck.report.text.palette import COMMAND, LABEL, VERDICTS, VIOLATION
from kgcheck.report.verdicts import words


def heading(name: str, explanation: str, style: str, width: int) -> RenderableType:
    """A section's title, underlined, and one line that says what stands below."""
    return Group(
        Text(name.upper(), style=style),
        Text("─" * width, style=LABEL),
        Text(explanation, style=LABEL),
        Text(""),
    )


def masthead(report: Report) -> RenderableType:
    """What was checked, with what."""
    counts = tally(report)
    parts = [
        f"kgcheck {__version__}",
        counted(counts["documents"], "document"),
        counted(counts["claims"], "claim"),
        counted(len(report.checks), "check"),
        f"policy {plain(report.policy)}",
    ]
    return Group(Text(" · ".join(parts), style="bold"), Text(""))


def _violation(number: int, violation: Violation) -> RenderableType:
    rows: list[tuple[str, RenderableType]] = [("in", Text(plain(violation.focus)))]
    if violation.path:
        rows.append(("path", Text(plain(violation.path))))
    if violation.value is not None:
        rows.append(("value", Text(plain(violation.value))))
    if violation.shape:
        rows.append(("shape", Text(plain(violation.shape))))
    level = "" if violation.severity == "Violation" else f" ({plain(violation.severity).lower()})"
    return Group(
        headed(f"{number}.", Text(f"{plain(violation.message)}{level}", style="bold")),
        Padding(fields(rows), (0, 0, 1, INDENT)),
    )


_MOST = 20
"""More malformed things than this are counted, unless everything is asked for."""


def _more(hidden: int) -> Iterator[RenderableType]:
    if hidden > 0:
        yield Text(f"   and {hidden:,} more (-v lists them)")
        yield Text("")


def _listed(
    name: str, says: str, found: Sequence[Violation], width: int, *, verbose: bool
) -> Iterator[RenderableType]:
    if found:
        shown = found if verbose else found[:_MOST]
        yield heading(f"{name} ({len(found)})", says, VIOLATION, width)
        for number, violation in enumerate(shown, start=1):
            yield _violation(number, violation)
        yield from _more(len(found) - len(shown))


def violations(report: Report, width: int, *, verbose: bool) -> Iterator[RenderableType]:
    """What is malformed, and which claims were therefore left out."""
    found = [violation for violation in report.violations if violation.severity == "Violation"]
    says = "What the shapes ask of one claim or document and do not find."
    yield from _listed("Malformed", says, found, width, verbose=verbose)
    if report.incomplete:
        out = sorted(report.incomplete)
        shown = out if verbose else out[:_MOST]
        yield heading(
            f"Left out ({len(out)})", "Malformed claims that no check has looked at.", VIOLATION, width
        )
        yield Group(*(Padding(Text(plain(iri)), (0, 0, 0, INDENT)) for iri in shown))
        yield from _more(len(out) - len(shown))
        yield Text("")


def advice(report: Report, width: int, *, verbose: bool) -> Iterator[RenderableType]:
    """What the shapes would like, folded to one entry per shape."""
    found = [violation for violation in report.violations if violation.severity != "Violation"]
    if verbose:
        says = "What would make claims and documents easier to check; nothing was left out for it."
        yield from _listed("Advice of the shapes", says, found, width, verbose=True)
    elif found:
        examples = {violation.shape: violation for violation in reversed(found)}
        yield Text(f"Advice of the shapes ({len(found)}), folded", style="bold")
        for shape, count in Counter(violation.shape for violation in found).most_common():
            # Messages begin with the name of their claim, which says nothing of the others.
            example = plain(examples[shape].message.partition(": ")[2] or examples[shape].message)
            yield headed(f"{count:>4} ×", Text(example))
        yield Group(Text("   Unfold with -v.", style=LABEL), Text(""))


def _quote_problem(number: int, problem: QuoteProblem, report: Report) -> RenderableType:
    if of_document(problem):
        rows: list[tuple[str, RenderableType]] = [("action", Text(plain(problem.diff or "")))]
    else:
        rows = [("recorded", Text(f"«{plain(problem.quote)}»"))]
        if problem.found is not None and problem.found != problem.quote:
            rows.append(("text has", Text(f"«{plain(problem.found)}»")))
        if problem.start is not None:
            rows.append(("at", Text(f"character {problem.start}")))
        if problem.diff:
            rows.append(("difference", Text(plain_lines(problem.diff))))
        rows.append(("claim", Text(plain(problem.claim))))
    first = headed(f"{number}.", Text(title(problem, report), style="bold"))
    return Group(first, Padding(fields(rows), (0, 0, 1, INDENT)))


def quotes_in_texts(report: Report, width: int) -> Iterator[RenderableType]:
    """How the quotes compare with the texts, where texts were given."""
    if report.quotes:
        says = "What a claim quotes is not in the text as recorded."
        yield heading(f"Quotes that differ from their text ({len(report.quotes)})", says, VIOLATION, width)
        for number, problem in enumerate(report.quotes, start=1):
            yield _quote_problem(number, problem, report)
    if report.quotes_verified is not None:
        yield Text(f"{counted(report.quotes_verified, 'quote')} found verbatim in the texts.")
        yield Text("")


def groups(report: Report, numbers: Mapping[str, int], width: int) -> Iterator[RenderableType]:
    """Which findings hang together, and the fewest statements that would settle each group."""
    tied = [group for group in report.groups if len(group.findings) > 1]
    if not tied:
        return
    says = "Findings that share statements. Clearing up the statements listed settles the whole group."
    yield heading(f"Conflict groups ({len(tied)})", says, "bold", width)
    for number, group in enumerate(tied, start=1):
        known = sorted(numbers[finding] for finding in group.findings if finding in numbers)
        which = f" ({', '.join(map(str, known))})" if known else ""
        size = (
            f"{counted(len(group.claims), 'statement')} in {counted(len(group.findings), 'finding')}{which}"
        )
        how = "the fewest possible" if group.exact else "found greedily: fewer may do"
        lines: list[RenderableType] = [Text(f"{number}. {size}", style="bold")]
        settled = [report.claims[iri] for iri in group.settled_by if iri in report.claims]
        if settled:
            lines.append(Text(f"   settled by {counted(len(settled), 'statement')} ({how}):"))
            lines.extend(Padding(Text(caption(claim, report).brief), (0, 0, 0, 5)) for claim in settled)
        yield Group(*lines, Text(""))


def _unfold(name: str) -> Text:
    text = Text("   Unfold with ", style=LABEL)
    text.append(f"--show {name}", style=COMMAND)
    text.append(" or -v.")
    return text


def fold(verdict: Verdict, findings: Sequence[Finding]) -> RenderableType:
    """A verdict's findings as counts."""
    said = words(verdict)
    if verdict in AGREEMENTS:
        kinds = Counter(finding.verdict for finding in findings)
        rows = [words(kind).count(kinds[kind]) for kind in AGREEMENTS if kinds[kind]]
        invitation = _unfold("agreements")
    elif verdict is Verdict.NONE:
        checks = Counter(finding.check for finding in findings)
        rows = [f"{count:>4} × {plain(check)}" for check, count in sorted(checks.items())]
        invitation = _unfold("notes")
    else:
        rows = [f"{count:>4} × other {plain(reason)}" for reason, count in by_reason(findings)]
        invitation = _unfold(verdict.value)
    name = Text(f"{said.fold or said.heading} ({len(findings)}), folded", style=VERDICTS[verdict])
    return Group(name, *(Text(f"   {row}") for row in rows), invitation, Text(""))


def silence(report: Report) -> RenderableType:
    """What to say where no contradiction and no tension came up, without calling it clean."""
    return Group(Text(f"{nothing(report)} Wordings were compared, not facts."), Text(""))


def totals(report: Report, width: int) -> RenderableType:
    """The last line."""
    counts = tally(report)
    parts = [words(v).count(counts[v.value]) for v in Verdict if v is not Verdict.NONE]
    if counts["note"]:
        parts.append(counted(counts["note"], "note"))
    parts.append(counted(counts["violation"], "violation"))
    if counts["warning"]:
        parts.append(counted(counts["warning"], "warning"))
    parts.append(counted(counts["incomplete"], "incomplete claim"))
    if counts["waived"]:
        parts.append(f"{counts['waived']:,} waived")
    if counts["quote"]:
        parts.append(counted(counts["quote"], "differing quote"))
    first = "New or changed: " if report.change and report.change.partial else "Total: "
    lines = [first + parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + len(part) + 3 > width:
            lines.append(" " * len(first) + part)
        else:
            lines[-1] += f" · {part}"
    return Text("\n".join(lines), style="bold")
