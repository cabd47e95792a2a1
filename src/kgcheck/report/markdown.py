"""The report as Markdown, for pull requests, wikis and mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgcheck import __version__
from kgcheck.model.finding import Finding, Reason
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict
from kgcheck.report.bounded import bounded
from kgcheck.report.caption import Caption, caption
from kgcheck.report.options import Options
from kgcheck.report.order import FOLDED, by_reason, ordered, tally
from kgcheck.report.plain import counted, plain
from kgcheck.report.quoting import of_document, title
from kgcheck.report.verdicts import action, words

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#|!~@&$])")
_STARTS_BLOCK = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=:])")


def escaped(text: object) -> str:
    """Data as plain text in which Markdown, HTML and mentions mean nothing."""
    safe = _SPECIAL.sub(r"\\\1", plain(text)).replace("://", r"\://").replace("www.", r"www\.")
    return _STARTS_BLOCK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", safe)


def code(text: object) -> str:
    """Data as a code span."""
    return "`" + plain(text).replace("`", "'") + "`"


def _address(said: Caption) -> str:
    """The document, linked where its address is an ordinary web address."""
    title = escaped(said.title or said.document)
    if said.address and re.fullmatch(r"https?://[^\s<>()\[\]\\\"'`|]+", said.address):
        return f"[{title}]({said.address})"
    return title


def _statement(said: Caption, label: str) -> str:
    details = [_address(said), escaped(said.date)]
    if said.reading:
        details.append(f"read as {escaped(said.reading)}")
    details.extend(map(escaped, said.remarks))
    lead = f"**{escaped(label)}** " if label else ""
    return f"- {lead}«{escaped(said.quote)}» — {escaped(said.attribution)} ({'; '.join(details)})"


def _table(reasons: tuple[Reason, ...]) -> Iterator[str]:
    yield "| | dimension | relation | first | second | what follows |"
    yield "|---|---|---|---|---|---|"
    for reason in reasons:
        cells = [reason.dimension, reason.relation, reason.a, reason.b, reason.note or ""]
        yield f"| {'▶' if reason.decides else ''} | {' | '.join(map(escaped, cells))} |"


def _finding(number: int, finding: Finding, report: Report) -> Iterator[str]:
    yield f"### {number}. {escaped(finding.message)}"
    yield ""
    yield f"{code(finding.check)} · {code(finding.id)} · {escaped(action(finding))}"
    yield ""
    for party in finding.parties:
        side = f"side {party.side}" if party.side is not None else ""
        yield _statement(caption(party.claim, report), " ".join(part for part in (side, party.role) if part))
    yield ""
    if finding.reasons:
        yield from _table(finding.reasons)
        yield ""
    for label, text in (
        ("Innocent explanation", finding.innocent),
        ("What would settle it", finding.settle),
        ("Question to the source", finding.question),
    ):
        if text:
            yield f"**{label}:** {escaped(text)}  "
    nearest = report.claims.get(finding.nearest) if finding.nearest else None
    if nearest is not None:
        yield f"**Nearest to the source:** {escaped(caption(nearest, report).line)}  "
    if finding.roots is not None:
        yield f"**Independent roots:** {finding.roots}  "
    yield ""


def _malformed(report: Report) -> Iterator[str]:
    if report.violations:
        yield f"## Malformed ({len(report.violations)})"
        yield ""
        for violation in report.violations:
            level = escaped(violation.severity)
            yield f"- **{level}** {escaped(violation.message)} ({code(violation.focus)})"
        yield ""
    if report.incomplete:
        yield f"## Left out ({len(report.incomplete)})"
        yield ""
        yield from (f"- {code(iri)}" for iri in sorted(report.incomplete))
        yield ""
    if report.quotes:
        yield f"## Quotes that differ from their text ({len(report.quotes)})"
        yield ""
        for problem in report.quotes:
            found = f"; the text has «{escaped(problem.found)}»" if problem.found else ""
            quote = "" if of_document(problem) else f": «{escaped(problem.quote)}»{found}"
            yield f"- {escaped(title(problem, report))}{quote} ({code(problem.claim)})"
        yield ""


def _section(
    verdict: Verdict, members: list[Finding], first: int, report: Report, fold: bool
) -> Iterator[str]:
    said = words(verdict)
    yield f"## {said.heading} ({len(members)})"
    yield ""
    yield said.says
    yield ""
    if fold:
        for reason, count in by_reason(members):
            yield f"- {count} × {escaped(reason)}"
        yield ""
        return
    for number, finding in enumerate(members, start=first):
        yield from _finding(number, finding, report)


def _standing(report: Report) -> Iterator[str]:
    """Waived findings, waivers that do not hold, and what changed since the baseline."""
    if report.decisions:
        messages = {finding.id: finding.message for finding in report.findings}
        yield f"## Waivers ({len(report.decisions)})"
        yield ""
        for decision in report.decisions:
            waiver = decision.waiver
            note = f" ({escaped(decision.note)})" if decision.note else ""
            yield (
                f"- **{decision.standing}**{note} {escaped(messages.get(waiver.finding, ''))} "
                f"{code(waiver.finding)}: {escaped(waiver.reason)} "
                f"— {escaped(waiver.by)}, until {waiver.expires.isoformat()}"
            )
        yield ""
    if change := report.change:
        yield f"## Since {change.since}"
        yield ""
        yield change.counts
        yield ""
        for finding in ordered(report.findings):
            if finding.id in change.new | change.changed:
                yield f"- **{change.of(finding.id)}** {escaped(finding.message)} ({code(finding.id)})"
        for gone in change.gone:
            yield f"- **gone** {escaped(gone.message)} ({code(gone.id)})"
        yield ""


def _lines(report: Report, options: Options) -> Iterator[str]:
    counts = tally(report)
    yield "# kgcheck report"
    yield ""
    checked = f"{counted(counts['documents'], 'document')}, {counted(counts['claims'], 'claim')}"
    yield f"kgcheck {__version__}: {checked}, policy {escaped(report.policy)}"
    yield ""
    parts = [
        words(verdict).count(counts[verdict.value]) for verdict in Verdict if verdict is not Verdict.NONE
    ]
    yield " · ".join(
        [*parts, counted(counts["violation"], "violation"), f"{counts['incomplete']} incomplete"]
    )
    yield ""
    yield from _malformed(report)
    number = 1
    found = ordered(report.open)
    for verdict in Verdict:
        members = [finding for finding in found if finding.verdict is verdict]
        if not members:
            continue
        fold = verdict in FOLDED and verdict.value not in options.show and not options.verbose
        yield from _section(verdict, members, number, report, fold)
        number += 0 if fold else len(members)
    yield from _standing(report)


def render(report: Report, options: Options) -> str:
    """The report in CommonMark with tables."""
    return "\n".join(_lines(bounded(report), options)).rstrip() + "\n"
