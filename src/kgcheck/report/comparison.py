"""Two claims held against each other: the gate's table, the verdict and what the checks found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgcheck.model.verdict import Verdict
from kgcheck.report.caption import caption
from kgcheck.report.figures import reading
from kgcheck.report.jsontext import json_text
from kgcheck.report.options import Options
from kgcheck.report.plain import plain
from kgcheck.report.record import claim_record, finding_record, reason_record
from kgcheck.report.scope import dimensions
from kgcheck.report.silence import why_nothing
from kgcheck.report.verdicts import words

if TYPE_CHECKING:
    from kgcheck.engines.local import Comparison


def comparison_text(comparison: Comparison, options: Options, form: str = "text") -> str:
    """A comparison as text or json."""
    return _json(comparison) if form == "json" else _text(comparison, options)


def _json(comparison: Comparison) -> str:
    report = comparison.report
    record = {
        "verdict": comparison.verdict.value,
        "why": _why(comparison),
        "a": claim_record(comparison.a, report),
        "b": claim_record(comparison.b, report),
        "reasons": [reason_record(reason) for reason in comparison.reasons],
        "findings": [finding_record(finding, report) for finding in comparison.findings],
    }
    return json_text(record, indent=2) + "\n"


def _why(comparison: Comparison) -> str | None:
    """Why nothing is said; None where something is."""
    if comparison.verdict is not Verdict.NONE or comparison.findings:
        return None
    return why_nothing(comparison.a, comparison.b, comparison.reasons)


def _text(comparison: Comparison, options: Options) -> str:
    from rich.console import RenderableType
    from rich.padding import Padding
    from rich.text import Text

    from kgcheck.report.text.fields import INDENT, headed
    from kgcheck.report.text.gate import gate_table
    from kgcheck.report.text.page import printed
    from kgcheck.report.text.palette import LABEL, QUOTE, VERDICTS

    report = comparison.report
    parts: list[RenderableType] = []
    for name, claim in (("a", comparison.a), ("b", comparison.b)):
        said = caption(claim, report)
        text = Text(f"«{said.quote}»", style=QUOTE)
        text.append(f" — {said.attribution} ({said.source})", style="not bold")
        scope = " · ".join(dimensions(claim, report.vocabulary).values())
        lines = [said.iri, scope, f"read as {reading(claim.meaning)}" if claim.meaning else "", *said.remarks]
        parts += [
            headed(name, text, LABEL),
            Padding(Text("\n".join(filter(None, lines)), style=LABEL), (0, 0, 1, INDENT)),
        ]
    parts += [gate_table(comparison.reasons, options.width), Text("")]

    line = Text("Verdict: ", style="bold")
    if why := _why(comparison):
        line.append(f"none. No check sets these two against each other. {why}")
    else:
        line.append(comparison.verdict.value, style=VERDICTS[comparison.verdict])
        line.append(f". {words(comparison.verdict).says}")
    parts.append(line)
    for finding in comparison.findings:
        found = f"{plain(finding.check)} · {plain(finding.id)}: {plain(finding.message)}"
        parts.append(headed("-", Text(found)))
    return printed(options.width, options.colour, *parts)
