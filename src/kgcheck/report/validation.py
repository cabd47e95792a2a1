"""What the shapes say, without any check having run."""

from __future__ import annotations

from collections.abc import Sequence

from kgcheck import __version__
from kgcheck.model.report import Report, Violation
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.report.jsontext import json_text
from kgcheck.report.options import Options
from kgcheck.report.plain import counted
from kgcheck.report.record import SCHEMA_VERSION, violation_record


def validation_text(
    violations: Sequence[Violation],
    invalid: frozenset[str],
    options: Options,
    *,
    documents: int,
    claims: int,
    form: str = "text",
) -> str:
    """The result of a validation as text or json."""
    levels = [violation.severity for violation in violations]
    malformed, warnings = levels.count("Violation"), len(levels) - levels.count("Violation")
    if form == "json":
        record = {
            "kgcheck": __version__,
            "schemaVersion": SCHEMA_VERSION,
            "summary": {
                "documents": documents,
                "claims": claims,
                "violation": malformed,
                "warning": warnings,
                "incomplete": len(invalid),
            },
            "validation": [violation_record(violation) for violation in violations],
            "incomplete": sorted(invalid),
        }
        return json_text(record, indent=2) + "\n"

    from rich.text import Text

    from kgcheck.report.text import sections
    from kgcheck.report.text.page import printed

    report = Report({}, {}, Vocabulary(), violations=tuple(violations), incomplete=tuple(sorted(invalid)))
    total = [counted(documents, "document"), counted(claims, "claim"), counted(malformed, "violation")]
    if warnings:
        total.append(counted(warnings, "warning"))
    last = Text(f"Validated: {' · '.join(total)}", style="bold")
    width = options.width
    verbose = options.verbose
    parts = [
        *sections.violations(report, width, verbose=verbose),
        *sections.advice(report, width, verbose=verbose),
    ]
    return printed(width, options.colour, *parts, last)
