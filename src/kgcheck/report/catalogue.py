"""The checks as a table, and one check in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from kgcheck.errors import UsageError
from kgcheck.report.jsontext import json_text
from kgcheck.report.options import Options
from kgcheck.report.plain import counted, plain, plain_lines

if TYPE_CHECKING:
    from kgcheck.checks.registry import Check


def catalogue(checks: Iterable[Check], form: str, options: Options) -> str:
    """All checks as text, json or markdown. Raises UsageError for another format."""
    forms: Mapping[str, Callable[[list[Check], Options], str]] = {
        "text": _text,
        "json": _json,
        "markdown": _markdown,
    }
    if form not in forms:
        raise UsageError(f"checks cannot be listed as {form!r}", remedy=f"choose one of {', '.join(forms)}")
    return forms[form](sorted(checks, key=lambda check: check.id), options)


def _text(checks: list[Check], options: Options) -> str:
    from rich.table import Table
    from rich.text import Text

    from kgcheck.report.text.page import printed
    from kgcheck.report.text.palette import LABEL, VERDICTS

    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for size in (max((len(check.id) for check in checks), default=0), 13, None):
        table.add_column(width=size, ratio=None if size else 1, overflow="fold")
    table.add_row(*(Text(title, style=LABEL) for title in ("check", "at most", "what it finds")))
    for check in checks:
        verdict = Text(check.verdict.value if check.verdict.value != "none" else "a note")
        verdict.stylize(VERDICTS[check.verdict])
        table.add_row(Text(plain(check.id), style="bold"), verdict, Text(plain(check.summary)))
    last = Text(f"{counted(len(checks), 'check')}; kgcheck explain NAME says more about one.", style=LABEL)
    return printed(options.width, options.colour, table, Text(""), last)


def _json(checks: list[Check], options: Options) -> str:
    records = [
        {
            "id": check.id,
            "severity": check.severity.value,
            "verdict": check.verdict.value,
            "summary": check.summary,
            "columns": list(check.columns),
            "message": check.message,
            "innocent": check.innocent,
            "settle": check.settle,
            "question": check.question,
            "documentation": check.documentation,
            "query": check.query,
        }
        for check in checks
    ]
    return json_text(records, indent=2) + "\n"


def _markdown(checks: list[Check], options: Options) -> str:
    from kgcheck.report.markdown import code, escaped

    lines = ["| check | at most | severity | what it finds |", "|---|---|---|---|"]
    for check in checks:
        link = f"[{code(check.id)}](#{plain(check.id)})"
        lines.append(f"| {link} | {check.verdict} | {check.severity} | {escaped(check.summary)} |")
    for check in checks:
        lines += ["", f"## {plain(check.id)}", "", escaped(check.summary), "", _deeper(check.documentation)]
    return "\n".join(lines) + "\n"


def _deeper(documentation: str) -> str:
    """A check's documentation with its headings one step down."""
    lines = plain_lines(documentation).strip().split("\n")
    return "\n".join(f"#{line}" if line.startswith("#") else line for line in lines)


def explanation(check: Check) -> str:
    """One check in full, as Markdown that reads well as it stands."""
    return "\n".join(
        [
            f"# {plain(check.id)}",
            "",
            plain(check.summary),
            "",
            f"Verdict at most: {check.verdict}. Severity: {check.severity}. File: {plain(check.path.name)}",
            "",
            plain_lines(check.documentation).strip(),
            "",
        ]
    )
