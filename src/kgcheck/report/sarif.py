"""The report as SARIF 2.1.0, for code hosts and editors that show such results.

Offsets count Unicode code points of the document's text (`columnKind`), as everywhere in kgcheck.
Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kgcheck import __version__
from kgcheck.model.claim import Claim
from kgcheck.model.finding import Finding
from kgcheck.model.report import Report, Violation
from kgcheck.model.verdict import Verdict
from kgcheck.report.caption import caption
from kgcheck.report.jsontext import json_text
from kgcheck.report.options import Options
from kgcheck.report.order import AGREEMENTS, ordered
from kgcheck.report.quoting import title
from kgcheck.report.record import Record
from kgcheck.report.verdicts import action

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HOME = "https://w3id.org/kgcheck"
_LEVELS = {"Violation": "error", "Warning": "warning"}
_MALFORMED = "malformed-claim"
_QUOTE = "quote-problem"


def _location(claim: Claim, report: Report, number: int) -> Record:
    said = caption(claim, report)
    location: Record = {
        "id": number,
        "physicalLocation": {"artifactLocation": {"uri": claim.document}},
        "logicalLocations": [{"name": said.document, "fullyQualifiedName": claim.iri, "kind": "claim"}],
        "message": {"text": said.line},
    }
    start, end = claim.evidence.start, claim.evidence.end
    if start is not None and end is not None:
        location["physicalLocation"]["region"] = {
            "charOffset": start,
            "charLength": end - start,
            "snippet": {"text": claim.evidence.quote},
        }
    return location


def _result(finding: Finding, report: Report, rules: Mapping[str, int]) -> Record:
    locations = [_location(p.claim, report, i) for i, p in enumerate(finding.parties)]
    advice = [
        f"Innocent explanation: {finding.innocent}",
        f"What would settle it: {finding.settle}",
        action(finding),
    ]
    kind = "informational" if finding.verdict in (*AGREEMENTS, Verdict.NONE) else "fail"
    return {
        "ruleId": finding.check,
        "ruleIndex": rules[finding.check],
        "kind": kind,
        "level": finding.severity.value if kind == "fail" else "none",  # SARIF 3.27.10 demands "none"
        "message": {"text": "\n".join([finding.message, *advice])},
        "locations": locations[:1],
        "relatedLocations": locations[1:],
        "partialFingerprints": {
            "kgcheckFinding/v1": finding.id,
            "kgcheckFingerprint/v1": finding.fingerprint,
        },
        "properties": {"verdict": finding.verdict.value, "also": list(finding.also)},
        **_standing(finding, report),
    }


_STATES = {"new": "new", "changed": "updated", "unchanged": "unchanged"}


def _standing(finding: Finding, report: Report) -> Record:
    """Whether somebody waived it, and what it was in an earlier report (SARIF 3.27.23, 3.27.24)."""
    record: Record = {}
    if report.decisions:
        waiver = report.waived.get(finding.id)
        record["suppressions"] = (
            [{"kind": "external", "status": "accepted", "justification": waiver.reason}] if waiver else []
        )
    if report.change and (change := report.change.of(finding.id)):
        record["baselineState"] = _STATES[change]
    return record


def _violation(violation: Violation, rules: Mapping[str, int]) -> Record:
    return {
        "ruleId": _MALFORMED,
        "ruleIndex": rules[_MALFORMED],
        "level": _LEVELS.get(violation.severity, "note"),
        "message": {"text": violation.message},
        "locations": [
            {"logicalLocations": [{"fullyQualifiedName": violation.focus, "kind": "claim"}]},
        ],
        "properties": {"path": violation.path, "shape": violation.shape, "value": violation.value},
    }


def _quotes(report: Report, rules: Mapping[str, int]) -> list[Record]:
    results = []
    for problem in report.quotes:
        results.append(
            {
                "ruleId": _QUOTE,
                "ruleIndex": rules[_QUOTE],
                "level": "note" if problem.status == "text-missing" else "error",
                "message": {"text": title(problem, report)},
                "locations": [
                    {
                        "physicalLocation": {"artifactLocation": {"uri": problem.document}},
                        "logicalLocations": [{"fullyQualifiedName": problem.claim, "kind": "claim"}],
                    }
                ],
            }
        )
    return results


def _rule(name: str, check: Any) -> Record:
    if check is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": check.summary},
        "help": {"text": check.documentation, "markdown": check.documentation},
        "defaultConfiguration": {"level": str(check.severity)},
        "properties": {"verdict": str(check.verdict)},
    }


def _rules(report: Report, checks: Mapping[str, Any]) -> list[Record]:
    names = sorted({*report.checks, *(finding.check for finding in report.findings)})
    rules = [_rule(name, checks.get(name)) for name in names]
    if report.violations:
        rules.append(
            {"id": _MALFORMED, "shortDescription": {"text": "A claim or document that a shape refuses."}}
        )
    if report.quotes:
        rules.append(
            {"id": _QUOTE, "shortDescription": {"text": "A quote that differs from the text it cites."}}
        )
    return rules


def render(report: Report, options: Options) -> str:
    """One run with a rule per check that ran."""
    rules = _rules(report, options.checks or {})
    places = {rule["id"]: place for place, rule in enumerate(rules)}
    results = [_result(finding, report, places) for finding in ordered(report.findings)]
    results += [_violation(violation, places) for violation in report.violations]
    results += _quotes(report, places)
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "kgcheck",
                        "informationUri": HOME,
                        "semanticVersion": __version__,
                        "rules": rules,
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json_text(log, indent=2) + "\n"
