"""The whole page, and the console that prints it."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich.console import Console, RenderableType

from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict
from kgcheck.report.bounded import bounded, bounded_finding
from kgcheck.report.options import Options
from kgcheck.report.order import AGREEMENTS, FOLDED, ordered
from kgcheck.report.text import sections, standing
from kgcheck.report.text.finding import finding_card
from kgcheck.report.text.palette import VERDICTS
from kgcheck.report.verdicts import words

_NARROWEST, _WIDEST = 40, 180


def printed(width: int, colour: bool, *parts: RenderableType) -> str:
    """What rich makes of `parts`, as text without trailing spaces."""
    console = Console(
        file=io.StringIO(),
        width=max(_NARROWEST, min(width, _WIDEST)),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},  # the caller has decided on width and colour
    )
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return "\n".join(line.rstrip() for line in capture.get().split("\n"))


def finding_text(finding: Finding, report: Report, options: Options) -> str:
    """One finding with every detail."""
    width = max(_NARROWEST, min(options.width, _WIDEST))
    card = finding_card(bounded_finding(finding), bounded(report), width, verbose=True)
    return printed(width, options.colour, card)


def _folds(verdict: Verdict, options: Options) -> bool:
    return verdict in FOLDED and verdict.value not in options.show and not options.verbose


def _unfolded(
    found: tuple[Finding, ...], report: Report, numbers: dict[str, int], options: Options, width: int
) -> Iterator[RenderableType]:
    for verdict in Verdict:
        members = [finding for finding in found if finding.verdict is verdict]
        if not members or _folds(verdict, options):
            continue
        said = words(verdict)
        yield sections.heading(f"{said.heading} ({len(members)})", said.says, VERDICTS[verdict], width)
        for finding in members:
            number = numbers[finding.id] = len(numbers) + 1
            yield finding_card(finding, report, width, number=number, verbose=options.verbose)


def _folded(found: tuple[Finding, ...], options: Options) -> Iterator[RenderableType]:
    folded: dict[Verdict, list[Finding]] = {}
    for finding in found:
        if _folds(finding.verdict, options):
            home = Verdict.CORROBORATION if finding.verdict in AGREEMENTS else finding.verdict
            folded.setdefault(home, []).append(finding)
    for verdict, members in folded.items():
        yield sections.fold(verdict, members)


def _page(report: Report, options: Options, width: int) -> Iterator[RenderableType]:
    found = ordered(report.open)
    numbers: dict[str, int] = {}
    yield sections.masthead(report)
    yield from sections.violations(report, width, verbose=options.verbose)
    yield from sections.quotes_in_texts(report, width)
    if not any(finding.verdict in (Verdict.CONTRADICTION, Verdict.TENSION) for finding in found):
        yield sections.silence(report)
    yield from _unfolded(found, report, numbers, options, width)
    yield from sections.groups(report, numbers, width)
    yield from _folded(found, options)
    yield from sections.advice(report, width, verbose=options.verbose)
    yield from standing.waivers(report, width)
    yield from standing.changes(report, width)
    yield sections.totals(report, width)


def render(report: Report, options: Options) -> str:
    """The page, `options.width` columns wide."""
    width = max(_NARROWEST, min(options.width, _WIDEST))
    return printed(width, options.colour, *_page(bounded(report), options, width))
