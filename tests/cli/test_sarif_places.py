"""SARIF from the command line leads to the lines on which claims are written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases"


def results(kgcheck: Any, *arguments: str) -> Any:
    outcome = kgcheck("check", *arguments, "--format", "sarif", "--fail-on", "none")
    assert outcome.code == 0, outcome.err
    (run,) = json.loads(outcome.out)["runs"]
    return run["results"]


def places(result: Any) -> list[tuple[str, str | None, int | None, str]]:
    found = []
    for location in (*result["locations"], *result.get("relatedLocations", ())):
        artifact = location["physicalLocation"]["artifactLocation"]
        line = location["physicalLocation"].get("region", {}).get("startLine")
        name = location["logicalLocations"][0]["fullyQualifiedName"]
        found.append((artifact["uri"], artifact.get("uriBaseId"), line, name))
    return found


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(CASES, tmp_path / "a checkout" / "cases")
    (tmp_path / "a checkout" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "a checkout" / "cases" / "waits")
    return tmp_path / "a checkout"


def test_every_claim_stands_on_its_line(kgcheck: Any, project: Path) -> None:
    found = [place for result in results(kgcheck) for place in places(result)]
    assert len(found) >= 4
    for uri, base, line, iri in found:
        assert base == "%SRCROOT%"
        assert line is not None
        text = (project / uri).read_text(encoding="utf-8").split("\n")
        assert iri.rpartition("#")[2] in text[line - 1]
        assert uri.startswith("cases/waits/"), "relative to the repository, wherever one stands"


def test_a_malformed_claim_stands_on_its_line(kgcheck: Any, project: Path) -> None:
    (first, *_) = [r for r in results(kgcheck, "../malformed") if r["ruleId"] == "malformed-claim"]
    ((uri, base, line, iri),) = places(first)
    assert (uri, base) == ("cases/malformed/inverted.ttl", "%SRCROOT%")
    assert iri.rpartition("#")[2] in (project / uri).read_text(encoding="utf-8").split("\n")[line - 1]


def test_packaged_data_have_a_base_of_their_own(kgcheck: Any) -> None:
    found = [place for result in results(kgcheck)[:5] for place in places(result)]
    assert {base for _, base, _, _ in found} == {"KGCHECK"}
    assert all(uri.startswith("kent/") and line for uri, _, line, _ in found)


def test_a_text_is_marked_where_it_says_so(kgcheck: Any, tmp_path: Path) -> None:
    text = "A headline\r\n\r\nIn 2019, 5,400 people waited. In 2019, 6,900 people waited – or 5,400.\n"
    (tmp_path / "my story.txt").write_bytes(text.encode())
    found = results(kgcheck, "my story.txt")
    assert found
    for result in found:
        for location in result["locations"]:
            physical = location["physicalLocation"]
            assert physical["artifactLocation"] == {"uri": "my%20story.txt", "uriBaseId": "%SRCROOT%"}
            region = physical["region"]
            if "charOffset" in region:
                start = region["charOffset"]
                if "snippet" in region:
                    assert text[start : start + region["charLength"]] == region["snippet"]["text"]
                assert region["startLine"] == text.count("\n", 0, start) + 1


def test_claims_of_a_sheet_stand_in_its_rows(
    kgcheck: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kgcheck("init", "waits", "--namespace", "https://example.org/waits/").code == 0
    monkeypatch.chdir(tmp_path / "waits")
    assert kgcheck("import", "sheets/example.csv", "-o", "claims/").code == 0
    text = (tmp_path / "waits" / "sheets" / "example.csv").read_text(encoding="utf-8").split("\n")
    found = [place for result in results(kgcheck) for place in places(result) if "#" in place[3]]
    assert len(found) >= 6
    for uri, base, line, iri in found:
        assert (uri, base) == ("sheets/example.csv", "%SRCROOT%"), iri
        assert line is not None
        assert line > 1
        document = iri.partition("#")[0].rpartition("/")[2]
        assert document in text[line - 1]


def test_a_sheet_that_has_gone_leaves_the_lines_of_what_was_made(
    kgcheck: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kgcheck("init", "waits", "--namespace", "https://example.org/waits/").code == 0
    monkeypatch.chdir(tmp_path / "waits")
    assert kgcheck("import", "sheets/example.csv", "-o", "claims/").code == 0
    (tmp_path / "waits" / "sheets" / "example.csv").unlink()
    found = [place for result in results(kgcheck) for place in places(result)]
    assert all(uri.startswith("claims/") and line for uri, _, line, _ in found)
