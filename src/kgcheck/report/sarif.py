"""The report as SARIF 2.1.0, for code hosts and editors that show such results.

A result is placed on the line of the file where its claim is written (see `Options.places`), else at
the document by name. Offsets count Unicode code points (`columnKind`), as everywhere in kgcheck.
Sources: OASIS, Static Analysis Results Interchange Format 2.1.0; GitHub, "SARIF support for code scanning".
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from kgcheck import __version__
from kgcheck.model.claim import Claim
from kgcheck.model.finding import Finding
from kgcheck.model.place import Place
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

Places = Mapping[str, Place]


def _location(claim: Claim, report: Report, places: Places, number: int) -> Record:
    said = caption(claim, report)
    start, end = claim.evidence.start, claim.evidence.end
    physical = _physical(claim.iri, claim.document, places, claim.evidence.quote)
    if claim.iri not in places and start is not None and end is not None:
        physical["region"] = _characters(start, end, claim.evidence.quote)
    return {
        "id": number,
        "physicalLocation": physical,
        "logicalLocations": [{"name": said.document, "fullyQualifiedName": claim.iri, "kind": "claim"}],
        "message": {"text": said.line},
        "properties": {"document": claim.document, "textStart": start, "textEnd": end},
    }


def _physical(iri: str, document: str | None, places: Places, words: str = "") -> Record:
    """Where something is written: its line in a file, else the document by name."""
    place = places.get(iri)
    if place is None:
        return {"artifactLocation": {"uri": iri_uri(document or iri)}}
    artifact = {"uri": place.uri} | ({"uriBaseId": place.base} if place.base else {})
    region: Record = {} if place.line is None else {"startLine": place.line}
    if place.start is not None and place.end is not None:
        region |= _characters(place.start, place.end, words)
    return {"artifactLocation": artifact} | ({"region": region} if region else {})


def _characters(start: int, end: int, words: str) -> Record:
    region: Record = {"charOffset": start, "charLength": end - start}
    return region | ({"snippet": {"text": words}} if words else {})


def iri_uri(iri: str) -> str:
    """An IRI as a URI (RFC 3987, section 3.1), with everything encoded that no URI may hold."""
    return quote(iri, safe="%:/?#[]@!$&'()*+,;=~", errors="replace")


def _result(finding: Finding, report: Report, rules: Mapping[str, int], places: Places) -> Record:
    locations = [_location(p.claim, report, places, i) for i, p in enumerate(finding.parties)]
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
            "primaryLocationLineHash": f"{finding.id}:1",  # the one that GitHub tells results apart by
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


def _violation(violation: Violation, rules: Mapping[str, int], places: Places) -> Record:
    focus = {"fullyQualifiedName": violation.focus, "kind": "claim"}
    location: Record = {"logicalLocations": [focus]}
    if violation.focus in places:
        location["physicalLocation"] = _physical(violation.focus, None, places)
    mark = sha256(
        "\n".join(map(str, (violation.focus, violation.path, violation.message))).encode("utf-8", "replace")
    )
    return {
        "ruleId": _MALFORMED,
        "ruleIndex": rules[_MALFORMED],
        "level": _LEVELS.get(violation.severity, "note"),
        "message": {"text": violation.message},
        "locations": [location],
        "partialFingerprints": {"primaryLocationLineHash": f"{mark.hexdigest()[:16]}:1"},
        "properties": {"path": violation.path, "shape": violation.shape, "value": violation.value},
    }


def _quotes(report: Report, rules: Mapping[str, int], places: Places) -> list[Record]:
    return [
        {
            "ruleId": _QUOTE,
            "ruleIndex": rules[_QUOTE],
            "level": "note" if problem.status == "text-missing" else "error",
            "message": {"text": title(problem, report)},
            "locations": [
                {
                    "physicalLocation": _physical(problem.claim, problem.document, places, problem.quote),
                    "logicalLocations": [{"fullyQualifiedName": problem.claim, "kind": "claim"}],
                }
            ],
        }
        for problem in report.quotes
    ]


_MALFORMED_HELP = """\
A shape refuses a claim or document, which is left out of all checks until it is mended. The message says
what to do.
`kgcheck validate` lists everything that the shapes say."""
_QUOTE_HELP = """\
The words that a claim quotes do not stand in its text, or not in that place. The message shows the
difference.
Correct the quote or its offsets, or the text in the folder of texts."""


def _rule(name: str, check: Any) -> Record:
    if check is None:
        return {"id": name}
    severity = str(check.severity)
    return {
        "id": name,
        "name": "".join(part.title() for part in name.split("-")),
        "shortDescription": {"text": check.summary},
        "fullDescription": {"text": check.summary},
        "help": {"text": check.documentation, "markdown": check.documentation},
        "defaultConfiguration": {"level": severity},
        "properties": {
            "verdict": str(check.verdict),
            "tags": ["claims", str(check.verdict)],
            "problem.severity": severity if severity in ("error", "warning") else "recommendation",
        },
    }


def _own_rule(name: str, summary: str, words: str) -> Record:
    return {
        "id": name,
        "name": "".join(part.title() for part in name.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": words, "markdown": words},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["claims"], "problem.severity": "error"},
    }


def _rules(report: Report, checks: Mapping[str, Any]) -> list[Record]:
    names = sorted({*report.checks, *(finding.check for finding in report.findings)})
    rules = [_rule(name, checks.get(name)) for name in names]
    if report.violations:
        rules.append(_own_rule(_MALFORMED, "A claim or document that a shape refuses.", _MALFORMED_HELP))
    if report.quotes:
        rules.append(_own_rule(_QUOTE, "A quote that differs from the text it cites.", _QUOTE_HELP))
    return rules


_BASES = {
    "%SRCROOT%": "The folder of the repository in which kgcheck was started, else the current folder.",
    "KGCHECK": "The folder of the data that come with kgcheck.",
}


def _base(name: str) -> Record:
    return {"description": {"text": _BASES.get(name, name)}}


def render(report: Report, options: Options) -> str:
    """One run with a rule per check that ran."""
    rules = _rules(report, options.checks or {})
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    places = options.places or {}
    results = [_result(finding, report, numbers, places) for finding in ordered(report.findings)]
    results += [_violation(violation, numbers, places) for violation in report.violations]
    results += _quotes(report, numbers, places)
    bases = sorted({place.base for place in places.values() if place.base})
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
                **({"originalUriBaseIds": {base: _base(base) for base in bases}} if bases else {}),
                "results": results,
            }
        ],
    }
    return json_text(log, indent=2) + "\n"
