"""SARIF as code hosts take it.

schemas/sarif-2.1.0-rtm.5.json is the JSON schema of OASIS, as SchemaStore and the npm package
@microsoft/jest-sarif (MIT) carry it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kgcheck.checks.registry import load_checks
from kgcheck.model.place import Place
from kgcheck.model.report import Report
from kgcheck.report import render
from kgcheck.report.order import ordered

SCHEMA = json.loads(
    (Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")
)


def log(report: Report, **options: Any) -> Any:
    found = json.loads(render(report, "sarif", **options))
    jsonschema.Draft4Validator(SCHEMA).validate(found)
    return found["runs"][0]


def test_the_schema_holds_for_every_rule(report: Report) -> None:
    checks = load_checks()
    run = log(report, checks=checks)
    for rule in run["tool"]["driver"]["rules"]:
        if rule["id"] in checks or rule["id"] in ("malformed-claim", "quote-problem"):
            assert rule["shortDescription"]["text"]
            assert len(rule["help"]["markdown"]) > 40
            assert rule["name"].isalnum()
            assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")


def test_claims_are_placed_on_their_lines(report: Report) -> None:
    first = ordered(report.findings)[0]
    places = {
        party.claim.iri: Place(f"claims/{number}.ttl", "%SRCROOT%", 10 + number)
        for number, party in enumerate(first.parties)
    }
    run = log(report, places=places)
    result = next(r for r in run["results"] if r["partialFingerprints"].get("kgcheckFinding/v1") == first.id)
    written = [place["physicalLocation"] for place in (*result["locations"], *result["relatedLocations"])]
    assert written == [
        {
            "artifactLocation": {"uri": f"claims/{number}.ttl", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 10 + number},
        }
        for number in range(len(first.parties))
    ]
    assert set(run["originalUriBaseIds"]) == {"%SRCROOT%"}


def test_a_text_is_marked_by_its_characters(report: Report) -> None:
    party = ordered(report.findings)[0].parties[0]
    run = log(report, places={party.claim.iri: Place("a%20story.txt", "%SRCROOT%", 3, 40, 44)})
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {
        "startLine": 3,
        "charOffset": 40,
        "charLength": 4,
        "snippet": {"text": party.claim.evidence.quote},
    }


def test_what_is_in_no_file_names_its_document(report: Report) -> None:
    claim = ordered(report.findings)[0].parties[0].claim
    physical = log(report)["results"][0]["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": claim.document}
    assert physical["region"]["charOffset"] == claim.evidence.start


def test_a_compressed_file_has_no_lines(report: Report) -> None:
    claim = ordered(report.findings)[0].parties[0].claim
    run = log(report, places={claim.iri: Place("claims.ttl.gz", "%SRCROOT%")})
    physical = run["results"][0]["locations"][0]["physicalLocation"]
    assert physical == {"artifactLocation": {"uri": "claims.ttl.gz", "uriBaseId": "%SRCROOT%"}}


def test_results_are_told_apart(report: Report) -> None:
    marks = [
        result["partialFingerprints"]["primaryLocationLineHash"]
        for result in log(report)["results"]
        if result["ruleId"] != "quote-problem"
    ]
    assert len(marks) == len(set(marks))


@pytest.mark.parametrize(
    "name", ["https://example.org/a b", "urn:x:<script>", "https://example.org/Zoë\u202e"]
)
def test_odd_names_are_uris(name: str) -> None:
    from kgcheck.report.sarif import iri_uri

    assert iri_uri(name).isascii()
    assert not set(iri_uri(name)) & set(' <>"')
